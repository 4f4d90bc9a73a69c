/** Ridge regression on daily and weekly harmonics, moved by the residual of the last hours. */
import { HOUR_SECONDS } from "../../time.ts";
import type { DayTable } from "../calendar.ts";
import { type Candidate, placeOf } from "./candidate.ts";
import { solveRidge } from "./ridge.ts";

const DAILY_HARMONICS = 8;
const WEEKLY_HARMONICS = 3;
const POINT_SECONDS = 1_800;
const RIDGE = 1;
const HALF_LIFE_DAYS = 14;
const LEVEL_SECONDS = 3 * HOUR_SECONDS;
const KEPT_PER_DAY = 0.3;

export const fourier: Candidate = {
  name: "fourier",
  path(table, origin, count) {
    const fit = fitBefore(table, origin);
    const at = (cell: number): number => valueAt(table, fit, cell);
    const level = levelBefore(table, origin, at);
    return Float64Array.from({ length: count }, (_, i) =>
      Math.max(0, at(origin + i) + level * KEPT_PER_DAY ** ((i + 1) / table.slotsPerDay)),
    );
  },
};

const FEATURES = 1 + 2 * DAILY_HARMONICS + 2 * WEEKLY_HARMONICS + 2 * DAILY_HARMONICS;

/** Weekend-ness differs from service to service, so the daily shape may also swing with the week. */
function featuresOf(table: DayTable, cell: number, into: Float64Array): void {
  const { row, slot } = placeOf(table, cell);
  const day = (2 * Math.PI * slot) / table.slotsPerDay;
  // The kind stands for the weekday, so that a holiday sits where its like sits.
  const kind = table.kindOf(table.firstDay + row);
  const weekday = kind < 7 ? kind : (((table.firstDay + row) % 7) + 7) % 7;
  const week = (2 * Math.PI * (weekday + slot / table.slotsPerDay)) / 7;
  const weekend = weekday === 2 || weekday === 3 ? 1 : 0;
  let at = 0;
  into[at++] = 1;
  for (let k = 1; k <= DAILY_HARMONICS; k++) {
    const c = Math.cos(k * day);
    const s = Math.sin(k * day);
    into[at++] = c;
    into[at++] = s;
    into[at++] = weekend * c;
    into[at++] = weekend * s;
  }
  for (let k = 1; k <= WEEKLY_HARMONICS; k++) {
    into[at++] = Math.cos(k * week);
    into[at++] = Math.sin(k * week);
  }
}

function fitBefore(table: DayTable, origin: number): Float64Array {
  const step = Math.max(1, Math.round(POINT_SECONDS / table.slotSeconds));
  const gram = new Float64Array(FEATURES * FEATURES);
  const right = new Float64Array(FEATURES);
  const x = new Float64Array(FEATURES);
  for (let cell = origin - step; cell >= 0; cell -= step) {
    let sum = 0;
    let known = 0;
    for (let i = cell; i < cell + step; i++) {
      const value = table.mean[i] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    if (known === 0) continue;
    const weight = 0.5 ** ((origin - cell) / table.slotsPerDay / HALF_LIFE_DAYS);
    featuresOf(table, cell + (step - 1) / 2, x);
    const y = sum / known;
    for (let i = 0; i < FEATURES; i++) {
      const wx = weight * (x[i] as number);
      right[i] = (right[i] as number) + wx * y;
      for (let j = 0; j <= i; j++) {
        gram[i * FEATURES + j] = (gram[i * FEATURES + j] as number) + wx * (x[j] as number);
      }
    }
  }
  return solveRidge(gram, right, RIDGE);
}

function valueAt(table: DayTable, fit: Float64Array, cell: number): number {
  const x = new Float64Array(FEATURES);
  featuresOf(table, cell, x);
  let value = 0;
  for (let i = 0; i < FEATURES; i++) value += (x[i] as number) * (fit[i] as number);
  return value;
}

function levelBefore(table: DayTable, origin: number, at: (cell: number) => number): number {
  const cells = Math.round(LEVEL_SECONDS / table.slotSeconds);
  let sum = 0;
  let known = 0;
  for (let cell = Math.max(0, origin - cells); cell < origin; cell++) {
    const value = table.mean[cell] as number;
    if (Number.isNaN(value)) continue;
    sum += value - at(cell);
    known++;
  }
  return known === 0 ? 0 : sum / known;
}
