/** What a target's controller remembers from one wake-up to the next. It learns from what it sees, not from what it asked. */
import type { Gate } from "./forecast/gate.ts";
import type { IdleTime } from "./idle/idleTime.ts";
import type { MeasuredStart } from "./leadTime/measuredStart.ts";
import type { Achieved } from "./promise/achieved.ts";
import type { EpochSeconds } from "./time.ts";

export interface Memory {
  readonly lastDecisionAt: EpochSeconds | null;
  /** What the last wake-up saw of the capacity. */
  readonly seen: { readonly at: EpochSeconds; readonly desired: number; readonly ready: number } | null;
  /** Since when the number of ready units is what it is. */
  readonly readySince: EpochSeconds | null;
  readonly lastOutAt: EpochSeconds | null;
  readonly lastInAt: EpochSeconds | null;
  /** A scale-out that was seen to begin and has not become ready; `units` of it were not ready when it began. */
  readonly starting: { readonly at: EpochSeconds; readonly to: number; readonly units: number | null } | null;
  /** Measured lead times, newest last. */
  readonly starts: readonly MeasuredStart[];
  /** Recommendations that still matter for the stabilization window: times rising, units falling. */
  readonly recommendations: readonly { readonly at: EpochSeconds; readonly units: number }[];
  /** Kinds of notice that were sent and still hold, so that each is sent once. */
  readonly noticed: readonly string[];
  /** How the forecast has done; null where nothing was ever scored. */
  readonly gate: Gate | null;
  /** What came of the promised share of requests; null where nothing was ever counted. */
  readonly achieved: Achieved | null;
  /** How long there have been no requests; null while there are, and for a target that never goes to no unit. */
  readonly idle: IdleTime | null;
}

export const EMPTY_MEMORY: Memory = {
  lastDecisionAt: null,
  seen: null,
  readySince: null,
  lastOutAt: null,
  lastInAt: null,
  starting: null,
  starts: [],
  recommendations: [],
  noticed: [],
  gate: null,
  achieved: null,
  idle: null,
};
