/** What the entries work with: the deployed policy and the ports over AWS, made anew for each wake-up from clients made once. */
import type { Policy, TargetPolicy } from "../../lib/core/policy.ts";
import type { Clock } from "../../lib/ports/clock.ts";
import type { FloorRecord, FloorStore } from "../../lib/ports/floorStore.ts";
import type { PromotionTimers } from "../../lib/ports/promotionTimers.ts";
import type { World } from "../../lib/usecases/world.ts";
import type { Telemetry } from "./telemetry.ts";

export interface Runtime {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly alarmPrefix: string;
  /** Adapters remember what they saw for one wake-up only. */
  readonly world: () => World;
  readonly timers: PromotionTimers;
  readonly floors: FloorStore;
  /** Puts the platform's own minimum back as it was before floor mode. */
  readonly restoreFloor: (record: FloorRecord) => Promise<void>;
  readonly stopWith: (signal: AbortSignal) => void;
}

/** The targets with these ids, in the policy's order. */
export function targetsOf({ policy }: Runtime, ids: ReadonlySet<string>): readonly TargetPolicy[] {
  return policy.targets.filter(({ id }) => ids.has(id));
}
