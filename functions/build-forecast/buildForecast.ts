/** Every few hours: learns what a unit of each target carries, fits its forecast anew, and stores both. */
import { z } from "zod";
import { forecastModelOf } from "../../lib/core/forecast/models.ts";
import { learnUnitLoads } from "../../lib/usecases/learnUnitLoads.ts";
import { messageOf } from "../../lib/usecases/messageOf.ts";
import { refreshForecast } from "../../lib/usecases/refreshForecast.ts";
import { entry } from "../lambda/entry.ts";
import { type Parsed, sayIssues, setAside, understood } from "../lambda/parsed.ts";
import type { Runtime } from "../lambda/runtime.ts";

/** A late refresh is as good as one in time, so that only the form is checked. */
const refresh = z.object({ kind: z.literal("refresh"), scheduledTime: z.string().max(64) });

export function parseRefresh(event: unknown): Parsed<null> {
  const parsed = refresh.safeParse(event);
  return parsed.success ? understood(null) : setAside(`it is no refresh: ${sayIssues(parsed.error)}`);
}

export interface RefreshSummary {
  readonly written: number;
  readonly skipped: number;
}

/**
 * One target after the other: a history is megabytes, and fitting keeps the processor busy. A target that fails does
 * not stop the others; at the end the invocation fails with all reasons.
 */
export function buildForecast(runtime: Runtime) {
  return entry<null, RefreshSummary>(runtime, {
    parse: parseRefresh,
    run: async (_, { now }) => {
      const { logger, count } = runtime.telemetry;
      const world = runtime.world();
      let written = 0;
      let skipped = 0;
      const errors: Error[] = [];
      for (const policy of runtime.policy.targets) {
        try {
          const unlearned = await learnUnitLoads(world, policy, now);
          const report = await refreshForecast(world, policy, forecastModelOf(policy), now);
          if (report.kind === "written") written++;
          else skipped++;
          const notes = [...(report.notes ?? []), ...unlearned];
          logger.info("forecast", {
            target: policy.id,
            ...report,
            ...(notes.length === 0 ? {} : { notes }),
          });
        } catch (error) {
          errors.push(new Error(`${policy.id}: ${messageOf(error)}`, { cause: error }));
          logger.error("a forecast failed", { target: policy.id, error });
        }
      }
      count("failures", errors.length);
      if (errors.length > 0) {
        const named = errors.map(({ message }) => message).join("; ");
        throw new AggregateError(
          errors,
          `${errors.length} of ${runtime.policy.targets.length} forecasts failed: ${named}`,
        );
      }
      return { written, skipped };
    },
  });
}
