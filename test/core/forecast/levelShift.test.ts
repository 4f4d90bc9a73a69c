/** Declared changes of level: their factors, what they do to the past, and to a forecast when they are still to come. */
import { describe, expect, it } from "@jest/globals";
import type { Forecast } from "../../../lib/core/forecast/forecast.ts";
import { judgeShifts, sayUnjudged, shifted, withShiftsAhead } from "../../../lib/core/forecast/levelShift.ts";
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from "../../../lib/core/time.ts";
import { MONDAY, noise, pastOf, shopLoad } from "./arrangeHistory.ts";

const plain = { utcOffset: () => 0, kindOf: (day: number) => ((day % 7) + 7) % 7 };
const at = MONDAY + 20 * DAY_SECONDS + 10 * HOUR_SECONDS;
const launch = (parts: { readonly at?: EpochSeconds; readonly factor?: number | null } = {}) =>
  ({ kind: "level-shift", name: "launch", at, factor: null, ...parts }) as const;
const doubled = (time: EpochSeconds): number =>
  shopLoad(time) * (0.9 + 0.2 * noise(time)) * (time >= at ? 2 : 1);

describe("judgeShifts", () => {
  it("keeps a stated factor, whatever the load says", () => {
    const [judged] = judgeShifts(pastOf(28, doubled), [launch({ factor: 3 })], plain);
    expect(judged?.factor).toBe(3);
  });

  it.each([
    [8, 0.15],
    [24, 0.1],
    [7 * 24, 0.1],
  ])("tells it from %i hours after", (hours, within) => {
    const days = (at - MONDAY + hours * HOUR_SECONDS) / DAY_SECONDS;
    const [judged] = judgeShifts(pastOf(days, doubled), [launch()], plain);
    expect(Math.abs((judged?.factor ?? 0) - 2)).toBeLessThan(within);
  });

  it("tells nothing from five hours, from a future, or without a day before", () => {
    const days = (at - MONDAY + 5 * HOUR_SECONDS) / DAY_SECONDS;
    expect(judgeShifts(pastOf(days, doubled), [launch()], plain)[0]?.factor).toBeNull();
    expect(judgeShifts(pastOf(14, doubled), [launch()], plain)[0]?.factor).toBeNull();
    const first = launch({ at: MONDAY + HOUR_SECONDS });
    expect(judgeShifts(pastOf(14, doubled), [first], plain)[0]?.factor).toBeNull();
  });

  it("tells two in a row apart", () => {
    const second = at + 3 * DAY_SECONDS;
    const load = (time: EpochSeconds): number => doubled(time) * (time >= second ? 0.5 : 1);
    const shifts = [launch({ at: second }), launch()];
    const judged = judgeShifts(pastOf(28, load), shifts, plain);
    expect(judged.map((each) => Number((each.factor ?? 0).toFixed(1)))).toEqual([2, 0.5]);
  });

  it("says which do nothing yet", () => {
    const judged = [launch(), launch({ factor: 2 })];
    expect(sayUnjudged(judged)).toEqual([
      "the level shift launch (2025-10-26T10:00Z) has no factor, and none can be told before 6 h after it and a day before it are known: the level is taken not to have changed",
    ]);
  });
});

describe("shifted", () => {
  it("multiplies mean, peak and minutes before it, and nothing after", () => {
    const past = pastOf(28, doubled);
    const brought = shifted(past, [launch({ factor: 2 })]);
    const slot = (at - MONDAY) / past.slotSeconds;
    expect(brought.mean[slot - 1]).toBe(2 * (past.mean[slot - 1] as number));
    expect(brought.peak[slot - 1]).toBe(2 * (past.peak[slot - 1] as number));
    expect(brought.minutes[slot * 5 - 1]).toBe(2 * (past.minutes[slot * 5 - 1] as number));
    expect(brought.mean.subarray(slot)).toEqual(past.mean.subarray(slot));
    expect(brought.minutes.subarray(slot * 5)).toEqual(past.minutes.subarray(slot * 5));
  });

  it("multiplies what lies before two by both", () => {
    const past = pastOf(28, () => 100);
    const later = launch({ at: at + DAY_SECONDS, factor: 3 });
    const brought = shifted(past, [launch({ factor: 2 }), later]);
    expect([...new Set(brought.mean)]).toEqual([600, 300, 100]);
  });

  it("keeps what is missing missing", () => {
    const past = pastOf(28, (time) => (time < MONDAY + DAY_SECONDS ? null : 100));
    expect(Number.isNaN(shifted(past, [launch({ factor: 2 })]).mean[0])).toBe(true);
  });

  it.each([
    ["before the history", launch({ at: MONDAY, factor: 2 })],
    ["after it", launch({ at: MONDAY + 29 * DAY_SECONDS, factor: 2 })],
    ["of no known factor", launch()],
  ])("leaves it as it is for a shift %s", (_case, shift) => {
    const past = pastOf(28, doubled);
    expect(shifted(past, [shift])).toBe(past);
  });
});

describe("withShiftsAhead", () => {
  const forecast = {
    start: at,
    slotSeconds: 300,
    median: Float64Array.of(100, 100, 100, 100),
    naive: Float64Array.of(90, 90, 90, 90),
    scale: Float64Array.of(1, 1, 1, 1),
  } as unknown as Forecast;

  it("raises the path from the slot in which it happens, and lowers it only from the next", () => {
    const middle = at + 450;
    const up = withShiftsAhead(forecast, [launch({ at: middle, factor: 4 })], at);
    expect([...up.median]).toEqual([100, 400, 400, 400]);
    expect([...up.naive]).toEqual([90, 360, 360, 360]);
    expect([...up.scale]).toEqual([1, 2, 2, 2]);
    const down = withShiftsAhead(forecast, [launch({ at: middle, factor: 0.25 })], at);
    expect([...down.median]).toEqual([100, 100, 25, 25]);
  });

  it("leaves alone what the history has seen already, and what has no factor", () => {
    expect(withShiftsAhead(forecast, [launch({ factor: 2 }), launch({ at: at + 600 })], at)).toBe(forecast);
  });
});
