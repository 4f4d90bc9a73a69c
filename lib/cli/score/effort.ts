/** How long a score will take, said before it starts: counted runs times what a run takes on this machine. */

import { MINUTE_SECONDS } from "../../core/time.ts";
import { splitOf } from "../../sim/score/scoreCase.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import type { ScoreSetup, ScoreTask } from "./tasks.ts";

/** Milliseconds for a simulated day on the machine on which this was measured, and for the reference run there. */
const RIVAL_DAY_MS = 8;
const FOREWARM_DAY_MS = 72;
const BOUND_DAY_MS = 500;
const QUICK_BOUND_DAY_MS = 260;

/** Of one task, in milliseconds. Units beyond ten make the bound dearer in proportion. */
export function effortOf(task: ScoreTask, trace: Trace, setup: ScoreSetup): number {
  const minutes = (trace.requests.length * trace.stepSeconds) / MINUTE_SECONDS;
  const { training, scored } = splitOf(minutes, setup.mostScoredDays);
  const scoredDays = (scored / 1440) * setup.seeds.length;
  if (task.kind === "bound") {
    const perDay = setup.quick ? QUICK_BOUND_DAY_MS : BOUND_DAY_MS;
    return perDay * scoredDays * (0.7 + 0.03 * task.key.units);
  }
  const perDay = task.policy.startsWith("forewarm") ? FOREWARM_DAY_MS : RIVAL_DAY_MS;
  return perDay * (setup.trials * (training / 2880) + 2 * setup.knobValues * scoredDays);
}

export function sayMinutes(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} seconds`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes`;
  return `${(seconds / 3600).toFixed(1)} hours`;
}
