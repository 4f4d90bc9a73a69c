/** What goes wrong with starts: no capacity for half an hour, or a unit that does not come up; the change is rolled back. */
import { describe, expect, it } from "@jest/globals";
import { aFleet, during, letPass } from "./arrange.ts";

const GIVEN_UP = 31 * 60;
const PROBLEM = "the last change failed and was rolled back: units could not be provisioned";

describe("no capacity", () => {
  it("keeps an endpoint locked for 31 minutes, then rolls back and says why", () => {
    const fleet = aFleet({ faults: during(0, 10, "no capacity") });
    expect(fleet.ask(6, 0)).toEqual({ kind: "accepted", units: 6 });
    letPass(fleet, 0, GIVEN_UP - 10);
    expect(fleet.state(GIVEN_UP - 10)).toMatchObject({
      desired: 6,
      ready: 4,
      locked: { why: "the endpoint is Updating" },
      changedAt: 0,
      problem: null,
    });
    letPass(fleet, GIVEN_UP - 10, GIVEN_UP);
    expect(fleet.state(GIVEN_UP)).toMatchObject({
      desired: 4,
      ready: 4,
      locked: { why: "the endpoint is Updating" },
      changedAt: GIVEN_UP,
      problem: PROBLEM,
    });
    expect(fleet.state(GIVEN_UP + 120)).toMatchObject({ locked: null, problem: PROBLEM });
  });

  it("is over for what is asked after it, and the problem is forgotten", () => {
    const fleet = aFleet({ faults: during(0, 10, "no capacity"), leadTimes: [100, 100] });
    fleet.ask(6, 0);
    letPass(fleet, 0, GIVEN_UP + 120);
    expect(fleet.ask(6, GIVEN_UP + 120)).toEqual({ kind: "accepted", units: 6 });
    expect(fleet.state(GIVEN_UP + 120).problem).toBeNull();
    letPass(fleet, GIVEN_UP + 120, GIVEN_UP + 220);
    expect(fleet.ready).toBe(6);
  });

  it("does not hinder what was asked before it, nor a scale-in", () => {
    const fleet = aFleet({ faults: during(50, 4_000, "no capacity"), leadTimes: [100] });
    fleet.ask(5, 40);
    letPass(fleet, 40, 140);
    expect(fleet.ready).toBe(5);
    fleet.ask(3, 1_000);
    expect(fleet.state(1_000)).toMatchObject({ desired: 3, ready: 3, problem: null });
  });

  it("of one change to a node group leaves a later one alone", () => {
    const fleet = aFleet({
      platform: "nodegroup",
      faults: during(0, 10, "no capacity"),
      leadTimes: [300, 300],
    });
    fleet.ask(6, 0);
    letPass(fleet, 0, GIVEN_UP - 60);
    fleet.ask(8, GIVEN_UP - 60);
    letPass(fleet, GIVEN_UP - 60, GIVEN_UP);
    expect(fleet.state(GIVEN_UP)).toMatchObject({ desired: 6, ready: 4, problem: PROBLEM });
    letPass(fleet, GIVEN_UP, GIVEN_UP + 240);
    expect(fleet.state(GIVEN_UP + 240)).toMatchObject({ desired: 6, ready: 6 });
  });
});

describe("a failed start", () => {
  const failing = during(0, 10, "failed start");

  it("keeps the units that had come by then and cancels the others", () => {
    const fleet = aFleet({ leadTimes: [200, 100, 300], faults: failing });
    fleet.ask(7, 0);
    letPass(fleet, 0, 190);
    expect(fleet.state(190)).toMatchObject({ desired: 7, ready: 5, problem: null });
    letPass(fleet, 190, 200);
    expect(fleet.state(200)).toMatchObject({ desired: 5, ready: 5, changedAt: 200, problem: PROBLEM });
    letPass(fleet, 200, 1_000);
    expect(fleet.ready).toBe(5);
  });

  it("locks an endpoint until shortly after it, not until the last unit would have come", () => {
    const fleet = aFleet({ leadTimes: [200, 900], faults: failing });
    fleet.ask(6, 0);
    letPass(fleet, 0, 200);
    expect(fleet.settledAt).toBe(320);
    expect(fleet.isLocked(319)).toBe(true);
    expect(fleet.isLocked(320)).toBe(false);
  });

  it("happens to every change that is asked for in its window", () => {
    const fleet = aFleet({ leadTimes: [100, 100, 100], faults: during(0, 400, "failed start") });
    fleet.ask(5, 0);
    letPass(fleet, 0, 220);
    expect(fleet.ask(5, 220)).toEqual({ kind: "accepted", units: 5 });
    letPass(fleet, 220, 440);
    expect(fleet.state(440)).toMatchObject({ desired: 4, problem: PROBLEM });
    fleet.ask(5, 440);
    letPass(fleet, 440, 540);
    expect(fleet.state(540)).toMatchObject({ desired: 5, ready: 5, problem: null });
  });

  it("does nothing to units that start elsewhere in the node group", () => {
    const fleet = aFleet({
      platform: "nodegroup",
      leadTimes: [400, 100],
      faults: during(50, 60, "failed start"),
    });
    fleet.ask(5, 0);
    letPass(fleet, 0, 50);
    fleet.ask(6, 50);
    letPass(fleet, 50, 400);
    expect(fleet.state(400)).toMatchObject({ desired: 5, ready: 5, problem: PROBLEM });
  });
});
