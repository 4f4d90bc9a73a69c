/** Runs the scaling loop for some targets and tells what came of it. */
import { DECISION_LOG_MESSAGE } from "../../lib/contract/fleetMetrics.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { runScaling, type TargetReport } from "../../lib/usecases/runScaling.ts";
import { decisionLine } from "./decisionLine.ts";
import type { Invocation } from "./entry.ts";
import type { Runtime } from "./runtime.ts";

export interface WakeUpSummary {
  readonly decided: number;
  readonly busy: number;
}

/**
 * Decides for each target and writes one line for each. Throws an AggregateError when targets failed, after all others
 * were served: the invocation must be seen to fail.
 */
export async function wakeUp(
  runtime: Runtime,
  targets: readonly TargetPolicy[],
  { now, owner }: Invocation,
): Promise<WakeUpSummary> {
  const reports = await runScaling(runtime.world(), targets, now, owner);
  reports.forEach((report, i) => {
    tell(runtime, targets[i] as TargetPolicy, report);
  });
  const failed = reports.filter((report) => report.kind === "failed");
  runtime.telemetry.count("failures", failed.length);
  runtime.telemetry.count("throttles", failed.filter(({ error }) => isThrottled(error)).length);
  if (failed.length > 0) {
    const named = failed.map(({ target, why }) => `${target}: ${why}`).join("; ");
    throw new AggregateError(
      failed.map(({ error }) => error),
      `${failed.length} of ${reports.length} targets failed: ${named}`,
    );
  }
  return {
    decided: reports.filter(({ kind }) => kind === "decided").length,
    busy: reports.filter(({ kind }) => kind === "busy").length,
  };
}

function tell({ telemetry }: Runtime, policy: TargetPolicy, report: TargetReport): void {
  const { logger, count } = telemetry;
  switch (report.kind) {
    case "decided": {
      const { forecast } = report.record.situation;
      if (forecast.kind === "missing" && forecast.stale) count("staleForecasts", 1);
      if (report.record.decision.memory.gate?.state === "bad") count("gatedForecasts", 1);
      logger.info(DECISION_LOG_MESSAGE, decisionLine(policy, report.record));
      return;
    }
    case "busy":
      logger.info("busy", { target: report.target, why: report.why });
      return;
    case "failed":
      logger.error("a target failed", { target: report.target, why: report.why, error: report.error });
  }
}

/** Names that AWS services give to throttling. */
const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|SlowDown/i;

const isThrottled = (error: unknown): boolean => error instanceof Error && THROTTLED.test(error.name);
