/** Promotions of the past for tests: valid as they come. */
import type { Occurrence } from "../../../lib/core/forecast/uplift.ts";
import { minutes, NOW } from "../arrange.ts";

/** A promotion of three hours that brought ×2.5, a week ago. */
export function anOccurrence(parts: Partial<Occurrence> = {}): Occurrence {
  const start = parts.start ?? NOW - minutes(7 * 1440);
  return {
    id: "p1",
    target: "chat",
    name: "sale",
    start,
    end: start + minutes(180),
    multiplier: 2.5,
    unevenness: 0,
    days: 20,
    ...parts,
  };
}
