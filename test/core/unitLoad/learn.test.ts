/** What one unit carries, told from minutes in which it was driven beyond it, near it, and nowhere near. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { DAY_SECONDS } from "../../../lib/core/time.ts";
import { learnUnitLoad } from "../../../lib/core/unitLoad/learn.ts";
import type { MeasuredMinutes } from "../../../lib/core/unitLoad/minutes.ts";
import type { UnitLoad } from "../../../lib/core/unitLoad/unitLoad.ts";
import { NOW, repeat } from "../arrange.ts";
import { known, type MadeUp, measured, OBJECTIVE_MS, waves } from "./arrange.ts";

const KNEE = 300;
const PLANNED = 0.85 * KNEE;

const learn = (minutes: MeasuredMinutes, before: UnitLoad | null = null): UnitLoad =>
  learnUnitLoad(minutes, OBJECTIVE_MS, before, NOW);
const learnFrom = (made: Omit<MadeUp, "knee">, before: UnitLoad | null = null): UnitLoad =>
  learn(measured({ knee: KNEE, ...made }), before);

/** In proportion: a device is busy for 80 % of its time at 250. */
const proportional = (perUnit: number): number => (80 * perUnit) / 250;

describe("where loads beyond the objective were seen", () => {
  it("is 85 % of the load at which the latency passes it, with high confidence", () => {
    const learned = learnFrom({ perUnit: waves(100, 330, 120, 6) });
    expect(learned).toMatchObject({ kind: "known", confidence: "high", from: "latency", movedFrom: null });
    expect(learned).toMatchObject({ perUnit: expect.closeTo(PLANNED, -1) });
  });

  it("does not need to know the utilization, nor is it misled by one that is full from the first request on", () => {
    const perUnit = waves(100, 330, 120, 6);
    const full = learnFrom({ perUnit, busyAt: () => 100 });
    expect(full).toEqual(learnFrom({ perUnit }));
  });

  it("has bounds around it, the lower one carried in fact", () => {
    const learned = learnFrom({ perUnit: waves(100, 330, 60, 3) });
    expect(learned.kind === "known" && learned.lowest).toBeLessThanOrEqual(PLANNED);
    expect(learned.kind === "known" && learned.highest).toBeGreaterThanOrEqual(PLANNED);
    expect(learned.kind === "known" && learned.carried).toBeLessThanOrEqual(KNEE);
  });

  it("is less sure where the minutes near the knee are few", () => {
    const perUnit = [...waves(100, 200, 120, 3), ...waves(100, 420, 8, 3)];
    expect(learnFrom({ perUnit })).toMatchObject({
      confidence: "low",
      lowest: expect.closeTo(0.85 * 200, -1),
    });
  });

  it("is not lowered by the minutes in which a queue is worked off", () => {
    // After each peak the load is low and the latency is still high.
    const one = [...repeat(40, 200), 320, ...repeat(5, 150)];
    const perUnit = Array.from({ length: 20 }, () => one).flat();
    const minutes = measured({ perUnit, knee: KNEE });
    const queued = minutes.latencyP95Ms.map((each, i) => (i % one.length > 40 ? 5 * OBJECTIVE_MS : each));
    expect(learn({ ...minutes, latencyP95Ms: queued })).toMatchObject({ from: "latency", carried: 200 });
  });

  it("is not lowered by a minute in fifty that is slow whatever the load", () => {
    const perUnit = waves(100, 330, 120, 12);
    const minutes = measured({ perUnit, knee: KNEE });
    const slow = minutes.latencyP95Ms.map((each, i) => (i % 50 === 7 ? 2 * OBJECTIVE_MS : each));
    expect(learn({ ...minutes, latencyP95Ms: slow })).toMatchObject({ perUnit: expect.closeTo(PLANNED, -1) });
  });
});

