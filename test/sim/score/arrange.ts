/** A trace and its case for tests of the score: days of a wave with noise, all of it made from a seed. */
import type { CaseKey, ScorePlatform } from "../../../lib/core/scoreResult.ts";
import { DAY_SECONDS } from "../../../lib/core/time.ts";
import { poisson, stream } from "../../../lib/sim/random.ts";
import { type ScoringCase, scoringCaseOf } from "../../../lib/sim/score/scoreCase.ts";
import type { Trace } from "../../../lib/sim/traces/trace.ts";
import { aPolicy } from "../../core/arrange.ts";

/** Monday, 2025-01-06T00:00Z. */
const START = 1_736_121_600;

/** Counts of five minutes; `days` of a wave between 20 and 180 a step. */
export function aTrace(
  days: number,
  change: (step: number, count: number) => number = (_, count) => count,
): Trace {
  const draw = poisson(stream(1, "test trace"));
  const requests = Float64Array.from({ length: days * 288 }, (_, step) => {
    const count = draw(100 + 80 * Math.sin((2 * Math.PI * (step % 288)) / 288));
    return change(step, count);
  });
  return {
    name: "wave",
    synthetic: true,
    start: START,
    stepSeconds: DAY_SECONDS / 288,
    requests,
    inputTokens: null,
    outputTokens: null,
    setAside: [],
    missingSteps: 0,
    notes: [],
  };
}

export const aKey = (platform: ScorePlatform = "sagemaker"): CaseKey => ({
  trace: "wave",
  platform,
  leadTimeSeconds: 300,
  units: 5,
});

export function aCase(trace: Trace, platform: ScorePlatform = "sagemaker", seed: number = 1): ScoringCase {
  return scoringCaseOf(trace, aKey(platform), seed, { target: aPolicy({}), mostScoredDays: null });
}
