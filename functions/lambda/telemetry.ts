/** Logs and metrics of an invocation: one structured line for each decision, and counts for all targets together. */
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { FLEET_METRICS, METRICS_NAMESPACE } from "../../lib/contract/fleetMetrics.ts";

export interface Telemetry {
  readonly logger: Logger;
  /** Adds to a count; zero is not published, since a metric without data costs nothing. */
  readonly count: (metric: keyof typeof FLEET_METRICS, by: number) => void;
  /** Writes the counts out, where there are any. */
  readonly flush: () => void;
}

export function makeTelemetry(service: string): Telemetry {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: service, logger });
  return {
    logger,
    count: (metric, by) => {
      if (by > 0) metrics.addMetric(FLEET_METRICS[metric], MetricUnit.Count, by);
    },
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