describe("where the objective was never left", () => {
  it("is the load at which the devices would be busy for 80 % of the time", () => {
    const learned = learnFrom({ perUnit: waves(80, 240, 120, 6), busyAt: proportional });
    expect(learned).toMatchObject({
      from: "utilization",
      confidence: "medium",
      perUnit: expect.closeTo(250, 0),
    });
  });

  it("goes at most half beyond what was carried, and is planned with a margin", () => {
    const learned = learnFrom({ perUnit: waves(40, 100, 120, 6), busyAt: proportional });
    expect(learned).toMatchObject({ from: "utilization", confidence: "low" });
    const { perUnit = 0, lowest = 0, carried = 0 } = learned.kind === "known" ? learned : {};
    expect(perUnit).toBeCloseTo(1.5 * carried, 6);
    expect(lowest).toBeCloseTo(0.85 * perUnit, 6);
  });

  it("believes no utilization that grows faster than the load", () => {
    const convex = (perUnit: number): number => 60 * (perUnit / 150) ** 3;
    const learned = learnFrom({ perUnit: waves(40, 150, 120, 6), busyAt: convex });
    const inProportion = learnFrom({ perUnit: waves(40, 150, 120, 6), busyAt: (load) => (60 * load) / 150 });
    const perUnitOf = (each: UnitLoad) => (each.kind === "known" ? each.perUnit : Number.NaN);
    expect(perUnitOf(learned)).toBeLessThan(perUnitOf(inProportion));
  });

  it("is at least 85 % of what was carried, where devices look full long before they are", () => {
    const learned = learnFrom({ perUnit: waves(80, 240, 120, 6), busyAt: () => 99 });
    const { perUnit = 0, carried = 0 } = learned.kind === "known" ? learned : {};
    expect(perUnit).toBeCloseTo(0.85 * carried, 6);
  });
});

describe("is not known", () => {
  it.each<[string, Omit<MadeUp, "knee">, RegExp]>([
    ["without minutes", { perUnit: [] }, /^0 minutes .* 36 are needed/],
    ["from too few", { perUnit: repeat(37, 200) }, /^35 minutes/],
    ["from idle minutes", { perUnit: repeat(500, 5), busyAt: proportional }, /2 % busy, below 20 %/],
    ["from busy ones of unknown utilization", { perUnit: repeat(500, 150) }, /utilization is not known/],
    ["from saturated minutes", { perUnit: repeat(500, 400), busyAt: () => 100 }, /^0 minutes/],
    [
      "from idle and saturated ones with nothing between",
      { perUnit: [...waves(20, 30, 50, 5), ...Array.from({ length: 40 }, () => [25, 400]).flat()] },
      /up to .* kept, from 400 on it was missed, between them nothing is known/,
    ],
  ])("%s", (_, made, why) => {
    expect(learnFrom(made)).toEqual({ kind: "unknown", why: expect.stringMatching(why) });
  });

  it("where the objective is missed at every load, in one minute of five", () => {
    const minutes = measured({ perUnit: waves(100, 250, 120, 6), knee: KNEE });
    const slow = minutes.latencyP95Ms.map((each, i) => (i % 5 === 0 ? 2 * OBJECTIVE_MS : each));
    expect(learn({ ...minutes, latencyP95Ms: slow })).toEqual({
      kind: "unknown",
      why: "the objective was missed at every load that was seen",
    });
  });

  it.each<[string, (minutes: MeasuredMinutes) => Partial<MeasuredMinutes>]>([
    [
      "units change every minute",
      ({ requestsPerUnit }) => ({ requestsPerUnit: requestsPerUnit.map((each, i) => each * (1 + (i % 2))) }),
    ],
    ["requests fail", ({ errorRate }) => ({ errorRate: errorRate.map(() => 3) })],
    ["latency is unknown", ({ latencyP95Ms }) => ({ latencyP95Ms: latencyP95Ms.map(() => Number.NaN) })],
    [
      "requests per unit are unknown",
      ({ requestsPerUnit }) => ({ requestsPerUnit: requestsPerUnit.map(() => Number.NaN) }),
    ],
    ["the load is unknown", ({ load }) => ({ load: load.map(() => Number.NaN) })],
  ])("while %s", (_, spoilt) => {
    const minutes = measured({ perUnit: waves(100, 330, 120, 6), knee: KNEE, busyAt: proportional });
    expect(learn({ ...minutes, ...spoilt(minutes) })).toMatchObject({ kind: "unknown" });
  });
});

