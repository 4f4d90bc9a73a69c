/**
 * What a rival autoscaler is: a pure step function with an explicit state. The simulator runs it on its own clock and
 * shows it the metric that its original would have seen.
 */
import type { EpochSeconds } from "../../core/time.ts";

/**
 * The fine metric of all units together, in ten-second steps from the start of the replay up to the newest that is
 * published: SageMaker's high-resolution metrics, or what Kubernetes scrapes. NaN is missing. Not to be changed or kept.
 */
export interface StepReadings {
  /** Start of the first step. */
  readonly start: EpochSeconds;
  readonly stepSeconds: number;
  /** Requests that came in each step. */
  readonly arrivals: Float64Array;
  /** Requests in service and waiting, on average over each step. */
  readonly concurrency: Float64Array;
  /** Units that served in each step. */
  readonly ready: Float64Array;
}

/** What the rival's own metric pipeline and the platform show it at `now`. */
export interface PeerObservation {
  /**
   * Requests of a minute per unit that served it, as SageMaker's InvocationsPerInstance (Sum, 60 s): one value a minute,
   * oldest first, the newest published minute last; `null` is no data point.
   */
  readonly perUnitPerMinute: readonly (number | null)[];
  /** End of the newest published minute. */
  readonly end: EpochSeconds;
  /**
   * Requests of all units together, minute by minute: all that was published up to `end`, and what is known of the time
   * before the replay. NaN is missing. Not to be changed or kept.
   */
  readonly load: { readonly start: EpochSeconds; readonly perMinute: Float64Array };
  readonly steps: StepReadings;
  readonly desired: number;
  readonly ready: number;
  /** When each unit was asked for that does not serve yet, oldest first. */
  readonly starting: readonly EpochSeconds[];
  /** The platform takes no change now: whatever is asked is lost, and the rival tries again in its next period. */
  readonly locked: boolean;
  /** When the platform's lock of the last change ended; null while it is locked, or when nothing was ever changed. */
  readonly changedAt: EpochSeconds | null;
}

export interface PeerAnswer<State> {
  /** Units it wants now; the ones it sees when it wants no change. */
  readonly desired: number;
  readonly state: State;
  /** One sentence, shown beside the action. */
  readonly reason: string;
}

export interface Peer<State> {
  /** Short and stable, as `Run.name`. */
  readonly name: string;
  readonly label: string;
  /** What it is, from where, and how it differs from its original. */
  readonly about: string;
  /** Its own clock: `step` is called this often. */
  readonly periodSeconds: number;
  readonly initial: State;
  /** Pure: the same arguments give the same answer, and none of them is changed. */
  step(state: State, observation: PeerObservation, now: EpochSeconds): PeerAnswer<State>;
}
