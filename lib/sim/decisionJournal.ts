/** The decision log of a replay: keeps what acted, told people something or changed its reasons; a quiet minute repeats the last. */
import type { Outcome } from "../core/capacity.ts";
import type { DecisionRecord } from "../core/decision.ts";
import type { EpochSeconds } from "../core/time.ts";
import type { DecisionLog } from "../ports/decisionLog.ts";

export class DecisionJournal implements DecisionLog {
  readonly records: DecisionRecord[] = [];
  /** The newest record, kept or not. */
  latest: DecisionRecord | null = null;
  private character = "";
  private readonly keeps: boolean;

  /** A journal that does not keep knows the latest record only: for runs whose decisions nobody will read. */
  constructor(keeps: boolean) {
    this.keeps = keeps;
  }

  async append(record: DecisionRecord): Promise<void> {
    const character = characterOf(record);
    const tells = record.outcome.kind !== "none" || record.decision.notices.length > 0;
    const repeats = character === this.character && !tells;
    this.latest = record;
    this.character = character;
    if (this.keeps && !repeats) this.records.push(record);
  }

  async complete(_target: string, id: string, outcome: Outcome): Promise<void> {
    if (this.latest?.id !== id) return;
    this.latest = { ...this.latest, outcome };
    if (this.records.at(-1)?.id === id) this.records[this.records.length - 1] = this.latest;
  }

  async list(_target: string, from: EpochSeconds, to: EpochSeconds): Promise<readonly DecisionRecord[]> {
    return this.records.filter(({ decision }) => from <= decision.at && decision.at < to);
  }
}

/**
 * Two decisions with the same character came to the same units from the same state of the target, and the same need,
 * hold and bounds decided them, with the forecast or without it.
 */
function characterOf({ decision, situation, outcome }: DecisionRecord): string {
  const { from, desired, needs, holds, bounds, overrides } = decision;
  const { ready, locked } = situation.capacity;
  return [
    from,
    desired,
    ready,
    locked === null,
    outcome.kind,
    largest(needs)?.by,
    largest(holds)?.by,
    bounds.map((bound) => bound.by).join(),
    overrides.map((override) => override.id).join(),
    decision.memory.gate?.state === "bad",
  ].join("|");
}

/** The first of the largest. */
function largest<T extends { readonly units: number }>(advice: readonly T[]): T | undefined {
  return advice.reduce<T | undefined>(
    (most, each) => (most === undefined || each.units > most.units ? each : most),
    undefined,
  );
}
