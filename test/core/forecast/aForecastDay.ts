/** A builder of whole, valid forecast days for tests of packing and storing. */
import type { Bands, ErrorTable, ForecastDay, IdleTable } from "../../../lib/core/forecast/forecast.ts";
import { AGE_STARTS } from "../../../lib/core/idle/ages.ts";
import { instant, repeat } from "../arrange.ts";

const HORIZONS_SECONDS = [60, 180, 300, 600, 900, 1800, 3600, 5400, 7200];
const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999];

/** As large as the real ones: 9 horizons by 8 levels and 48 half hours, growing with both, the lowest below zero. */
export function anErrorTable(parts: Partial<ErrorTable> = {}): ErrorTable {
  return {
    horizonsSeconds: HORIZONS_SECONDS,
    levels: LEVELS,
    response: HORIZONS_SECONDS.map((_, h) => [0, 0, 0, 1 - h / 9, 0, 0, h / 11, 0, 0.013 * h, 0.2, 0]),
    spread: HORIZONS_SECONDS.map((_, h) => [1, 0.1 + h / 7, 0, 0.02]),
    size: HORIZONS_SECONDS.map((_, h) => repeat(48, 0).map((_, part) => (200 + 13 * h + 7 * part) / 1000)),
    quantiles: HORIZONS_SECONDS.map((_, h) => LEVELS.map((_, l) => (h * 37 + l * 433 - 212) / 1000)),
    ...parts,
  };
}

const BAND_LEADS_SECONDS = [21_600, 86_400, 172_800, 691_200];
const BAND_LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999];

/** Errors of single slots that widen with the lead time: 4 buckets by 11 levels. */
export function someBands(parts: Partial<Bands> = {}): Bands {
  return {
    leadsSeconds: BAND_LEADS_SECONDS,
    levels: BAND_LEVELS,
    quantiles: BAND_LEADS_SECONDS.map((_, b) => BAND_LEVELS.map((_, l) => (b * 41 + l * 311 - 1087) / 1000)),
    ...parts,
  };
}

/** Requests every few minutes by day and hardly any at night, mostly on the hour. */
export function anIdleTable(slots: number, parts: Partial<IdleTable> = {}): IdleTable {
  return {
    byAge: AGE_STARTS.map((age) => Number((0.3 / (1 + age / 7)).toPrecision(4))),
    rate: repeat(slots, 0).map((_, slot) => 0.05 + 2.4 * Math.sin((Math.PI * slot) / slots) ** 2),
    minuteOfHour: repeat(60, 0.9).map((usual, minute) => (minute === 0 ? 6.25 : usual)),
    firstLoad: 1.25,
    laterLoad: 0.75,
    pauses: 812,
    ...parts,
  };
}

/** Slots of five minutes, or of another length that divides a day, that climb from 20 requests a minute at night to 5 000 in the afternoon. */
export function aForecastDay(parts: Partial<ForecastDay> = {}): ForecastDay {
  const count = 86_400 / (parts.slotSeconds ?? 300);
  const slots = repeat(Number.isSafeInteger(count) ? count : 288, 0).map((_, slot) => slot);
  const half = Math.PI / (slots.length - 1);
  return {
    version: 3,
    target: "chat",
    day: "2025-11-11",
    model: "ensemble",
    madeAt: instant("2025-11-10T18:00Z"),
    slotSeconds: 300,
    median: slots.map((slot) => 20 + 4980 * Math.sin(half * slot) ** 2),
    scale: slots.map((slot) => 0.4 + (2.88 * slot) / slots.length),
    naive: slots.map((slot) => 25 + 4500 * Math.sin(half * slot) ** 2),
    minuteOfHour: repeat(60, 1).map((even, minute) => (minute === 0 ? 3.125 : even)),
    bands: someBands(),
    errors: anErrorTable(),
    weights: [
      { candidate: "time-of-week", weights: [0.3, 0.45, 0.5, 0.6] },
      { candidate: "last-week", weights: [0.7, 0.55, 0.5, 0.4] },
    ],
    history: {
      from: instant("2025-10-14T00:00Z"),
      to: instant("2025-11-10T18:00Z"),
      missingShare: 0.0123,
      gaps: 3,
    },
    score: { loss: 0.0812, lossSameTimeLastWeek: 0.1034 },
    ...parts,
  };
}
