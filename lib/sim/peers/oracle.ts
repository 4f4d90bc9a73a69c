/**
 * What perfect knowledge of the rate would bring to a policy that only follows it: it is told the truth one lead time
 * ahead. It is no rival, since nobody can run it; it shows how much of a loss is not knowing.
 */
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import type { Peer } from "./peer.ts";
import { highestBetween } from "./sameTimeLast.ts";

export interface OracleOptions {
  /** The truth: the whole replay, which no other policy may see. */
  readonly truth: { readonly start: EpochSeconds; readonly perMinute: Float64Array };
  readonly perUnit: number;
  readonly min: number;
  readonly max: number;
  readonly coverSeconds: number;
  readonly factor: number;
}

/** Wants the highest rate of `[now, now + coverSeconds)`. */
export function oracle({ truth, perUnit, min, max, coverSeconds, factor }: OracleOptions): Peer<null> {
  return {
    name: "oracle",
    label: "Oracle (told the future)",
    about: `Follows the true rate of the next ${Math.round(coverSeconds / 60)} minutes. Not a policy that anybody can run.`,
    periodSeconds: MINUTE_SECONDS,
    initial: null,
    step: (_state, { desired }, now) => {
      const load = highestBetween(truth, now, now + coverSeconds);
      const wish = load === Number.NEGATIVE_INFINITY ? desired : Math.ceil((load * factor) / perUnit);
      const units = Math.min(max, Math.max(min, wish));
      return { desired: units, state: null, reason: `Knows that ${load} requests a minute come` };
    },
  };
}
