/** How long a score will take, said before it starts: counted runs times what a reference run takes on this machine. */

import type { TargetPolicy } from "../../core/policy.ts";
import { MINUTE_SECONDS } from "../../core/time.ts";
import { type AnyCandidate, defaultsOf } from "../../sim/score/candidate.ts";
import { TIMETABLES } from "../../sim/score/candidates/timetables.ts";
import { CANDIDATES } from "../../sim/score/candidates.ts";
import { runOutcome } from "../../sim/score/runOutcome.ts";
import { quotaOf, scaleOf, scoringCaseOf, splitOf } from "../../sim/score/scoreCase.ts";
import { LEAST_KNOB_VALUES } from "../../sim/score/tune.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import type { ScoreSetup, ScoreTask } from "./tasks.ts";

/** What a simulated day takes, in days of the reference, which is a fleet that never changes. */
const DAYS = { rival: 2, forewarm: 30, rehearsed: 45, told: 13 } as const;

/** The same of a bound: its plans are made for every number of units, and the quick one tries half as many. */
const BOUND_DAYS = { fixed: 300, perUnit: 0.6 } as const;
const QUICK_BOUND_DAYS = { fixed: 150, perUnit: 0.3 } as const;

/** Runs of the reference: the first ones are slow, since they are not compiled yet. */
const WARM_UPS = 8;
const ROUNDS = 5;

/** Milliseconds that the reference takes for a day on this machine, as busy as it is. */
export async function referenceDayMs(target: TargetPolicy): Promise<number> {
  const [candidate] = TIMETABLES as readonly [AnyCandidate];
  const key = { trace: "reference", platform: "kubernetes" as const, leadTimeSeconds: 300, units: 10 };
  const { scored } = scoringCaseOf(steadyTrace(), key, 1, { target, mostScoredDays: null });
  const times: number[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const start = performance.now();
    await runOutcome(candidate, scored, 1, defaultsOf(candidate));
    times.push(performance.now() - start);
  }
  return times.slice(WARM_UPS).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
}

/** Two days of the same load: one of them is scored. */
function steadyTrace(): Trace {
  return {
    name: "reference",
    synthetic: true,
    start: 0,
    stepSeconds: MINUTE_SECONDS,
    requests: new Float64Array(2880).fill(100),
    inputTokens: null,
    outputTokens: null,
    setAside: [],
    missingSteps: 0,
    notes: [],
  };
}

/** Of one task, in days of the reference. */
export function effortOf(task: ScoreTask, trace: Trace, setup: ScoreSetup): number {
  const minutes = (trace.requests.length * trace.stepSeconds) / MINUTE_SECONDS;
  const { training, scored } = splitOf(minutes, setup.mostScoredDays);
  const scoredDays = (scored / 1440) * setup.seeds.length;
  if (task.kind === "bound") {
    const { fixed, perUnit } = setup.quick ? QUICK_BOUND_DAYS : BOUND_DAYS;
    return scoredDays * (fixed + perUnit * quotaOf(trace, scaleOf(trace, task.key.units)));
  }
  const candidate = CANDIDATES.find(({ name }) => name === task.policy);
  if (candidate === undefined) return 0;
  const { tuning, scoring } = runsOf(candidate, setup);
  return costOfDay(candidate) * (tuning * (training / 2880) + scoring * scoredDays);
}

/** Runs on the training part and on the scored one, each over the whole part. */
export function runsOf(
  { settings, settingsOf, shippedKnob }: AnyCandidate,
  { trials, knobValues, policies }: Pick<ScoreSetup, "trials" | "knobValues" | "policies">,
): { readonly tuning: number; readonly scoring: number } {
  if (settingsOf !== undefined && policies.includes(settingsOf))
    return { tuning: LEAST_KNOB_VALUES, scoring: knobValues };
  // With nothing to choose, what is shipped is what is tuned, and is run once.
  const versions = Object.values(settings).some((choices) => choices.length > 1) ? 2 : 1;
  return { tuning: trials, scoring: versions * knobValues + (shippedKnob === null ? 0 : 1) };
}

function costOfDay({ name, kind }: AnyCandidate): number {
  if (kind !== "forewarm" && kind !== "ablation") return DAYS.rival;
  if (name === "forewarm-promise") return DAYS.rehearsed;
  return name === "forewarm-perfect-forecast" ? DAYS.told : DAYS.forewarm;
}

export function sayMinutes(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} seconds`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes`;
  return `${(seconds / 3600).toFixed(1)} hours`;
}
