/** Profiles of past days, moved by how far the last hours ran above or below them. */
import { median } from "../../quantile.ts";
import type { DayTable } from "../calendar.ts";
import { type Candidate, placeOf } from "./candidate.ts";
import { type Likeness, likenessOf } from "./likeness.ts";
import { profileOf } from "./profile.ts";

export interface LevelledOptions {
  readonly name: string;
  readonly halfLifeDays: number;
  /** The stretch before the origin whose median residual is the level. */
  readonly levelDays: number;
  /** What is left of the level after a day. */
  readonly keptPerDay: number;
}

/** A candidate that knows the usual day and how far the recent past was off it. */
export function levelled({ name, halfLifeDays, levelDays, keptPerDay }: LevelledOptions): Candidate {
  return {
    name,
    path(table, origin, count) {
      const likeness = likenessOf(table, Math.min(table.days, Math.floor(origin / table.slotsPerDay)));
      const options = { halfLifeDays, likeness };
      const level = levelBefore(table, origin, levelDays, options);
      const profile = profilesBefore(table, origin, options);
      return Float64Array.from({ length: count }, (_, i) => {
        const { row, slot } = placeOf(table, origin + i);
        const root = (profile(row)[slot] as number) + level * keptPerDay ** ((i + 1) / table.slotsPerDay);
        return Math.max(0, root);
      });
    },
  };
}

function profilesBefore(
  table: DayTable,
  before: number,
  options: { readonly halfLifeDays: number; readonly likeness: Likeness },
): (row: number) => Float64Array {
  const byKind = new Map<number, Float64Array>();
  return (row) => {
    const kind = table.kindOf(table.firstDay + row);
    const known = byKind.get(kind) ?? profileOf(table, row, before, options);
    byKind.set(kind, known);
    return known;
  };
}

/** Median residual of the stretch before the origin against profiles from before each of its days. */
function levelBefore(
  table: DayTable,
  origin: number,
  days: number,
  options: { readonly halfLifeDays: number; readonly likeness: Likeness },
): number {
  const { slotsPerDay } = table;
  const from = Math.max(0, origin - Math.round(days * slotsPerDay));
  const residuals: number[] = [];
  let profile: Float64Array | null = null;
  let profileRow = -1;
  for (let cell = from; cell < origin; cell++) {
    const { row, slot } = placeOf(table, cell);
    if (row !== profileRow) {
      profile = profileOf(table, row, row * slotsPerDay, options);
      profileRow = row;
    }
    const residual = (table.mean[cell] as number) - ((profile as Float64Array)[slot] as number);
    if (!Number.isNaN(residual)) residuals.push(residual);
  }
  return residuals.length === 0 ? 0 : median(residuals);
}

export const steady = levelled({ name: "steady", halfLifeDays: 14, levelDays: 1, keptPerDay: 0.8 });
export const short = levelled({ name: "short", halfLifeDays: 4, levelDays: 0.5, keptPerDay: 0.7 });
export const recent = levelled({ name: "recent", halfLifeDays: 7, levelDays: 0.125, keptPerDay: 0.2 });
