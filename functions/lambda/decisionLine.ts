/** The structured log line of a decision: what dashboards and people at night look for, in flat fields. */

import { forecastOver, outlookOf } from "../../lib/core/decide/demand.ts";
import type { DecisionRecord } from "../../lib/core/decision.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { achievedShare } from "../../lib/core/promise/achieved.ts";
import { quantileOf } from "../../lib/core/promise/promise.ts";
import { latestReading } from "../../lib/core/reading.ts";
import { MINUTE_SECONDS } from "../../lib/core/time.ts";

export type DecisionLine = Readonly<Record<string, string | number | boolean | null>>;

/** Units, money per hour, load and the forecast for now; `forecastError` is (load − median) ÷ median. */
export function decisionLine(policy: TargetPolicy, record: DecisionRecord): DecisionLine {
  const { situation, decision, outcome } = record;
  const { capacity, load, now } = situation;
  const reading = load === null ? null : latestReading(load, now, policy.staleAfterSeconds);
  const seen = reading?.kind === "known" ? reading.value : null;
  const { median, high } = forecastNow(policy, record);
  return {
    decision: record.id,
    target: policy.id,
    mode: decision.mode,
    load: seen,
    forecastMedian: median,
    forecastHigh: high,
    forecastError: seen === null || median === null || median === 0 ? null : (seen - median) / median,
    achievedShare: decision.memory.achieved ? achievedShare(decision.memory.achieved) : null,
    forecastState: decision.memory.gate?.state ?? null,
    from: decision.from,
    decided: decision.desired,
    desired: capacity.desired,
    ready: capacity.ready,
    pending: Math.max(0, capacity.desired - capacity.ready),
    costPerHour: capacity.desired * policy.price.perUnitHour,
    holds: decision.holds.map(({ by }) => by).join(", "),
    bounds: decision.bounds.map(({ by }) => by).join(", "),
    overrides: decision.overrides.map(({ kind }) => kind).join(", "),
    frozen: isFrozen(record),
    locked: capacity.locked?.why ?? null,
    problem: capacity.problem,
    outcome: outcome.kind,
    reason: decision.reason,
  };
}

/** Somebody or the error guard keeps units from being released, or everything from being changed. */
function isFrozen({ decision }: DecisionRecord): boolean {
  return (
    decision.overrides.length > 0 || decision.holds.some(({ by }) => by === "freeze" || by === "error guard")
  );
}

function forecastNow(
  policy: TargetPolicy,
  { situation }: DecisionRecord,
): { readonly median: number | null; readonly high: number | null } {
  const { forecast, seen } = outlookOf(policy, situation);
  if (forecast === null) return { median: null, high: null };
  const slot = Math.floor((situation.now - forecast.start) / forecast.slotSeconds);
  const high = forecastOver(
    forecast,
    seen,
    { from: situation.now, to: situation.now + MINUTE_SECONDS },
    quantileOf(policy),
  );
  return { median: forecast.median[slot] ?? null, high };
}
