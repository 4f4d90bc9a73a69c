/** From the metrics of the last days to what is stored of a target's unit load, and from there into decisions. */
import { describe, expect, it } from "@jest/globals";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import type { Statistic } from "../../lib/core/reading.ts";
import type { UnitLoad } from "../../lib/core/unitLoad/unitLoad.ts";
import { learnUnitLoads } from "../../lib/usecases/learnUnitLoads.ts";
import { aLockingPolicy, minutes } from "../core/arrange.ts";
import { known, measured, waves } from "../core/unitLoad/arrange.ts";
import { aWorld, START, type TestWorld, wake } from "./arrange.ts";

const policy: TargetPolicy = aLockingPolicy({
  load: { metric: "invocations", statistic: "sum", perUnit: null },
  objective: { latencyP95Ms: 800, share: 0.99 },
  rules: [],
});
const basis = { metric: "invocations", statistic: "sum", latencyP95Ms: 800 } as const;
const id = policy.id;

/** A day of an endpoint that is driven up to its limit, in minutes up to the start. */
function publish(world: TestWorld, without: readonly string[] = []): void {
  const perUnit = waves(50, 220, 60, 12);
  const day = measured({ perUnit, knee: 200, busyAt: (load) => load / 3 });
  const from = START - minutes(perUnit.length);
  const columns: readonly [string, Statistic, Float64Array][] = [
    ["invocations", "sum", day.load],
    ["invocationsPerUnit", "sum", day.requestsPerUnit],
    ["latency", "p95", day.latencyP95Ms],
    ["gpuUtilization", "average", day.utilization],
    ["errorRate", "average", day.errorRate],
  ];
  for (const [metric, statistic, values] of columns) {
    if (without.includes(metric)) continue;
    world.metrics.publish({ target: id, metric, statistic }, from, [...values]);
  }
}

const learnedIn = async (world: TestWorld): Promise<UnitLoad | undefined> =>
  (await world.unitLoads.get(id))?.learned;

const down = (): Promise<never> => Promise.reject(new Error("down"));

describe("learnUnitLoads", () => {
  it("stores what one unit carries by the last days' metrics", async () => {
    const world = aWorld();
    publish(world);
    expect(await learnUnitLoads(world, policy, START)).toEqual([]);
    expect(await world.unitLoads.get(id)).toMatchObject({ target: id, basis });
    expect(await learnedIn(world)).toMatchObject({
      from: "latency",
      confidence: "high",
      perUnit: expect.closeTo(170, -1),
      at: START,
    });
  });

  it("needs neither utilization nor the rate of errors", async () => {
    const world = aWorld();
    publish(world, ["gpuUtilization", "errorRate"]);
    await learnUnitLoads(world, policy, START);
    expect(await learnedIn(world)).toMatchObject({ from: "latency" });
  });

  it("says and stores why nothing can be told yet", async () => {
    const world = aWorld();
    const [said] = await learnUnitLoads(world, policy, START);
    expect(said).toMatch(/^what one unit carries is not known yet: 0 minutes/);
    expect(await learnedIn(world)).toMatchObject({ kind: "unknown" });
  });

  it("learns beside a stated number too, and says nothing where that is unknown", async () => {
    const world = aWorld();
    const stated = { ...policy, load: { ...basis, perUnit: 240 } };
    expect(await learnUnitLoads(world, stated, START)).toEqual([]);
    publish(world);
    await learnUnitLoads(world, stated, START);
    expect(await learnedIn(world)).toMatchObject({ kind: "known" });
  });

  it.each<[string, Partial<TargetPolicy>]>([
    ["states no load", { load: null }],
    ["states no latency", { objective: { latencyP95Ms: null, share: 0.99 } }],
    ["is of a kind without requests per unit", { kind: "eks-nodegroup" }],
  ])("leaves a target alone that %s", async (_, parts) => {
    const world = aWorld();
    publish(world);
    expect(await learnUnitLoads(world, { ...policy, ...parts }, START)).toEqual([]);
    expect(await world.unitLoads.get(id)).toBeNull();
  });

  it("begins anew when the objective has changed", async () => {
    const world = aWorld();
    await world.unitLoads.put({ target: id, basis: { ...basis, latencyP95Ms: 400 }, learned: known() });
    await learnUnitLoads(world, policy, START);
    expect(await learnedIn(world)).toMatchObject({ kind: "unknown" });
  });

  it("keeps what is stored when the metrics cannot be read, and says so", async () => {
    const world = aWorld();
    await world.unitLoads.put({ target: id, basis, learned: known() });
    const blind = { ...world, metrics: { read: down, history: down } };
    expect(await learnUnitLoads(blind, policy, START)).toEqual([
      "what one unit carries could not be learned: down",
    ]);
    expect(await learnedIn(world)).toEqual(known());
  });

  it("does not replace what it could not read", async () => {
    const world = aWorld();
    publish(world);
    await world.unitLoads.put({ target: id, basis, learned: known() });
    const unitLoads = {
      get: down,
      put: (each: Parameters<typeof world.unitLoads.put>[0]) => world.unitLoads.put(each),
    };
    expect(await learnUnitLoads({ ...world, unitLoads }, policy, START)).toHaveLength(1);
    expect(await learnedIn(world)).toEqual(known());
  });
});

describe("a wake-up", () => {
  const aWorldOfTwo = (): TestWorld => {
    const world = aWorld();
    world.capacity.add(id, 2, { locksWhileChanging: true });
    return world;
  };

  const decisionIn = async (world: Parameters<typeof wake>[0], target: TargetPolicy) => {
    const report = await wake(world, target, START);
    if (report.kind !== "decided") throw new Error(JSON.stringify(report));
    return report.record;
  };

  it("decides by what was learned, and keeps it in the record", async () => {
    const world = aWorldOfTwo();
    publish(world);
    await learnUnitLoads(world, policy, START);
    const { situation, decision } = await decisionIn(world, policy);
    expect(situation.unitLoad).toEqual(await learnedIn(world));
    expect(decision.needs.find(({ by }) => by === "demand")?.reason).toMatch(/learned from latency/);
  });

  it("goes by rules alone before anything was learned, and for another objective than it was learned for", async () => {
    const world = aWorldOfTwo();
    expect((await decisionIn(world, policy)).decision.reason).toMatch(/nothing was learned yet/);
    await world.unitLoads.put({ target: id, basis: { ...basis, latencyP95Ms: 400 }, learned: known() });
    expect((await decisionIn(world, policy)).decision.reason).toMatch(/has changed since it was learned/);
  });

  it("holds everything where what was learned is needed and cannot be read", async () => {
    const world = { ...aWorldOfTwo(), unitLoads: { get: down, put: down } };
    const { situation, decision } = await decisionIn(world, policy);
    expect(situation.unread).toEqual(["the learned unit load cannot be read: down"]);
    expect(decision.desired).toBe(situation.capacity.desired);
    const stated = await decisionIn(world, { ...policy, load: { ...basis, perUnit: 240 } });
    expect(stated.situation.unread).toBeUndefined();
  });

  it("reads nothing for a target that cannot learn", async () => {
    const world = { ...aWorldOfTwo(), unitLoads: { get: down, put: down } };
    const target = {
      ...policy,
      objective: { latencyP95Ms: null, share: 0.99 },
      load: { ...basis, perUnit: 240 },
    };
    expect((await decisionIn(world, target)).situation).not.toHaveProperty("unitLoad");
  });
});
