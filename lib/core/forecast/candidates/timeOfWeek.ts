/** The middle of what this time of the week has brought. */
import { median } from "../../quantile.ts";
import { type Candidate, placeOf } from "./candidate.ts";
import { smoothed, withoutHoles } from "./profile.ts";

/** With fewer days of a kind than this, days of all kinds are taken. */
const FEWEST_DAYS = 2;

/** Less than other profiles: a median is smooth by itself. */
const SMOOTHING_SECONDS = 900;

export const timeOfWeek: Candidate = {
  name: "time-of-week",
  path(table, origin, count) {
    const { slotsPerDay, firstDay, kindOf, mean, slotSeconds } = table;
    const rows = Math.min(table.days, Math.ceil(origin / slotsPerDay));
    const profile = (kind: number): Float64Array => {
      const raw = Float64Array.from({ length: slotsPerDay }, (_, slot) => {
        const same: number[] = [];
        const all: number[] = [];
        for (let row = 0; row < rows; row++) {
          const cell = row * slotsPerDay + slot;
          const value = cell < origin ? (mean[cell] as number) : Number.NaN;
          if (Number.isNaN(value)) continue;
          all.push(value);
          if (kindOf(firstDay + row) === kind) same.push(value);
        }
        return median(same.length >= FEWEST_DAYS ? same : all);
      });
      return smoothed(withoutHoles(raw), SMOOTHING_SECONDS / slotSeconds);
    };
    const byKind = new Map<number, Float64Array>();
    return Float64Array.from({ length: count }, (_, i) => {
      const { row, slot } = placeOf(table, origin + i);
      const kind = kindOf(firstDay + row);
      const known = byKind.get(kind) ?? profile(kind);
      byKind.set(kind, known);
      return known[slot] as number;
    });
  },
};
