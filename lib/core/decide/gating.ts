/** Scores the forecast against what came, and takes it out of the decision while the gate has it off. */
import type { Situation } from "../decision.ts";
import { coverageOf, type Gate, gateAfter, lossRatioOf, type MeanLoad } from "../forecast/gate.ts";
import type { Memory } from "../memory.ts";
import { quantileOf } from "../promise/promise.ts";
import { overridesInForce } from "../promotion.ts";
import { readingAt, type Series } from "../reading.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../time.ts";
import type { SizedPolicy } from "../unitLoad/inUse.ts";
import { sayNumber, sayPercent } from "./say.ts";

/** Load below this share of a unit's is never worth another unit. */
const IDLE_SHARE = 0.05;

/** The memory with the slots scored that have passed; without a gate where the policy wants none, or no seasons. */
export function withGate(policy: SizedPolicy, situation: Situation, memory: Memory): Memory {
  // A record of before there was a gate has none in its memory.
  const before = memory.gate ?? null;
  const { gate: wanted, forecast } = policy.demand;
  const gate = wanted === "on" && forecast === "on" ? gateOf(policy, situation, before) : null;
  return gate === memory.gate ? memory : { ...memory, gate };
}

function gateOf(policy: SizedPolicy, situation: Situation, before: Gate | null): Gate | null {
  const { load, forecast } = situation;
  const { load: wanted } = policy;
  // A unit load that cannot be read for once must not bring back a forecast that is off.
  if (wanted === null) return before;
  if (load === null) return null;
  return gateAfter(before, {
    forecast: forecast.kind === "known" ? forecast : null,
    // The newest minute may still be filling up.
    end: load.end - MINUTE_SECONDS,
    load: meanLoadOf(load, situation),
    quantile: quantileOf(policy),
    idleBelow: IDLE_SHARE * wanted.perUnit,
  });
}

/** The situation as the rest of the decision sees it: a forecast that is off is a missing one. */
export function gatedSituation(situation: Situation, { gate }: Memory): Situation {
  if (gate?.state !== "bad" || situation.forecast.kind === "missing") return situation;
  return { ...situation, forecast: { kind: "missing", why: `gated: ${sayGate(gate)}` } };
}

/** `error 1.6 × same time last week`, or the share under the quantile where that is what is wrong. */
export function sayGate(gate: Gate): string {
  const ratio = lossRatioOf(gate) ?? 0;
  const coverage = coverageOf(gate) ?? 1;
  const error = `error ${sayNumber(Math.round(ratio * 10) / 10)} × same time last week`;
  return `${error}, ${sayPercent(Math.round(coverage * 100) / 100)} of the load under its quantile`;
}

/**
 * The mean of the known minutes of a stretch, at least half of them; null otherwise, and where the load is not the
 * ordinary one: inside a promotion, or while a person's order is in force.
 */
function meanLoadOf(load: Series, { promotions, overrides, now }: Situation): MeanLoad {
  const isOrdered = overridesInForce(overrides, now).length > 0;
  return (from, to) => {
    if (isOrdered || promotions.some((each) => each.start < to && from < each.end)) return null;
    return meanOf(load, from, to);
  };
}

function meanOf(load: Series, from: EpochSeconds, to: EpochSeconds): number | null {
  let sum = 0;
  let known = 0;
  for (let minute = from; minute < to; minute += MINUTE_SECONDS) {
    const reading = readingAt(load, (load.end - minute) / MINUTE_SECONDS - 1);
    if (reading.kind === "missing") continue;
    sum += reading.value;
    known++;
  }
  return 2 * known * MINUTE_SECONDS >= to - from ? sum / known : null;
}
