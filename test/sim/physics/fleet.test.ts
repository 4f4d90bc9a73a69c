/** Units that are asked for, come and are released, and the lock on changes meanwhile. Times are seconds from 0. */
import { describe, expect, it } from "@jest/globals";
import type { Fleet } from "../../../lib/sim/physics/fleet.ts";
import { aFleet, letPass } from "./arrange.ts";

const lockedAt = (fleet: Fleet, at: number): boolean => fleet.state(at).locked !== null;

it("begins with its units ready, no lock, nothing changed and no minimum", () => {
  expect(aFleet().state(0)).toEqual({
    desired: 4,
    ready: 4,
    locked: null,
    changedAt: null,
    problem: null,
    minimum: null,
  });
  expect(aFleet().settledAt).toBeNull();
});

describe("an endpoint", () => {
  it("has each unit ready when its own lead time is over", () => {
    const fleet = aFleet({ leadTimes: [100, 300] });
    expect(fleet.ask(6, 0)).toEqual({ kind: "accepted", units: 6 });
    const readyAt = (at: number): number => {
      fleet.advance(at, 10);
      return fleet.ready;
    };
    expect([90, 100, 290, 300].map(readyAt)).toEqual([4, 5, 5, 6]);
    expect(fleet.state(300)).toMatchObject({ desired: 6, ready: 6 });
  });

  it("has units ready at the first step after a lead time that ends inside one", () => {
    const fleet = aFleet({ leadTimes: [101] });
    fleet.ask(5, 0);
    letPass(fleet, 0, 100);
    expect(fleet.ready).toBe(4);
    letPass(fleet, 100, 110);
    expect(fleet.ready).toBe(5);
  });

  it("is locked from asking until the last unit has come", () => {
    const fleet = aFleet({ leadTimes: [300, 100] });
    fleet.ask(6, 0);
    expect([0, 100, 299].map((at) => lockedAt(fleet, at))).toEqual([true, true, true]);
    expect(lockedAt(fleet, 300)).toBe(false);
    expect(fleet.state(10).locked).toEqual({ why: "the endpoint is Updating" });
  });

  it("is locked for a short while after a scale-in", () => {
    const fleet = aFleet();
    fleet.ask(3, 1_000);
    expect(fleet.ready).toBe(3);
    expect([1_000, 1_119, 1_120].map((at) => lockedAt(fleet, at))).toEqual([true, true, false]);
  });

  it("defers a change while it is locked, and takes it afterwards", () => {
    const fleet = aFleet({ leadTimes: [300, 60, 60] });
    fleet.ask(5, 0);
    expect(fleet.ask(7, 200)).toEqual({ kind: "deferred", why: "the endpoint is Updating" });
    expect(fleet.ask(2, 200)).toEqual({ kind: "deferred", why: "the endpoint is Updating" });
    expect(fleet.state(200)).toMatchObject({ desired: 5, ready: 4, changedAt: 0 });
    letPass(fleet, 0, 300);
    expect(fleet.ask(7, 300)).toEqual({ kind: "accepted", units: 7 });
  });
});

describe("a node group", () => {
  const nodes = (seconds: readonly number[]): Fleet => aFleet({ platform: "nodegroup", leadTimes: seconds });

  it("is locked only while the request is taken", () => {
    const fleet = nodes([300, 300]);
    fleet.ask(5, 0);
    expect(fleet.state(29).locked).toEqual({ why: "the node group is being updated" });
    expect(fleet.ask(6, 29)).toEqual({ kind: "deferred", why: "the node group is being updated" });
    expect(fleet.ask(6, 30)).toEqual({ kind: "accepted", units: 6 });
  });

  it("cancels units that are starting before it takes ready ones away, the newest first", () => {
    const fleet = nodes([300, 100]);
    fleet.ask(5, 0);
    fleet.ask(6, 100);
    fleet.ask(5, 150);
    expect(fleet.state(150)).toMatchObject({ desired: 5, ready: 4 });
    letPass(fleet, 150, 290);
    expect(fleet.ready).toBe(4);
    letPass(fleet, 290, 300);
    expect(fleet.state(300)).toMatchObject({ desired: 5, ready: 5 });
  });

  it("cancels all that start and then some", () => {
    const fleet = nodes([300, 300]);
    fleet.ask(6, 0);
    fleet.ask(3, 60);
    expect(fleet.state(60)).toMatchObject({ desired: 3, ready: 3 });
    letPass(fleet, 60, 600);
    expect(fleet.ready).toBe(3);
  });
});

describe("asking", () => {
  it("for what was asked already is accepted, starts nothing and locks nothing", () => {
    const fleet = aFleet();
    expect(fleet.ask(4, 50)).toEqual({ kind: "accepted", units: 4 });
    expect(fleet.state(50)).toMatchObject({ locked: null, changedAt: null });
  });

  it("again while it is starting is accepted and prolongs no lock", () => {
    const fleet = aFleet({ leadTimes: [300] });
    fleet.ask(5, 0);
    expect(fleet.ask(5, 200)).toEqual({ kind: "accepted", units: 5 });
    expect(fleet.state(200).changedAt).toBe(0);
    expect(lockedAt(fleet, 300)).toBe(false);
  });

  it.each([-1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])("for %p units is refused and says so", (units) => {
    const fleet = aFleet();
    const before = fleet.state(0);
    expect(fleet.ask(units, 0)).toEqual({
      kind: "refused",
      why: `units must be a whole number of at least 0, got ${units}`,
    });
    expect(fleet.askMinimum(units, 0)).toEqual({
      kind: "refused",
      why: `the minimum must be a whole number of at least 0, got ${units}`,
    });
    expect(fleet.state(0)).toEqual(before);
  });

  it("may go down to nothing", () => {
    const fleet = aFleet();
    expect(fleet.ask(0, 0)).toEqual({ kind: "accepted", units: 0 });
    expect(fleet.state(0)).toMatchObject({ desired: 0, ready: 0 });
  });
});

describe("when the last change was", () => {
  it("began is said at once, and finished once it is", () => {
    const fleet = aFleet({ leadTimes: [300] });
    fleet.ask(5, 40);
    expect(fleet.state(50).changedAt).toBe(40);
    expect(fleet.settledAt).toBe(340);
    letPass(fleet, 40, 340);
    fleet.ask(4, 500);
    expect(fleet.state(510).changedAt).toBe(500);
    expect(fleet.settledAt).toBe(620);
  });
});

describe("the platform's own minimum", () => {
  it("raises what is below it at once", () => {
    const fleet = aFleet({ leadTimes: [100, 100] });
    expect(fleet.askMinimum(6, 0)).toEqual({ kind: "accepted", units: 6 });
    expect(fleet.state(0)).toMatchObject({ desired: 6, ready: 4, minimum: 6 });
  });

  it("never lowers", () => {
    const fleet = aFleet();
    expect(fleet.askMinimum(2, 0)).toEqual({ kind: "accepted", units: 2 });
    expect(fleet.state(0)).toMatchObject({ desired: 4, ready: 4, locked: null, changedAt: null, minimum: 2 });
  });

  it("stays what it was while a raise is deferred", () => {
    const fleet = aFleet({ leadTimes: [300] });
    fleet.ask(5, 0);
    expect(fleet.askMinimum(7, 100)).toEqual({ kind: "deferred", why: "the endpoint is Updating" });
    expect(fleet.state(100).minimum).toBeNull();
    expect(fleet.askMinimum(5, 100)).toEqual({ kind: "accepted", units: 5 });
    expect(fleet.state(100).minimum).toBe(5);
  });
});
