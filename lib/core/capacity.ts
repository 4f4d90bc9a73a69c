/** What a target's platform says of its capacity. */
import type { EpochSeconds } from "./time.ts";

export interface CapacityState {
  /** Units asked for. */
  readonly desired: number;
  /** Units that serve. */
  readonly ready: number;
  /** Set while the platform takes no change (an endpoint that is `Updating`). */
  readonly locked: { readonly why: string } | null;
  /** When the platform last began to change the capacity, where it says so. */
  readonly changedAt: EpochSeconds | null;
  /** A failure that the platform reports, such as a lack of capacity, in its own words. */
  readonly problem: string | null;
  /** The platform's own minimum (floor mode moves this and nothing else), where there is one. */
  readonly minimum: number | null;
}

/** What the platform answered to a request. `deferred`: not now, the next wake-up asks again. */
export type Outcome =
  | { readonly kind: "none"; readonly why: string }
  | { readonly kind: "accepted"; readonly units: number }
  | { readonly kind: "deferred"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };
