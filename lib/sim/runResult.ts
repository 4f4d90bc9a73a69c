/** Turns what a run left behind into its part of the result. */
import type { Run } from "../core/replayResult.ts";
import { HOUR_SECONDS } from "../core/time.ts";
import type { Track } from "./runForewarm.ts";
import type { Stage, StageOptions } from "./stage.ts";
import { summarize } from "./summary.ts";

export function runOf(track: Track, { endpoint }: Stage, { policy, perUnit }: StageOptions): Run {
  const { log, fleet } = endpoint;
  const unitHours = Math.round((fleet.unitSeconds / HOUR_SECONDS) * 1000) / 1000;
  return {
    ...track,
    summary: summarize({
      load: log.arrivals,
      violations: log.violations,
      ready: log.ready,
      actions: track.actions,
      perUnit,
      minUnits: policy.capacity.min,
      unitHours,
      pricePerUnitHour: policy.price.perUnitHour,
      objectiveShare: policy.objective.share,
    }),
    desired: Array.from(log.desired),
    ready: Array.from(log.ready),
    violations: Array.from(log.violations, (value) => Math.round(value * 100) / 100),
    latencyP95Ms: Array.from(log.latencyP95, (value) =>
      Number.isNaN(value) ? null : Math.round(value * 1000),
    ),
  };
}
