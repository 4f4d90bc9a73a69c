/**
 * The stored form of a forecast day: 288 slots and the table of errors in under 4 KB, which is what a DynamoDB read
 * unit covers. Every store packs with this, so that they all give back the same numbers.
 */
import { checkDay, headerFlaw, refuseDay, slotsOf, versionFlaw } from "./checkDay.ts";
import type { ErrorTable, ForecastDay } from "./forecast.ts";
import { packSigned, packValues, unpackSigned, unpackValues } from "./packValues.ts";

/** Everything is plain JSON but the three columns of bytes. */
export interface PackedForecastDay extends Omit<ForecastDay, "median" | "scale" | "errors"> {
  readonly highestMedian: number;
  /** Two bytes a slot, as `packValues` makes them. */
  readonly median: Uint8Array;
  readonly highestScale: number;
  readonly scale: Uint8Array;
  readonly errors: Omit<ErrorTable, "quantiles"> & {
    /** Four bytes each, as `packSigned` makes them, horizon after horizon. */
    readonly quantiles: Uint8Array;
  };
}

/**
 * Packs a whole day. Medians and scales keep four significant digits near the day's highest, fewer far below it (see
 * `packValues`); quantiles keep four. Throws a RangeError naming target and day when the day is not whole and sound.
 */
export function packDay(day: ForecastDay): PackedForecastDay {
  checkDay(day);
  const median = packValues(day.median);
  const scale = packValues(day.scale);
  return {
    ...headerOf(day),
    highestMedian: median.highest,
    median: median.codes,
    highestScale: scale.highest,
    scale: scale.codes,
    errors: { ...axesOf(day.errors), quantiles: packSigned(day.errors.quantiles.flat()) },
  };
}

/**
 * The day again; packing it once more makes the same bytes. Throws a RangeError naming target and day for an unknown
 * version, a wrong number of bytes, and whatever `packDay` would not have packed.
 */
export function unpackDay(packed: PackedForecastDay): ForecastDay {
  const flaw = versionFlaw(packed.version) ?? headerFlaw(packed) ?? bytesFlaw(packed);
  if (flaw !== null) refuseDay(packed, flaw);
  const { errors } = packed;
  const quantiles = unpackSigned(errors.quantiles);
  const perRow = errors.levels.length;
  const day: ForecastDay = {
    ...headerOf(packed),
    median: unpackValues({ highest: packed.highestMedian, codes: packed.median }),
    scale: unpackValues({ highest: packed.highestScale, codes: packed.scale }),
    errors: {
      ...axesOf(errors),
      quantiles: errors.horizonsSeconds.map((_, h) => quantiles.slice(h * perRow, (h + 1) * perRow)),
    },
  };
  checkDay(day);
  return day;
}

type Header = Omit<ForecastDay, "median" | "scale" | "errors">;

/** Copied, so that what was packed and what is unpacked share nothing. */
function headerOf({ version, target, day, model, madeAt, slotSeconds, history, score }: Header): Header {
  return {
    version,
    target,
    day,
    model,
    madeAt,
    slotSeconds,
    history: { ...history },
    score: { ...score },
  };
}

function axesOf({
  horizonsSeconds,
  levels,
  correction,
}: Omit<ErrorTable, "quantiles">): Omit<ErrorTable, "quantiles"> {
  return { horizonsSeconds: [...horizonsSeconds], levels: [...levels], correction: [...correction] };
}

function bytesFlaw(packed: PackedForecastDay): string | null {
  const { median, scale, errors } = packed;
  const slots = slotsOf(packed);
  const expected = [
    ["median", median, 2 * slots],
    ["scale", scale, 2 * slots],
    ["errors.quantiles", errors.quantiles, 4 * errors.horizonsSeconds.length * errors.levels.length],
  ] as const;
  for (const [name, bytes, length] of expected) {
    if (bytes.byteLength !== length) return `${name} has ${bytes.byteLength} bytes, ${length} are needed`;
  }
  return null;
}
