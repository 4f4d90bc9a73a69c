/** Prophet and MSTL+ETS as they really are, and the guards around them: what traps or lies is a failure that is told. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { candidateOf, tried } from "../../../lib/adapters/augurs/guard.ts";
import { Renewable } from "../../../lib/adapters/augurs/load.ts";
import { mstlEts, mstlEtsCandidate } from "../../../lib/adapters/augurs/mstlEts.ts";
import { prophetCandidate, prophetForecaster } from "../../../lib/adapters/augurs/prophet.ts";
import { withoutGaps } from "../../../lib/adapters/augurs/series.ts";
import { dayTableOf } from "../../../lib/core/forecast/calendar.ts";
import type { Candidate } from "../../../lib/core/forecast/candidates/candidate.ts";
import { isFailed, type SlotQuantiles } from "../../../lib/core/forecast/compare/forecaster.ts";
import type { Calendar } from "../../../lib/core/forecast/forecast.ts";
import { historyOf } from "../../../lib/core/forecast/history.ts";
import { MONDAY, weekly } from "../../core/forecast/compare/arrange.ts";

const UTC: Calendar = { utcOffset: () => 0, kindOf: (day) => day % 7 };
const LEVELS = [0.5, 0.9, 0.95, 0.99];

/** Hours of a sine by day with a little that repeats less well. */
const wave = (hour: number): number =>
  100 + 60 * Math.sin((hour / 24) * 2 * Math.PI) + 8 * Math.sin(hour * hour);

const hours = (count: number, load: (hour: number) => number | null = wave) =>
  historyOf(
    { start: MONDAY, stepSeconds: 3600, values: Array.from({ length: count }, (_, i) => load(i)) },
    [],
    3600,
  );

describe.each([
  ["Prophet", prophetForecaster],
  ["MSTL + ETS", mstlEts],
])("%s", (_, forecaster) => {
  it("follows the day, with quantiles that rise and are as wide as the noise", async () => {
    const bands = (await forecaster.quantiles(hours(21 * 24), 24, LEVELS, UTC)) as SlotQuantiles;
    expect(bands).toHaveLength(4);
    for (let slot = 0; slot < 24; slot++) {
      const [q50, q90, q95, q99] = bands.map((band) => band[slot] as number) as [
        number,
        number,
        number,
        number,
      ];
      expect(Math.abs(q50 - (100 + 60 * Math.sin((slot / 24) * 2 * Math.PI)))).toBeLessThan(15);
      expect(q90 - q50).toBeGreaterThan(2);
      expect(q95).toBeGreaterThanOrEqual(q90);
      expect(q99).toBeGreaterThan(q95);
      expect(q99 - q50).toBeLessThan(60);
    }
  });

  it("takes gaps, cuts at 0, and says nothing before two days", async () => {
    const gappy = hours(16 * 24, (hour) => (hour % 11 < 3 ? null : weekly(MONDAY + hour * 3600)));
    const attempt = await forecaster.quantiles(gappy, 48, LEVELS, UTC);
    expect(
      attempt !== null && !isFailed(attempt) && attempt.every((band) => band.every((value) => value >= 0)),
    ).toBe(true);
    expect(await forecaster.quantiles(hours(47), 24, LEVELS, UTC)).toBeNull();
  });
});

describe("Prophet, fitted once for all levels", () => {
  it("gives the middle path that a fit for each level gives", async () => {
    const history = hours(21 * 24);
    const [alone] = (await prophetForecaster.quantiles(history, 24, [0.5], UTC)) as SlotQuantiles;
    const [together, upper] = (await prophetForecaster.quantiles(
      history,
      24,
      [0.5, 0.95],
      UTC,
    )) as SlotQuantiles;
    const [upperAlone] = (await prophetForecaster.quantiles(history, 24, [0.95], UTC)) as SlotQuantiles;
    for (let slot = 0; slot < 24; slot++) {
      expect(together?.[slot]).toBeCloseTo(alone?.[slot] as number, 6);
      // Of 1000 draws each: near, not equal.
      expect(Math.abs((upper?.[slot] as number) - (upperAlone?.[slot] as number))).toBeLessThan(4);
    }
  });
});

describe.each([
  ["Prophet", prophetCandidate],
  ["MSTL + ETS", mstlEtsCandidate],
])("%s as a candidate of an ensemble", (_, load) => {
  let candidate: Candidate;
  beforeAll(async () => {
    candidate = await load();
  });

  it("gives a path on the table's square-root scale, from the cells before the origin alone", () => {
    const table = dayTableOf(hours(21 * 24), UTC);
    const spoiled = { ...table, mean: table.mean.map((value, cell) => (cell < 20 * 24 ? value : 1e6)) };
    const path = candidate.path(table, 20 * 24, 24);
    expect(candidate.path(spoiled, 20 * 24, 24)).toEqual(path);
    for (const [slot, root] of path.entries()) {
      expect(Math.abs(root - Math.sqrt(100 + 60 * Math.sin((slot / 24) * 2 * Math.PI)))).toBeLessThan(1.5);
    }
  });

  it("says nothing before two days", () => {
    const table = dayTableOf(hours(21 * 24), UTC);
    expect([...candidate.path(table, 30, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("a fit that goes wrong", () => {
  const values = Float64Array.of(1, 2, 3);
  const counted = () => {
    const loads: number[] = [];
    return { loads, modules: new Renewable(async (instance) => loads.push(instance)) };
  };

  it.each([
    ["1e304", [1e304, 1], "it forecast 1e+304 where the highest load was 3"],
    ["NaN", [Number.NaN, 1], "it forecast NaN"],
    ["too little", [1], "it forecast 1 of 2 slots"],
  ])("and gives %s is a failure", async (_, band, why) => {
    const attempt = await tried(counted().modules, values, 2, () => [band]);
    expect(attempt).toEqual({ kind: "failed", why: expect.stringContaining(why) });
  });

  it("and traps is a failure, and the next gets a fresh instance", async () => {
    const { loads, modules } = counted();
    const trap = (): never => {
      throw new Error("unreachable\nat wasm");
    };
    expect(await tried(modules, values, 2, trap)).toEqual({
      kind: "failed",
      why: "it stopped with: unreachable",
    });
    expect(await tried(modules, values, 2, () => [[1, 2]])).toEqual([Float64Array.of(1, 2)]);
    expect(loads).toEqual([0, 1]);
  });

  it("says nothing as a candidate", async () => {
    const { modules } = counted();
    let calls = 0;
    const candidate = await candidateOf("trap", modules, () => {
      if (calls++ === 0) throw new Error("unreachable");
      return [1, 2];
    });
    const table = dayTableOf(hours(48), UTC);
    expect([...candidate.path(table, 40, 2)]).toEqual([Number.NaN, Number.NaN]);
    await modules.get();
    expect([...candidate.path(table, 40, 2)]).toEqual([1, 2]);
  });
});

describe("gaps", () => {
  it.each([
    [
      [1, Number.NaN, 3],
      [1, 2, 3],
    ],
    [
      [Number.NaN, 4, Number.NaN],
      [4, 4, 4],
    ],
    [
      [0, Number.NaN, Number.NaN, 9],
      [0, 3, 6, 9],
    ],
  ])("of %j are closed to %j", (values, filled) => {
    expect([...(withoutGaps(Float64Array.from(values)) ?? [])]).toEqual(filled);
  });

  it("cannot be closed where nothing is known", () => {
    expect(withoutGaps(Float64Array.of(Number.NaN))).toBeNull();
  });
});
