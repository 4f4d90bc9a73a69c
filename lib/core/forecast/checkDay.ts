/** Refuses a forecast day that cannot be true, on its way into a store and out of it, whoever made it. */
import { DAY_SECONDS, utcDayOf } from "../time.ts";
import type { ErrorTable, ForecastDay } from "./forecast.ts";
import { HIGHEST_PACKED } from "./packValues.ts";

/** Throws a RangeError that names the target, the day, what is wrong and what would be right. */
export function checkDay(day: ForecastDay): void {
  const flaw = versionFlaw(day.version) ?? headerFlaw(day) ?? columnsFlaw(day) ?? errorsFlaw(day.errors);
  if (flaw !== null) refuseDay(day, flaw);
}

/** The error for a flaw that was found elsewhere, such as a wrong number of bytes. */
export function refuseDay({ target, day }: Pick<ForecastDay, "target" | "day">, flaw: string): never {
  throw new RangeError(`forecast of ${target} for ${day}: ${flaw}; make the forecast anew`);
}

/** Null for the version that this program knows. Takes any value: what is stored may be newer than the program. */
export function versionFlaw(version: unknown): string | null {
  return version === 1 ? null : `the item is of version ${String(version)}, this program knows version 1`;
}

/** A slot divides the day, so every slot has its place. */
export function slotsOf({ slotSeconds }: Pick<ForecastDay, "slotSeconds">): number {
  return DAY_SECONDS / slotSeconds;
}

/** What is wrong with the part of a day that is stored as it is; null when nothing is. */
export function headerFlaw({
  day,
  slotSeconds,
  madeAt,
  history,
  score,
}: Omit<ForecastDay, "version" | "median" | "scale" | "errors">): string | null {
  if (!isUtcDay(day)) return "the day must be a date such as 2025-11-11";
  if (!(Number.isInteger(slotSeconds) && slotSeconds > 0 && DAY_SECONDS % slotSeconds === 0)) {
    return `slotSeconds is ${slotSeconds}, allowed are whole seconds that divide a day of ${DAY_SECONDS} s`;
  }
  if (![madeAt, history.from, history.to].every(Number.isFinite)) {
    return `madeAt and history must be instants, got ${madeAt} and ${history.from} to ${history.to}`;
  }
  if (!(history.missingShare >= 0 && history.missingShare <= 1)) {
    return `history.missingShare is ${history.missingShare}, allowed is 0 to 1`;
  }
  for (const loss of [score.loss, score.lossSameTimeLastWeek]) {
    if (loss !== null && !isPackable(loss))
      return `the score holds ${loss}, allowed is null or a number of at least 0`;
  }
  return null;
}

function isUtcDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const at = Date.parse(`${day}T00:00:00Z`) / 1000;
  return !Number.isNaN(at) && utcDayOf(at) === day;
}

function columnsFlaw(day: ForecastDay): string | null {
  const slots = slotsOf(day);
  for (const name of ["median", "scale"] as const) {
    const values = day[name];
    if (values.length !== slots) return `${name} has ${values.length} values, a day has ${slots} slots`;
    const wrong = values.findIndex((value) => !isPackable(value));
    if (wrong >= 0) return `${name}[${wrong}] is ${values[wrong]}, allowed is 0 to ${HIGHEST_PACKED}`;
  }
  return null;
}

/** False for NaN too. */
function isPackable(value: number): boolean {
  return value >= 0 && value <= HIGHEST_PACKED;
}

function errorsFlaw({ horizonsSeconds, levels, correction, quantiles }: ErrorTable): string | null {
  if (!(rises(horizonsSeconds) && (horizonsSeconds[0] ?? 0) > 0)) {
    return `errors.horizonsSeconds must rise from above 0, got ${horizonsSeconds.join(", ") || "none"}`;
  }
  if (!(rises(levels) && (levels[0] ?? 0) > 0 && (levels.at(-1) ?? 1) < 1)) {
    return `errors.levels must rise between 0 and 1, got ${levels.join(", ") || "none"}`;
  }
  const rows = horizonsSeconds.length;
  if (correction.length !== rows || !correction.every((power) => power >= 0 && power <= 1)) {
    return `errors.correction must be ${rows} numbers from 0 to 1, got ${correction.join(", ") || "none"}`;
  }
  if (quantiles.length !== rows) return `errors.quantiles has ${quantiles.length} rows for ${rows} horizons`;
  for (const [h, row] of quantiles.entries()) {
    const isRow = row.length === levels.length && row.every((value) => Math.abs(value) <= HIGHEST_PACKED);
    if (!isRow || row.some((value, l) => l > 0 && value < (row[l - 1] as number))) {
      return `errors.quantiles[${h}] must be ${levels.length} finite numbers that do not fall, got ${row.join(", ") || "none"}`;
    }
  }
  return null;
}

/** An empty list rises; that there is a first number is for the caller to ask. */
function rises(values: readonly number[]): boolean {
  return values.every((value, i) => Number.isFinite(value) && (i === 0 || value > (values[i - 1] as number)));
}
