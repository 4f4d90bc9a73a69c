/** The metrics of simulated endpoints, published late as CloudWatch does, behind the port that the controller reads. */
import type { Series } from "../core/reading.ts";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../core/time.ts";
import type { MetricHistory, MetricQuery, MetricSource } from "../ports/metricSource.ts";
import { type Endpoint, STEP_SECONDS, STEPS_PER_MINUTE } from "./physics/endpoint.ts";
import { type Fault, faultAt } from "./physics/fault.ts";
import type { MinuteLog } from "./physics/minuteLog.ts";

export interface SimMetricOptions {
  readonly endpoint: Endpoint;
  /** Requests per minute before the replay began, for the forecast; NaN where nothing is known. */
  readonly past: { readonly start: EpochSeconds; readonly perMinute: Float64Array };
  /** Minutes of the replay without a row in the trace: the controller cannot see them. */
  readonly isMissing: (minute: number) => boolean;
  readonly delaySeconds: number;
  /** How long after a fine step it is published, and at which multiple of seconds those are collected. */
  readonly stepDelaySeconds: number;
  readonly scrapeSeconds: number;
  readonly faults: readonly Fault[];
}

/** A value that is not finite is missing: a share of no requests, something per unit where no unit is ready. */
type Column = (log: MinuteLog, minute: number) => number;

/**
 * Percent of requests that were given up. Some of them may have come a minute before: never more than all, and unknown
 * where nobody came.
 */
const errorRate: Column = (log, minute) => {
  const arrivals = log.arrivals[minute] as number;
  return arrivals === 0 ? Number.NaN : Math.min(100, (100 * (log.dropped[minute] as number)) / arrivals);
};
const milliseconds =
  (pick: (log: MinuteLog) => Float64Array): Column =>
  (log, minute) =>
    1000 * (pick(log)[minute] as number);

/** Percent of a minute's requests that met the objective; those that did not may have come a minute before. */
const insideObjective: Column = (log, minute) => {
  const arrivals = log.arrivals[minute] as number;
  return arrivals === 0 ? Number.NaN : 100 * (1 - Math.min(1, (log.violations[minute] as number) / arrivals));
};

/** The one metric of which more is known than the replay itself: the trace before it. */
const ARRIVALS = "invocations sum";

/** What the simulator can measure, by metric and statistic as a policy names them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  [ARRIVALS]: (log, minute) => log.arrivals[minute] as number,
  "invocationsPerUnit sum": (log, minute) => (log.arrivals[minute] as number) / (log.ready[minute] as number),
  "latency p50": milliseconds((log) => log.latencyP50),
  "latency p95": milliseconds((log) => log.latencyP95),
  "latency p99": milliseconds((log) => log.latencyP99),
  "gpuUtilization average": (log, minute) => 100 * (log.utilization[minute] as number),
  "queueLength maximum": (log, minute) => log.waiting[minute] as number,
  "queueLengthPerUnit maximum": (log, minute) =>
    (log.waiting[minute] as number) / (log.ready[minute] as number),
  "errorRate average": errorRate,
  "insideObjective average": insideObjective,
  "refusedRequests sum": (log, minute) =>
    log.ready[minute] === 0 && (log.arrivals[minute] as number) > 0
      ? (log.arrivals[minute] as number)
      : Number.NaN,
};

/** Whether a policy's metric can be simulated; rules on others are left out of a replay, and the page says so. */
export function canSimulate(metric: string, statistic: string): boolean {
  return `${metric} ${statistic}` in COLUMNS;
}

export class SimMetricSource implements MetricSource {
  private readonly options: SimMetricOptions;

  constructor(options: SimMetricOptions) {
    this.options = options;
  }

  async read(queries: readonly MetricQuery[], now: EpochSeconds): Promise<readonly Series[]> {
    return queries.map((query) => this.series(query, now));
  }

  /** The whole minutes of `[from, to)` that are published by now, from the past before the replay and from the replay. */
  async history(
    { metric, statistic }: Omit<MetricQuery, "minutes">,
    from: EpochSeconds,
    to: EpochSeconds,
  ): Promise<MetricHistory> {
    const { now } = this.options.endpoint;
    const start = Math.max(Math.ceil(from / MINUTE_SECONDS) * MINUTE_SECONDS, this.firstMinute());
    const end = Math.min(floorTo(to, MINUTE_SECONDS), this.publishedUntil(now));
    const name = `${metric} ${statistic}`;
    const values: (number | null)[] = [];
    for (let at = start; at < end; at += MINUTE_SECONDS) values.push(this.published(name, at, now));
    return { start, stepSeconds: MINUTE_SECONDS, values };
  }

