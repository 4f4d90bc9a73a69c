/** The measured errors cover the highest load of minutes that they have not seen, and know what carries over. */
import { describe, expect, it } from "@jest/globals";
import { highestLoad, type Seen } from "../../../../lib/core/forecast/conditional/highestLoad.ts";
import { HORIZONS_SECONDS, measureErrors } from "../../../../lib/core/forecast/conditional/measureErrors.ts";
import { momentOf, TREND_TERMS } from "../../../../lib/core/forecast/conditional/moment.ts";
import { RESPONSE_TERMS, SPREAD_TERMS } from "../../../../lib/core/forecast/conditional/terms.ts";
import type { ErrorTable } from "../../../../lib/core/forecast/forecast.ts";
import { poisson, stream } from "../../../../lib/sim/random.ts";
import { EVEN_HOUR, repeat } from "../../arrange.ts";
import { MONDAY } from "../arrangeHistory.ts";
import { NONE, normals } from "../arrangeTable.ts";

const DAY = 1_440;
const SEEN_DAYS = 14;

/** From 100 by night to 900 by day, even within slots of five minutes. */
const pathAt = (minute: number): number =>
  500 - 400 * Math.cos((2 * Math.PI * (Math.floor(minute / 5) * 5)) / DAY);

interface Unrest {
  /** Deviation of whole days, as a share of the load. */
  readonly ofDay?: number;
  /** Deviation of a level that wanders, of which nine tenths are left after half an hour. */
  readonly ofHour?: number;
}

/** Counts of so many days around the path. */
function loadOf(seed: number, days: number, { ofDay = 0, ofHour = 0 }: Unrest): Float64Array {
  const normal = normals(seed);
  const count = poisson(stream(seed, "counts"));
  const kept = 0.9 ** (1 / 30);
  let day = 1;
  let wandering = 0;
  return Float64Array.from({ length: days * DAY }, (_, minute) => {
    if (minute % DAY === 0) day = 1 + ofDay * normal();
    wandering = kept * wandering + Math.sqrt(1 - kept * kept) * normal();
    return count(Math.max(0, pathAt(minute) * (day + ofHour * wandering)));
  });
}

const pathOf = (days: number): Float64Array =>
  Float64Array.from({ length: days * DAY }, (_, minute) => pathAt(minute));

function measured(load: Float64Array, path: Float64Array = pathOf(load.length / DAY)): ErrorTable {
  const errors = measureErrors({ firstMinuteOfDay: 0, load, path });
  if (errors === null) throw new Error("nothing was measured");
  return errors;
}

/** Fourteen days and ten more, with the errors that were measured on the former. */
function replay(seed: number, unrest: Unrest): { readonly load: Float64Array; readonly errors: ErrorTable } {
  const load = loadOf(seed, SEEN_DAYS + 10, unrest);
  return { load, errors: measured(load.slice(0, SEEN_DAYS * DAY)) };
}

/** Share of moments of the ten further days at which all of the next minutes stay under the quantile. */
function coverageOf(
  { load, errors }: ReturnType<typeof replay>,
  horizonMinutes: number,
  level: number,
): number {
  const days = SEEN_DAYS + 10;
  const path = pathOf(days);
  const median = Array.from({ length: (days * DAY) / 5 }, (_, slot) => pathAt(5 * slot));
  const view = { start: MONDAY, slotSeconds: 300, median, minuteOfHour: EVEN_HOUR, errors };
  let covered = 0;
  let moments = 0;
  for (let minute = SEEN_DAYS * DAY; minute + horizonMinutes <= days * DAY; minute += 13) {
    const at = MONDAY + 60 * minute;
    const seen: Seen = { ...(momentOf(load, path, minute) as Seen), at };
    const upper = highestLoad(view, seen, { from: at, to: at + 60 * horizonMinutes }, level);
    if (Math.max(...load.subarray(minute, minute + horizonMinutes)) <= upper) covered++;
    moments++;
  }
  return covered / moments;
}

const SEEDS = [1, 2, 3, 4, 5];
const CALM = SEEDS.map((seed) => replay(seed, {}));
const RESTLESS = SEEDS.map((seed) => replay(seed, { ofDay: 0.2, ofHour: 0.15 }));

describe("over days that it has not seen, the quantile of the highest load covers its share", () => {
  it.each([
    [5, 0.95, "counts alone vary", CALM],
    [30, 0.95, "counts alone vary", CALM],
    [5, 0.95, "days and hours do", RESTLESS],
    [30, 0.95, "days and hours do", RESTLESS],
    [45, 0.95, "days and hours do, between the measured horizons", RESTLESS],
    [30, 0.9, "days and hours do", RESTLESS],
    [30, 0.99, "days and hours do", RESTLESS],
  ])("of %i minutes at %d, where %s", (minutes, level, _what, pasts) => {
    const each = pasts.map((past) => coverageOf(past, minutes, level));
    const coverage = each.reduce((sum, share) => sum + share, 0) / each.length;
    expect(coverage).toBeGreaterThan(level - 0.02);
    expect(coverage).toBeLessThan(level + Math.min(0.03, 0.8 * (1 - level)));
  });
});