describe("what was known before", () => {
  const calm = { perUnit: waves(50, 150, 120, 6), busyAt: proportional };

  it("stays when nothing can be told now", () => {
    expect(learnFrom({ perUnit: [] }, known())).toEqual(known());
    const old = known({ at: NOW - 100 * DAY_SECONDS });
    expect(learnFrom({ perUnit: [] }, old)).toEqual(old);
  });

  it("stays when it was seen and is not driven to its limit any more", () => {
    expect(learnFrom(calm, known({ perUnit: 250, highest: 260 })).kind).toBe("known");
    expect(learnFrom(calm, known({ perUnit: 250, highest: 260 }))).toEqual(
      known({ perUnit: 250, highest: 260 }),
    );
  });

  it("gives way to what the devices say when the knee was not seen for 45 days", () => {
    const old = known({ at: NOW - 46 * DAY_SECONDS });
    expect(learnFrom(calm, old)).toMatchObject({ from: "utilization", at: NOW });
  });

  it("gives way when more was carried than it allows", () => {
    const low = known({ perUnit: 100, lowest: 95, highest: 105, carried: 110 });
    expect(learnFrom({ perUnit: waves(80, 240, 120, 6), busyAt: proportional }, low)).toMatchObject({
      from: "utilization",
      movedFrom: { perUnit: 100, at: NOW },
    });
  });

  it("keeps what was carried once, so that an extrapolation goes on from there and does not shrink", () => {
    const before = known({ from: "utilization", confidence: "low", carried: 140 });
    const busyAt = (perUnit: number): number => (80 * perUnit) / 1000;
    const learned = learnFrom(
      { perUnit: waves(200, 260, 60, 6).map((each) => each / 2), busyAt: (load) => 4 * busyAt(load) },
      before,
    );
    expect(learned).toMatchObject({ carried: 140, perUnit: expect.closeTo(210, 6) });
  });

  it("is told when it moves by a fifth, and only then", () => {
    const perUnit = waves(100, 330, 120, 6);
    expect(learnFrom({ perUnit }, known({ perUnit: 400, carried: 450 }))).toMatchObject({
      movedFrom: { perUnit: 400, at: NOW },
    });
    expect(learnFrom({ perUnit }, known({ perUnit: 230, carried: 240 }))).toMatchObject({ movedFrom: null });
    expect(learnFrom({ perUnit }, known({ perUnit: 400, confidence: "low" }))).toMatchObject({
      movedFrom: null,
    });
  });

  it("moves within two days when units carry less since a deploy, and stays there", () => {
    const before = measured({ perUnit: waves(100, 330, 120, 54), knee: KNEE });
    const after = measured({ perUnit: waves(100, 330, 120, 12), knee: 200 });
    const both = joined(before, after);
    const learned = learn(both, known({ perUnit: 255, lowest: 250, highest: 260 }));
    expect(learned).toMatchObject({ perUnit: expect.closeTo(170, -1), movedFrom: { perUnit: 255, at: NOW } });
    expect(learn(both, learned)).toMatchObject({ perUnit: expect.closeTo(170, -1) });
  });

  it("is not moved by something that is told with low confidence and does not exclude it", () => {
    const few = [...waves(100, 200, 120, 3), ...waves(100, 420, 8, 3)];
    expect(learnFrom({ perUnit: few }, known({ perUnit: 250 }))).toEqual(known({ perUnit: 250 }));
  });
});