  /** End of the newest minute that is published at `now`. */
  publishedUntil(now: EpochSeconds): EpochSeconds {
    return floorTo(now - this.options.delaySeconds, MINUTE_SECONDS);
  }

  /** One series as it is published at `now`. */
  series(query: Omit<MetricQuery, "target">, now: EpochSeconds): Series {
    const { metric, statistic, minutes } = query;
    if (query.everySeconds !== undefined) return this.newestMinutes(query, query.everySeconds, now);
    const end = this.publishedUntil(now);
    const values = new Array<number | null>(minutes).fill(null);
    if (!canSimulate(metric, statistic)) {
      const why = `the simulator has no metric ${metric} with the statistic ${statistic}`;
      return { metric, statistic, end, values, why };
    }
    const name = `${metric} ${statistic}`;
    const shown = Math.min(minutes, (end - this.firstMinute()) / MINUTE_SECONDS);
    for (let minutesAgo = 1; minutesAgo <= shown; minutesAgo++) {
      values[minutes - minutesAgo] = this.published(name, end - minutesAgo * MINUTE_SECONDS, now);
    }
    return { metric, statistic, end, values };
  }

  /** Minutes counted back from the newest fine step that is collected by now; only the requests are published so finely. */
  private newestMinutes(
    { metric, statistic, minutes }: Omit<MetricQuery, "target">,
    everySeconds: number,
    now: EpochSeconds,
  ): Series {
    const { endpoint, stepDelaySeconds, scrapeSeconds } = this.options;
    const collected = floorTo(now - stepDelaySeconds, Math.max(everySeconds, scrapeSeconds));
    const steps = Math.min(endpoint.done, Math.floor((collected - endpoint.start) / STEP_SECONDS));
    const values = Array.from({ length: minutes }, (_, i) =>
      `${metric} ${statistic}` === ARRIVALS
        ? this.arrivalsUntil(steps - (minutes - 1 - i) * STEPS_PER_MINUTE, now)
        : null,
    );
    return { metric, statistic, end: endpoint.start + steps * STEP_SECONDS, values };
  }

  /** Requests of the minute that ends with the first `steps` steps of the replay; null where a part of it is missing. */
  private arrivalsUntil(steps: number, now: EpochSeconds): number | null {
    const { endpoint, isMissing, faults } = this.options;
    let sum = 0;
    for (let step = steps - STEPS_PER_MINUTE; step < steps; step++) {
      const minute = Math.floor(step / STEPS_PER_MINUTE);
      const at = endpoint.start + step * STEP_SECONDS;
      const late = faultAt(faults, "late metrics", at)?.bySeconds ?? 0;
      if (step < 0 || isMissing(minute) || at + STEP_SECONDS + late > now) return null;
      sum += endpoint.arrivals[step] as number;
    }
    return sum;
  }

  private firstMinute(): EpochSeconds {
    return Math.min(this.options.past.start, this.options.endpoint.start);
  }

  /** The value of a minute as it is known at `now`; null is missing. */
  private published(name: string, minuteStart: EpochSeconds, now: EpochSeconds): number | null {
    const { faults, delaySeconds } = this.options;
    const late = faultAt(faults, "late metrics", minuteStart)?.bySeconds ?? 0;
    if (minuteStart + MINUTE_SECONDS + delaySeconds + late > now) return null;
    const value = this.measured(name, minuteStart);
    return Number.isFinite(value) ? value : null;
  }

  private measured(name: string, minuteStart: EpochSeconds): number {
    const { endpoint, past, isMissing } = this.options;
    if (minuteStart < endpoint.start) {
      const minute = (minuteStart - past.start) / MINUTE_SECONDS;
      return name === ARRIVALS ? (past.perMinute[minute] ?? Number.NaN) : Number.NaN;
    }
    const minute = (minuteStart - endpoint.start) / MINUTE_SECONDS;
    if (minute >= endpoint.minutesDone || isMissing(minute)) return Number.NaN;
    return COLUMNS[name]?.(endpoint.log, minute) ?? Number.NaN;
  }
}
