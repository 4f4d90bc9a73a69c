/** The in-memory twin of the decision log, for tests. It keeps every record; a long replay has a journal of its own. */
import type { Outcome } from "../../core/capacity.ts";
import type { DecisionRecord } from "../../core/decision.ts";
import type { EpochSeconds } from "../../core/time.ts";
import type { DecisionLog } from "../../ports/decisionLog.ts";
import { InMemoryTable } from "./inMemoryTable.ts";

export class InMemoryDecisionLog implements DecisionLog {
  private readonly records = new InMemoryTable<DecisionRecord>();

  async append(record: DecisionRecord): Promise<void> {
    this.records.put(record.decision.target, record.id, record);
  }

  async complete(target: string, id: string, outcome: Outcome): Promise<void> {
    const record = this.records.get(target, id);
    if (record !== undefined) this.records.put(target, id, { ...record, outcome });
  }

  /** Records of the same instant stay in the order in which they were first written. */
  async list(target: string, from: EpochSeconds, to: EpochSeconds): Promise<readonly DecisionRecord[]> {
    return this.records
      .select(target, ({ decision }) => from <= decision.at && decision.at < to)
      .sort((a, b) => a.decision.at - b.decision.at);
  }
}