function joined(first: MeasuredMinutes, second: MeasuredMinutes): MeasuredMinutes {
  const both = (key: Exclude<keyof MeasuredMinutes, "start">): Float64Array =>
    Float64Array.from([...first[key], ...second[key]]);
  return {
    start: NOW - 60 * (first.load.length + second.load.length),
    load: both("load"),
    requests: both("requests"),
    requestsPerUnit: both("requestsPerUnit"),
    latencyP95Ms: both("latencyP95Ms"),
    utilization: both("utilization"),
    errorRate: both("errorRate"),
  };
}

describe("whatever was measured", () => {
  const column = fc.double({ min: 0, max: 1e6, noNaN: false });
  const minute = fc.record({
    requests: column,
    perUnit: column,
    latency: fc.oneof(column, fc.double({ min: 1, max: 1_000, noNaN: true })),
    utilization: column,
    errors: fc.oneof(fc.constant(0), column),
  });
  const columnsOf = (rows: readonly { [K in keyof MinuteRow]: number }[]): MeasuredMinutes => ({
    start: NOW - 60 * rows.length,
    load: Float64Array.from(rows, (row) => row.requests),
    requests: Float64Array.from(rows, (row) => row.requests),
    requestsPerUnit: Float64Array.from(rows, (row) => row.perUnit),
    latencyP95Ms: Float64Array.from(rows, (row) => row.latency),
    utilization: Float64Array.from(rows, (row) => row.utilization),
    errorRate: Float64Array.from(rows, (row) => row.errors),
  });
  interface MinuteRow {
    requests: number;
    perUnit: number;
    latency: number;
    utilization: number;
    errors: number;
  }

  it("what is known is above nothing and finite, and its bounds are in order", () => {
    fc.assert(
      fc.property(fc.array(minute, { maxLength: 300 }), (rows) => {
        expectSound(learn(columnsOf(rows)));
      }),
    );
  });

  const loads = fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 40, maxLength: 400 });

  it("the lowest that it may be was carried, less the reserve, where the latency follows the load", () => {
    fc.assert(
      fc.property(loads, fc.double({ min: 50, max: 900, noNaN: true }), (perUnit, knee) => {
        const learned = learn(measured({ perUnit, knee, busyAt: (load) => load / 5 }));
        expectSound(learned);
        if (learned.kind === "unknown") return;
        expect(learned.carried).toBeLessThanOrEqual(knee);
        if (learned.from === "latency") expect(learned.lowest).toBeLessThanOrEqual(0.85 * knee);
        else expect(learned.perUnit).toBeLessThanOrEqual(1.5 * knee);
      }),
    );
  });

  it("counts in the load's own unit", () => {
    fc.assert(
      fc.property(loads, fc.constantFrom(0.25, 2, 1024), (perUnit, scale) => {
        const one = learn(measured({ perUnit, knee: 500, busyAt: (load) => load / 5 }));
        const minutes = measured({ perUnit, knee: 500, busyAt: (load) => load / 5 });
        const other = learn({ ...minutes, load: minutes.load.map((each) => each * scale) });
        expect(other.kind).toBe(one.kind);
        if (one.kind === "known" && other.kind === "known") {
          expect(other.perUnit).toBeCloseTo(one.perUnit * scale, 6);
          expect(other.confidence).toBe(one.confidence);
        }
      }),
    );
  });

  it("saturated minutes alone and idle ones alone never give a number", () => {
    fc.assert(
      fc.property(loads, (perUnit) => {
        expect(learn(measured({ perUnit, knee: 0.5 }))).toMatchObject({ kind: "unknown" });
        const idle = measured({ perUnit, knee: 1e6, busyAt: (load) => load / 100 });
        expect(learn(idle)).toMatchObject({ kind: "unknown" });
      }),
    );
  });
});

function expectSound(learned: UnitLoad): void {
  if (learned.kind === "unknown") return;
  const { perUnit, lowest, highest, carried } = learned;
  expect(lowest).toBeGreaterThan(0);
  expect(perUnit).toBeGreaterThanOrEqual(lowest);
  expect(highest).toBeGreaterThanOrEqual(perUnit);
  expect(Number.isFinite(perUnit) && carried > 0).toBe(true);
}
