/** Every decision, with what it was made from and what came of it. */
import type { Outcome } from "../core/capacity.ts";
import type { DecisionRecord } from "../core/decision.ts";
import type { EpochSeconds } from "../core/time.ts";

export interface DecisionLog {
  /** Writes the record; writing the same id again replaces it. */
  append(record: DecisionRecord): Promise<void>;
  /** Completes a record with what the platform answered. Does nothing when the record is not there. */
  complete(target: string, id: string, outcome: Outcome): Promise<void>;
  /** The records of `[from, to)`, oldest first. */
  list(target: string, from: EpochSeconds, to: EpochSeconds): Promise<readonly DecisionRecord[]>;
}