describe("the measured errors", () => {
  const errors = measured(loadOf(7, SEEN_DAYS, { ofDay: 0.2, ofHour: 0.1 }));

  it("are whole: rows by horizon, three decimals, no weight below 0", () => {
    expect(errors.horizonsSeconds).toEqual(HORIZONS_SECONDS);
    for (const [table, width] of [
      [errors.response, RESPONSE_TERMS],
      [errors.spread, SPREAD_TERMS],
      [errors.size, 48],
    ] as const) {
      expect(table.map((row) => row.length)).toEqual(HORIZONS_SECONDS.map(() => width));
      for (const value of table.flat()) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeCloseTo(Math.round(value * 1000) / 1000, 9);
      }
    }
  });

  it("rise with the level", () => {
    for (const row of errors.quantiles) expect(row).toEqual(row.toSorted((a, b) => a - b));
  });

  it("are as large by half hour of the UTC day as they were at that time", () => {
    const noisyNights = loadOf(8, SEEN_DAYS, {}).map((load, minute) =>
      minute % DAY < 360 ? load * (minute % 7 === 0 ? 3 : 1) : load,
    );
    const [size = []] = measured(noisyNights).size;
    const mean = (from: number, to: number): number =>
      size.slice(2 * from, 2 * to).reduce((sum, each) => sum + each, 0) / (2 * (to - from));
    expect(mean(1, 5)).toBeGreaterThan(1.5 * mean(8, 22));
  });

  it("count the time of day from where the replayed minutes begin", () => {
    const load = loadOf(8, SEEN_DAYS, {}).map((each, minute) =>
      minute % DAY < 360 ? each * (minute % 7 === 0 ? 3 : 1) : each,
    );
    const moved = measureErrors({ firstMinuteOfDay: 720, load, path: pathOf(SEEN_DAYS) });
    const [size = []] = moved?.size ?? [];
    expect(size[28]).toBeGreaterThan(1.5 * (size[4] as number));
  });

  /** What of a steady deviation carries over into the next half hour, where the path stays as it is. */
  const carriedOver = ({ response }: ErrorTable): number => {
    const row = response[HORIZONS_SECONDS.indexOf(1_800)] as readonly number[];
    return row.slice(0, RESPONSE_TERMS - 1).reduce((sum, each) => sum + each, 0);
  };

  it("carry a deviation over where whole days differ, and not where minutes do", () => {
    expect(carriedOver(measured(loadOf(9, SEEN_DAYS, { ofDay: 0.3 })))).toBeGreaterThan(0.75);
    expect(carriedOver(measured(loadOf(9, SEEN_DAYS, {})))).toBeLessThan(0.5);
  });

  describe("of the trend of minutes", () => {
    const weightsOf = ({ response }: ErrorTable): readonly number[][] =>
      response.map((row) => row.slice(RESPONSE_TERMS - TREND_TERMS));
    const none = HORIZONS_SECONDS.map(() => repeat(TREND_TERMS, 0));
    /** Counts around a share of the path that climbs from 0.7 to 1.3 and falls again, in steady ramps of 23 minutes. */
    const ramps = (seed: number): Float64Array => {
      const count = poisson(stream(seed, "counts"));
      return Float64Array.from({ length: SEEN_DAYS * DAY }, (_, minute) =>
        count(2 * pathAt(minute) * (0.7 + 0.6 * Math.abs(((minute / 23) % 2) - 1))),
      );
    };

    it.each(SEEDS)(
      "take it in where the load climbs and falls in steady ramps, for the next minutes (%i)",
      (seed) => {
        const path = pathOf(SEEN_DAYS).map((load) => 2 * load);
        const weights = weightsOf(measured(ramps(seed), path));
        for (const seconds of [300, 600] as const) {
          const row = weights[HORIZONS_SECONDS.indexOf(seconds)] ?? [];
          expect(row.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0.5);
        }
      },
    );

    it.each([
      ["counts alone vary", CALM],
      ["days and hours do", RESTLESS],
    ])("leave it out where %s", (_what, pasts) => {
      for (const { errors } of pasts) expect(weightsOf(errors)).toEqual(none);
    });
  });

  it("can be measured with a fifth of the minutes missing", () => {
    const uniform = stream(10, "gaps");
    const load = loadOf(10, SEEN_DAYS, { ofDay: 0.2 });
    const patchy = measured(load.map((each) => (uniform() < 0.2 ? NONE : each)));
    const whole = measured(load);
    const upper = ({ quantiles, spread, size }: ErrorTable): number =>
      (quantiles[5]?.[3] as number) * (spread[5]?.[0] as number) * (size[5]?.[24] as number);
    expect(carriedOver(patchy)).toBeGreaterThan(0.7 * carriedOver(whole));
    expect(Number.isFinite(upper(patchy))).toBe(true);
  });

  it.each([
    ["ten hours", loadOf(1, 1, {}).subarray(0, 600)],
    ["no minute that is known", new Float64Array(3 * DAY).fill(NONE)],
    ["nothing", new Float64Array(0)],
  ])("are not told from %s", (_what, load) => {
    const path = Float64Array.from(load, (_, minute) => pathAt(minute));
    expect(measureErrors({ firstMinuteOfDay: 0, load, path })).toBeNull();
  });

  it("are not told where nothing was forecast", () => {
    const load = loadOf(1, 3, {});
    expect(measureErrors({ firstMinuteOfDay: 0, load, path: load.map(() => NONE) })).toBeNull();
  });

  it.each([
    ["nothing ever comes", 0, 0],
    ["nothing varies", 500, 500],
    ["nothing comes though much was forecast", 0, 500],
    ["much comes though nothing was forecast", 500, 0],
  ])("are finite where %s", (_what, load, path) => {
    const { quantiles, spread, response } = measured(
      new Float64Array(4 * DAY).fill(load),
      new Float64Array(4 * DAY).fill(path),
    );
    expect([quantiles, spread, response].flat(2).every(Number.isFinite)).toBe(true);
  });
});
