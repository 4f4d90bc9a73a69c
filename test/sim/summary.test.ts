import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Action } from "../../lib/core/replayResult.ts";
import { countActions, countFlaps, summarize, violationMinutes } from "../../lib/sim/summary.ts";

/** Actions at minutes: `[minute, from, to]`. */
const actions = (...steps: readonly (readonly [number, number, number])[]): readonly Action[] =>
  steps.map(([minute, from, to]) => ({ at: 60 * minute, from, to, reason: "" }));

describe("countActions", () => {
  it("counts both directions, and neither where nothing changed", () => {
    expect(countActions(actions([0, 1, 4], [5, 4, 2], [9, 2, 2], [10, 2, 3]))).toEqual({
      scaleOuts: 2,
      scaleIns: 1,
    });
    expect(countActions([])).toEqual({ scaleOuts: 0, scaleIns: 0 });
  });
});

describe("countFlaps", () => {
  it.each([
    ["no actions", actions(), 0],
    ["a scale-in that stays", actions([0, 4, 2]), 0],
    ["taken back at once", actions([0, 4, 2], [5, 2, 4]), 1],
    ["in part is taken back too", actions([0, 4, 2], [5, 2, 3]), 1],
    ["after exactly 30 minutes", actions([0, 4, 2], [30, 2, 4]), 1],
    ["a minute later", actions([0, 4, 2], [31, 2, 4]), 0],
    ["a scale-out that is taken back is none", actions([0, 2, 4], [5, 4, 2]), 0],
    ["there and back twice", actions([0, 4, 2], [5, 2, 4], [10, 4, 2], [15, 2, 4]), 2],
    ["only the last of two", actions([0, 10, 8], [5, 8, 7], [10, 7, 8]), 1],
    ["both of two", actions([0, 10, 8], [5, 8, 7], [10, 7, 9]), 2],
    ["both, by two scale-outs", actions([0, 10, 8], [5, 8, 7], [10, 7, 8], [12, 8, 9]), 2],
    ["the first too long ago", actions([0, 10, 8], [25, 8, 7], [35, 7, 9]), 1],
    ["a pause in between that asks for the same", actions([0, 4, 2], [5, 2, 2], [9, 2, 3]), 1],
  ])("%s", (_, given, flaps) => {
    expect(countFlaps(given)).toBe(flaps);
  });

  it("is at most the number of scale-ins, and none when the load only falls", () => {
    const walk = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20 })));
    fc.assert(
      fc.property(walk, (steps) => {
        let minute = 0;
        let units = 10;
        const given = steps.map(([wait, to]) => {
          minute += wait;
          const step = [minute, units, to] as const;
          units = to;
          return step;
        });
        expect(countFlaps(actions(...given))).toBeLessThanOrEqual(countActions(actions(...given)).scaleIns);
        expect(countFlaps(actions(...given.filter(([, from, to]) => to < from)))).toBe(0);
      }),
    );
  });
});

describe("violationMinutes", () => {
  it.each([
    ["none missed", [0], [500], 0.999, 0],
    ["1 in 500", [1], [500], 0.999, 1],
    ["1 in 1 000 is what the share allows", [1], [1000], 0.999, 0],
    ["a little more than that", [1.01], [1000], 0.999, 1],
    ["1 in 10 at 90 %, which is not exact in floating point", [1], [10], 0.9, 0],
    ["less than one request", [0.9], [10], 0.999, 0],
    [
      "one request in tenths, in floating point a little less",
      [
        Array(10)
          .fill(0.1)
          .reduce((a, b) => a + b),
      ],
      [10],
      0.999,
      1,
    ],
    ["everything must be inside", [1], [100000], 1, 1],
    ["nothing must be", [100], [100], 0, 0],
    ["lost without new requests", [3], [0], 0.999, 1],
    ["each minute by itself", [1, 0, 2, 0.5], [100, 100, 100, 100], 0.99, 1],
    ["no minutes", [], [], 0.999, 0],
  ])("%s", (_, violations, load, share, minutes) => {
    expect(violationMinutes(violations, load, share)).toBe(minutes);
  });

  it("grows with misses and with what is asked", () => {
    const minute = fc.record({ load: fc.nat(1000), missed: fc.nat(1000), more: fc.nat(10) });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(minute), share, share, (minutes, one, other) => {
        const load = minutes.map((each) => each.load);
        const missed = minutes.map((each) => each.missed);
        const worse = minutes.map((each) => each.missed + each.more);
        const [loose, strict] = [Math.min(one, other), Math.max(one, other)];
        const base = violationMinutes(missed, load, loose);
        expect(violationMinutes(worse, load, loose)).toBeGreaterThanOrEqual(base);
        expect(violationMinutes(missed, load, strict)).toBeGreaterThanOrEqual(base);
      }),
    );
  });
});

describe("summarize", () => {
  /** Two hours: an hour at 200 a minute, an hour at 600. Two units, six from minute 65 on. */
  const load = Float64Array.from({ length: 120 }, (_, minute) => (minute < 60 ? 200 : 600));
  const late = {
    load,
    violations: load.map((_, minute) => (minute >= 60 && minute < 65 ? 480 : 0)),
    ready: load.map((_, minute) => (minute < 65 ? 2 : 6)),
    actions: actions([61, 2, 6]),
    perUnit: 100,
    unitHours: 7.5,
    pricePerUnitHour: 2,
    objectiveShare: 0.999,
  };

  it("sums up a run that was five minutes late", () => {
    expect(summarize(late)).toEqual({
      requests: 48_000, // 60 × 200 + 60 × 600
      unitHours: 7.5,
      cost: 15,
      insideObjective: 0.95, // 5 × 480 of 48 000 missed
      violationMinutes: 5,
      scaleOuts: 1,
      scaleIns: 0,
      flaps: 0,
      ramps: 1,
      rampsReady: 0,
    });
  });

  it("and one that was ready", () => {
    const ready = load.map((_, minute) => (minute < 58 ? 2 : 6));
    const summary = summarize({ ...late, ready, violations: load.map(() => 0) });
    expect(summary).toMatchObject({ insideObjective: 1, violationMinutes: 0, ramps: 1, rampsReady: 1 });
  });

  it("counts a scale-in that was taken back", () => {
    const restless = { ...late, actions: actions([10, 2, 1], [20, 1, 2], [61, 2, 6]) };
    expect(summarize(restless)).toMatchObject({ scaleOuts: 2, scaleIns: 1, flaps: 1 });
  });

  it("finds no ramp inside the units that are always there", () => {
    expect(summarize({ ...late, minUnits: 6 })).toMatchObject({ ramps: 0, rampsReady: 0 });
  });

  it("holds everything inside the objective when there were no requests", () => {
    const silent = { ...late, load: [0, 0], violations: [0, 0], ready: [1, 1], actions: [] };
    expect(summarize(silent)).toMatchObject({ requests: 0, insideObjective: 1, ramps: 0 });
  });

  it("does not go below 0 when more is lost than was offered in the replayed part", () => {
    expect(summarize({ ...late, load: [5], violations: [9], ready: [1] }).insideObjective).toBe(0);
  });
});
