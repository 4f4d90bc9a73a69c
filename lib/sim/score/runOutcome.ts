/** One run of a policy at one value of its knob, and what it came to. */
import type { Settings } from "../../core/scoreResult.ts";
import { HOUR_SECONDS } from "../../core/time.ts";
import { makeStage } from "../stage.ts";
import { countFlaps } from "../summary.ts";
import type { AnyCandidate } from "./candidate.ts";
import { daysOf, type Part } from "./scoreCase.ts";

export interface RunOutcome {
  /** Share of all offered requests; what still waits at the end counts as never served. */
  readonly violations: number;
  readonly unitHours: number;
  readonly actionsPerDay: number;
  readonly flapsPerDay: number;
}

/** Runs the candidate over the part. Only one that is made to be told sees what is to come. */
export async function runOutcome(
  candidate: AnyCandidate,
  part: Part,
  knob: number,
  settings: Settings,
): Promise<RunOutcome> {
  const stage = makeStage(part.stage);
  const { actions } =
    "run" in candidate
      ? await candidate.run(stage, part.given, knob, settings)
      : await candidate.runTold(stage, { ...part.given, truth: part.truth }, knob, settings);
  const { log, fleet, unfinished } = stage.endpoint;
  const requests = sum(log.arrivals);
  const days = daysOf(part);
  return {
    violations: requests === 0 ? 0 : Math.min(1, (sum(log.violations) + unfinished) / requests),
    unitHours: fleet.unitSeconds / HOUR_SECONDS,
    actionsPerDay: actions.length / days,
    flapsPerDay: countFlaps(actions) / days,
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
