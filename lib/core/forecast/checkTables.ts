/** What can be wrong with the small tables of a forecast day: bands, errors and weights. */
import { AGE_STARTS } from "../idle/ages.ts";
import { RESPONSE_TERMS, SPREAD_TERMS } from "./conditional/terms.ts";
import type { Bands, CandidateWeight, ErrorTable, IdleTable } from "./forecast.ts";
import { HIGHEST_PACKED } from "./packValues.ts";

/** Weights are stored with four digits, so those of a bucket add up to 1 within this. */
const SUM_TOLERANCE = 0.01;

/** False for NaN too. */
export function isPackable(value: number): boolean {
  return value >= 0 && value <= HIGHEST_PACKED;
}

/** What is wrong with the errors of single slots; null when nothing is. */
export function bandsFlaw({ leadsSeconds, levels, quantiles }: Bands): string | null {
  return (
    axisFlaw("bands.leadsSeconds", leadsSeconds) ??
    levelsFlaw("bands.levels", levels) ??
    quantilesFlaw("bands.quantiles", quantiles, leadsSeconds.length, levels.length)
  );
}

/** What is wrong with the errors by horizon; null when nothing is. */
export function errorsFlaw(errors: ErrorTable): string | null {
  const { horizonsSeconds, levels, response, spread, size, quantiles } = errors;
  const rows = horizonsSeconds.length;
  const axes = axisFlaw("errors.horizonsSeconds", horizonsSeconds) ?? levelsFlaw("errors.levels", levels);
  if (axes !== null) return axes;
  for (const [name, table, width] of [
    ["response", response, RESPONSE_TERMS],
    ["spread", spread, SPREAD_TERMS],
    ["size", size, null],
  ] as const) {
    const isRow = (row: readonly number[]): boolean =>
      row.length > 0 && (width === null || row.length === width) && row.every(isPackable);
    if (table.length !== rows || !table.every(isRow)) {
      const got = table.map(sayNumbers).join("; ");
      const each = width === null ? "numbers" : `${width} numbers`;
      return `errors.${name} must be ${rows} rows of ${each} of at least 0, got ${got || "none"}`;
    }
  }
  return quantilesFlaw("errors.quantiles", quantiles, rows, levels.length);
}

/** What is wrong with the chances of a next request, of which there may be none; null when nothing is. */
export function idleFlaw(idle: IdleTable | undefined, slots: number): string | null {
  if (idle === undefined) return null;
  const { byAge, rate, minuteOfHour, firstLoad, laterLoad, pauses } = idle;
  for (const [name, values, count, highest] of [
    ["byAge", byAge, AGE_STARTS.length, 1],
    ["rate", rate, slots, HIGHEST_PACKED],
    ["minuteOfHour", minuteOfHour, 60, HIGHEST_PACKED],
  ] as const) {
    const wrong = values.findIndex((value) => !(value >= 0 && value <= highest));
    if (values.length !== count) return `idle.${name} has ${values.length} values, ${count} are needed`;
    if (wrong >= 0) return `idle.${name}[${wrong}] is ${values[wrong]}, allowed is 0 to ${highest}`;
  }
  if ([firstLoad, laterLoad, pauses].every(isPackable)) return null;
  return `idle has the loads ${firstLoad} and ${laterLoad} after ${pauses} pauses, allowed are numbers of at least 0`;
}

/** What is wrong with the candidates' weights; null when nothing is. None at all is right for a model of one candidate. */
export function weightsFlaw(weights: readonly CandidateWeight[]): string | null {
  const buckets = weights[0]?.weights.length ?? 0;
  for (const { candidate, weights: own } of weights) {
    const areShares = own.every((weight) => weight >= 0 && weight <= 1);
    if (!areShares || own.length !== buckets) {
      return `the weights of ${candidate} must be ${buckets} numbers from 0 to 1, got ${sayNumbers(own)}`;
    }
  }
  for (let bucket = 0; bucket < buckets; bucket++) {
    const sum = weights.reduce((total, { weights: own }) => total + (own[bucket] as number), 0);
    if (Math.abs(sum - 1) > SUM_TOLERANCE)
      return `the weights of bucket ${bucket} add up to ${sum}, not to 1`;
  }
  return null;
}

function axisFlaw(name: string, values: readonly number[]): string | null {
  if (rises(values) && (values[0] ?? 0) > 0) return null;
  return `${name} must rise from above 0, got ${sayNumbers(values)}`;
}

function levelsFlaw(name: string, levels: readonly number[]): string | null {
  if (rises(levels) && (levels[0] ?? 0) > 0 && (levels.at(-1) ?? 1) < 1) return null;
  return `${name} must rise between 0 and 1, got ${sayNumbers(levels)}`;
}

function quantilesFlaw(
  name: string,
  quantiles: readonly (readonly number[])[],
  rows: number,
  columns: number,
): string | null {
  if (quantiles.length !== rows) return `${name} has ${quantiles.length} rows, ${rows} are needed`;
  for (const [i, row] of quantiles.entries()) {
    const isRow = row.length === columns && row.every((value) => Math.abs(value) <= HIGHEST_PACKED);
    if (!isRow || row.some((value, l) => l > 0 && value < (row[l - 1] as number))) {
      return `${name}[${i}] must be ${columns} finite numbers that do not fall, got ${sayNumbers(row)}`;
    }
  }
  return null;
}

/** An empty list rises; that there is a first number is for the caller to ask. */
function rises(values: readonly number[]): boolean {
  return values.every((value, i) => Number.isFinite(value) && (i === 0 || value > (values[i - 1] as number)));
}

const sayNumbers = (values: readonly number[]): string => values.join(", ") || "none";
