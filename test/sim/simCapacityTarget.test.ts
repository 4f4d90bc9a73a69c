/** The simulated fleet behind the port: it answers as a platform would, and node groups kill where endpoints drain. */
import { describe, expect, it } from "@jest/globals";
import type { Endpoint } from "../../lib/sim/physics/endpoint.ts";
import { SimCapacityTarget } from "../../lib/sim/simCapacityTarget.ts";
import { repeat } from "../core/arrange.ts";
import { aFleet, anEndpoint, type FleetParts, START } from "./physics/arrange.ts";

interface Arranged {
  readonly endpoint: Endpoint;
  readonly capacity: SimCapacityTarget;
  readonly changes: (readonly [number, number])[];
}

/** Two units; after the first ten seconds 8 requests wait, all of them inside the objective still. */
function arranged(parts: FleetParts & { readonly killsAtOnce?: boolean } = {}): Arranged {
  const { killsAtOnce = false, ...fleet } = parts;
  const endpoint = anEndpoint([208, ...repeat(59, 0)], aFleet({ units: 2, ...fleet }));
  endpoint.advance();
  const changes: (readonly [number, number])[] = [];
  const capacity = new SimCapacityTarget({
    endpoint,
    killsAtOnce,
    onChange: (from, to) => changes.push([from, to]),
  });
  return { endpoint, capacity, changes };
}

it("describes the fleet as it is now", async () => {
  const { endpoint, capacity } = arranged({ leadTimes: [30] });
  await capacity.setUnits("chat", 3);
  expect(await capacity.describe()).toEqual({
    desired: 3,
    ready: 2,
    locked: { why: "the endpoint is Updating" },
    changedAt: START + 10,
    problem: null,
    minimum: null,
  });
  for (let step = 0; step < 3; step++) endpoint.advance();
  expect(await capacity.describe()).toMatchObject({ desired: 3, ready: 3, locked: null });
});

describe("a change of the desired units", () => {
  it("is told, from what and to what", async () => {
    const { capacity, changes } = arranged({ leadTimes: [30, 30] });
    expect(await capacity.setUnits("chat", 4)).toEqual({ kind: "accepted", units: 4 });
    expect(changes).toEqual([[2, 4]]);
  });

  it("is not told when it is none, is deferred or is refused", async () => {
    const { capacity, changes } = arranged({ leadTimes: [30] });
    await capacity.setUnits("chat", 2);
    await capacity.setUnits("chat", -1);
    expect(changes).toEqual([]);
    await capacity.setUnits("chat", 3);
    expect((await capacity.setUnits("chat", 1)).kind).toBe("deferred");
    expect(changes).toEqual([[2, 3]]);
  });

  it("by a minimum is told when it raises, and not when it only stands", async () => {
    const { capacity, changes } = arranged({ leadTimes: [30] });
    expect(await capacity.setMinimum("chat", 1)).toEqual({ kind: "accepted", units: 1 });
    expect(changes).toEqual([]);
    await capacity.setMinimum("chat", 3);
    expect(changes).toEqual([[2, 3]]);
    expect(await capacity.describe()).toMatchObject({ desired: 3, minimum: 3 });
  });

  it("can be made by a rival, who is told the answer", () => {
    const { capacity, changes, endpoint } = arranged();
    expect(capacity.change((fleet, now) => fleet.ask(1, now))).toEqual({ kind: "accepted", units: 1 });
    expect(changes).toEqual([[2, 1]]);
    expect(endpoint.fleet.asked).toBe(1);
  });
});

describe("a scale-in", () => {
  it("of an endpoint drains: nothing is lost", async () => {
    const { endpoint, capacity } = arranged();
    await capacity.setUnits("chat", 1);
    expect(endpoint.fleet.ready).toBe(1);
    expect([endpoint.log.dropped[0], endpoint.log.violations[0]]).toEqual([0, 0]);
  });

  it("of a node group kills at once: the share of the nodes that go is lost of what waits", async () => {
    const { endpoint, capacity } = arranged({ platform: "nodegroup", killsAtOnce: true });
    await capacity.setUnits("chat", 1);
    expect(endpoint.fleet.ready).toBe(1);
    expect([endpoint.log.dropped[0], endpoint.log.violations[0]]).toEqual([4, 4]);
  });

  it("of a node group that only cancels starting nodes loses nothing", async () => {
    const { endpoint, capacity } = arranged({ platform: "nodegroup", killsAtOnce: true, leadTimes: [300] });
    await capacity.setUnits("chat", 3);
    for (let step = 0; step < 3; step++) endpoint.advance();
    await capacity.setUnits("chat", 2);
    expect(await capacity.describe()).toMatchObject({ desired: 2, ready: 2 });
    expect(endpoint.log.dropped[0]).toBe(0);
  });

  it("that is refused or deferred kills nobody", async () => {
    const { endpoint, capacity } = arranged({ platform: "nodegroup", killsAtOnce: true, leadTimes: [300] });
    await capacity.setUnits("chat", 3);
    expect((await capacity.setUnits("chat", 1)).kind).toBe("deferred");
    expect((await capacity.setUnits("chat", 0.5)).kind).toBe("refused");
    expect(endpoint.log.dropped[0]).toBe(0);
  });
});
