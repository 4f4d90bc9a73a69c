/** What happens to a forecast, and to decisions made with it, when the past or the present is not as it should be. */
import { describe, expect, it } from "@jest/globals";
import type { Forecast } from "../../../lib/core/forecast/forecast.ts";
import { slotQuantile } from "../../../lib/core/forecast/quantiles.ts";
import { DAY_SECONDS } from "../../../lib/core/time.ts";
import { stream } from "../../../lib/sim/random.ts";
import { MONDAY } from "./arrangeHistory.ts";
import { decisionsFrom, forecastFrom, historyFrom, pinballOf, serviceOf } from "./arrangeService.ts";

const DAY = 1_440;
const SLOTS = 288;
const PAST_DAYS = 28;
const NOW = PAST_DAYS * DAY;

describe("from one minute to the next the load doubles, and stays", () => {
  const SEEDS = [1, 2, 3];
  const HOURS = [3, 9.5, 14, 20];

  /** Whether the 0.95 quantile of the next minutes held, for each minute since. */
  const stories = SEEDS.flatMap((seed) => {
    const usual = serviceOf(seed, PAST_DAYS + 2);
    const upper = decisionsFrom(historyFrom(usual.slice(0, NOW)));
    return HOURS.map((hour) => {
      const from = NOW + 60 * hour;
      const load = usual.map((each, minute) => (minute < from ? each : 2 * each));
      return (since: number, horizon: number): boolean => {
        const minute = from + since;
        const lastHour = load.slice(minute - 60, minute);
        const held = upper(MONDAY + 60 * minute, lastHour, 60 * horizon, 0.95);
        return Math.max(...load.slice(minute, minute + horizon)) <= held;
      };
    });
  });

  /** Share of minutes in a stretch since the change, over all stories. */
  function coverage(horizon: number, from: number, to: number): number {
    let held = 0;
    for (const holds of stories) {
      for (let since = from; since < to; since++) if (holds(since, horizon)) held++;
    }
    return held / (stories.length * (to - from));
  }

  it.each([5, 30])("the 0.95 quantile of the next %i minutes holds again after half an hour", (horizon) => {
    expect(coverage(horizon, 0, 5)).toBeLessThan(0.2);
    expect(coverage(horizon, 30, 60)).toBeGreaterThan(0.9);
    expect(coverage(horizon, 60, 180)).toBeGreaterThan(0.85);
  });
});

describe("an outage of six hours", () => {
  /** The next UTC day after the past. */
  const nextDayOf = ({ median }: Forecast): Float64Array =>
    median.subarray(median.length - 2 * SLOTS, median.length - SLOTS);

  it.each([
    [1, "yesterday from 10:00", NOW - DAY + 600],
    [2, "yesterday from midnight", NOW - DAY],
    [3, "that ends now", NOW - 360],
    [3, "a week ago, on the weekday that comes", NOW - 7 * DAY + 600],
  ])(
    "(service %i) %s leaves the next day within a tenth of what it would be, seen as zeros or as a gap",
    (seed, _when, from) => {
      const whole = serviceOf(seed, PAST_DAYS);
      const base = nextDayOf(forecastFrom(historyFrom(whole)));
      for (const seen of [0, null]) {
        const out = whole.map((each, minute) => (minute >= from && minute < from + 360 ? seen : each));
        const after = nextDayOf(forecastFrom(historyFrom(out)));
        const worst = Math.max(...after.map((load, slot) => Math.abs(load / (base[slot] as number) - 1)));
        expect(worst).toBeLessThan(0.1);
      }
    },
  );
});

it("a fifth of the slots missing at random costs at most a twentieth in loss, over ten services", () => {
  const LEVELS = [0.5, 0.9, 0.95, 0.99];
  let whole = 0;
  let patchy = 0;
  for (let seed = 1; seed <= 10; seed++) {
    const minutes = serviceOf(seed, PAST_DAYS + 1);
    const came = historyFrom(minutes).mean.subarray(PAST_DAYS * SLOTS);
    const uniform = stream(seed, "lost");
    const isLost = Array.from({ length: PAST_DAYS * SLOTS }, () => uniform() < 0.2);
    const lossOf = (past: readonly (number | null)[]): number => {
      const forecast = forecastFrom(historyFrom(past), 1);
      const first = forecast.median.length - SLOTS;
      const end = MONDAY + PAST_DAYS * DAY_SECONDS;
      const loss = (level: number): number => {
        const path = came.map((_, slot) => slotQuantile(forecast, end, first + slot, level));
        return pinballOf(path, came, level);
      };
      return LEVELS.reduce((sum, level) => sum + loss(level), 0);
    };
    const past = minutes.slice(0, NOW);
    whole += lossOf(past);
    patchy += lossOf(past.map((load, minute) => (isLost[Math.floor(minute / 5)] ? null : load)));
  }
  expect(patchy / whole).toBeLessThan(1.05);
});
