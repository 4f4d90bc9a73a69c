/** What can go wrong on the platform, at stated times, so that a replay can show it. */
import type { EpochSeconds } from "../../core/time.ts";

export type Fault =
  /** Units asked for in this window do not come; the platform gives up after half an hour (30 to 34 minutes, as users measured in 2026). */
  | { readonly kind: "no capacity"; readonly from: EpochSeconds; readonly to: EpochSeconds }
  /** The first unit of every change that is asked for in this window fails to start; the platform rolls the change back. */
  | { readonly kind: "failed start"; readonly from: EpochSeconds; readonly to: EpochSeconds }
  /** Metrics of these minutes are published this much later than they would be, or never: `Infinity`. */
  | {
      readonly kind: "late metrics";
      readonly from: EpochSeconds;
      readonly to: EpochSeconds;
      readonly bySeconds: number;
    };

/** The fault of a kind that is on at an instant. */
export function faultAt<K extends Fault["kind"]>(
  faults: readonly Fault[],
  kind: K,
  at: EpochSeconds,
): Extract<Fault, { kind: K }> | undefined {
  return faults.find(
    (fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind && fault.from <= at && at < fault.to,
  );
}
