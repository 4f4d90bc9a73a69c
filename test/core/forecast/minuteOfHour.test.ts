/** What comes at the same minutes of every hour is found, and chance is not taken for it. */
import { describe, expect, it } from "@jest/globals";
import { historyOf } from "../../../lib/core/forecast/history.ts";
import { minuteOfHourOf } from "../../../lib/core/forecast/minuteOfHour.ts";
import { poisson, stream } from "../../../lib/sim/random.ts";
import { EVEN_HOUR } from "../arrange.ts";
import { MONDAY } from "./arrangeHistory.ts";

/** Counts around a mean by minute of the hour. */
function countsOf(hours: number, mean: (minute: number) => number, seed = 1, slotSeconds = 300) {
  const draw = poisson(stream(seed, "minutes"));
  const values = Array.from({ length: 60 * hours }, (_, i) => draw(mean(i % 60)));
  return historyOf({ start: MONDAY, stepSeconds: 60, values }, [], slotSeconds);
}

/** Three times as much in the first three minutes of each hour. */
const onTheHour = (base: number) => (minute: number) => (minute < 3 ? 3 * base : base);

describe("a burst on the hour", () => {
  it("is told from the minutes of its slot: 9 of 11 parts in three of five minutes", () => {
    const shown = minuteOfHourOf(countsOf(14 * 24, onTheHour(100)));
    for (const minute of [0, 1, 2]) expect(Math.abs((shown[minute] as number) - 15 / 11)).toBeLessThan(0.03);
    for (const minute of [3, 4]) expect(Math.abs((shown[minute] as number) - 5 / 11)).toBeLessThan(0.03);
    expect(shown.slice(5)).toEqual(EVEN_HOUR.slice(5));
  });

  it("is told in slots of an hour", () => {
    const shown = minuteOfHourOf(countsOf(14 * 24, onTheHour(100), 2, 3_600));
    // 66 parts an hour, 9 of them in three minutes.
    expect(Math.abs((shown[1] as number) - 3 / 1.1)).toBeLessThan(0.05);
    expect(shown[30]).toBe(1);
  });

  it("is left to the slots where these are minutes", () => {
    expect(minuteOfHourOf(countsOf(14 * 24, onTheHour(100), 3, 60))).toEqual(EVEN_HOUR);
  });

  it("is found wherever the history begins in its hour", () => {
    const draw = poisson(stream(4, "minutes"));
    const start = MONDAY + 40 * 60;
    const values = Array.from({ length: 60 * 100 }, (_, i) => draw(onTheHour(80)((i + 40) % 60)));
    const shown = minuteOfHourOf(historyOf({ start, stepSeconds: 60, values }, []));
    expect(shown[1]).toBeGreaterThan(1.2);
    expect(shown[41]).toBe(1);
  });

  it("is forgotten when it has stopped for two weeks", () => {
    const draw = poisson(stream(5, "minutes"));
    const values = Array.from({ length: 60 * 24 * 28 }, (_, i) =>
      draw(i < 60 * 24 * 14 ? onTheHour(80)(i % 60) : 80),
    );
    expect(minuteOfHourOf(historyOf({ start: MONDAY, stepSeconds: 60, values }, []))).toEqual(EVEN_HOUR);
  });
});

describe("nothing recurs", () => {
  it.each([
    [1_000, 1],
    [100, 2],
    [100, 3],
    [5, 4],
    [0.4, 5],
    [0, 6],
  ])("in counts around %d a minute (seed %i)", (mean, seed) => {
    expect(minuteOfHourOf(countsOf(14 * 24, () => mean, seed))).toEqual(EVEN_HOUR);
  });

  it("before two days are known", () => {
    expect(minuteOfHourOf(countsOf(47, onTheHour(100)))).toEqual(EVEN_HOUR);
    expect(minuteOfHourOf(countsOf(49, onTheHour(100)))[0]).toBeGreaterThan(1);
  });

  it("that could be told from slots alone", () => {
    const values = Array.from({ length: 12 * 24 * 14 }, (_, i) => (i % 12 === 0 ? 300 : 100));
    expect(minuteOfHourOf(historyOf({ start: MONDAY, stepSeconds: 300, values }, []))).toEqual(EVEN_HOUR);
  });

  it("in one hour that was ten times as busy", () => {
    const history = countsOf(14 * 24, () => 100);
    const minutes = history.minutes.map((load, i) => (i >= 6_000 && i < 6_003 ? 10 * load : load));
    expect(minuteOfHourOf({ ...history, minutes })).toEqual(EVEN_HOUR);
  });
});
