/** A fixed number of units sized for the peak of the past: what people run before they let anything scale. */
import { sayUnits } from "../../core/decide/say.ts";
import { MINUTE_SECONDS } from "../../core/time.ts";
import type { Peer } from "./peer.ts";

export interface StaticPeakSizing {
  /** Requests of each minute before the replay; NaN where nothing is known. Nothing of the replayed part. */
  readonly perMinute: ArrayLike<number>;
  /** Load that one unit carries inside the objective, in requests per minute. */
  readonly perUnit: number;
  readonly capacity: { readonly min: number; readonly max: number };
}

/** Units for the highest minute of the past, inside the bounds; the maximum when there is no past to go by. */
export function staticPeakUnits({ perMinute, perUnit, capacity }: StaticPeakSizing): number {
  let peak = Number.NaN;
  for (let minute = 0; minute < perMinute.length; minute++) {
    const load = perMinute[minute] as number;
    if (!(load <= peak) && !Number.isNaN(load)) peak = load;
  }
  if (Number.isNaN(peak)) return capacity.max;
  return Math.min(capacity.max, Math.max(capacity.min, Math.ceil(peak / perUnit)));
}

/** Always the same units, asked for again when the platform did not take them. */
export function staticPeak({ units }: { readonly units: number }): Peer<null> {
  const answer = { desired: units, state: null, reason: `Always ${sayUnits(units)}` };
  return {
    name: "static-peak",
    label: "Static peak",
    about: `A fixed ${sayUnits(units)}: enough for the highest minute of the history before the replay, and never changed.`,
    periodSeconds: MINUTE_SECONDS,
    initial: null,
    step: () => answer,
  };
}
