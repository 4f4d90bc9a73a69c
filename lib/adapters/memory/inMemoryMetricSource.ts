/** The in-memory twin of the metric source: minutes that a test has published, shown as late as a platform would. */
import { type Series, sane } from "../../core/reading.ts";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../../core/time.ts";
import type { MetricHistory, MetricQuery, MetricSource } from "../../ports/metricSource.ts";

/** Which series, of which target. */
export type SeriesName = Omit<MetricQuery, "minutes">;

export class InMemoryMetricSource implements MetricSource {
  private readonly publicationDelaySeconds: number;
  /** By series, then by the start of the minute. */
  private readonly published = new Map<string, Map<EpochSeconds, number | null>>();
  private readonly failures = new Map<string, string>();
  private outage: string | null = null;

  /** A minute is shown this long after its end. */
  constructor(publicationDelaySeconds = 0) {
    this.publicationDelaySeconds = publicationDelaySeconds;
  }

  /** Holds a value for each minute from `start` on; null is a minute without data, nonsense is kept as it comes. */
  publish(series: SeriesName, start: EpochSeconds, values: readonly (number | null)[]): void {
    const minutes = this.published.get(keyOf(series)) ?? new Map<EpochSeconds, number | null>();
    for (const [i, value] of values.entries()) {
      minutes.set(floorTo(start, MINUTE_SECONDS) + i * MINUTE_SECONDS, value);
    }
    this.published.set(keyOf(series), minutes);
  }

  /** From now on this series cannot be read, for this reason; null mends it. */
  failSeries(series: SeriesName, why: string | null): void {
    if (why === null) this.failures.delete(keyOf(series));
    else this.failures.set(keyOf(series), why);
  }

  /** From now on nothing can be read, for this reason; null mends it. */
  fail(why: string | null): void {
    this.outage = why;
  }

  async read(queries: readonly MetricQuery[], now: EpochSeconds): Promise<readonly Series[]> {
    if (this.outage !== null) throw new Error(`no metric could be read: ${this.outage}`);
    const end = floorTo(now - this.publicationDelaySeconds, MINUTE_SECONDS);
    return queries.map((query) => this.seriesUntil(end, query));
  }

  /** The whole minutes of `[from, to)`. A history that cannot be read is an error: nulls would say that nothing was there. */
  async history(query: SeriesName, from: EpochSeconds, to: EpochSeconds): Promise<MetricHistory> {
    const why = this.outage ?? this.failures.get(keyOf(query));
    if (why !== undefined) {
      throw new Error(`the history of ${query.metric} of ${query.target} could not be read: ${why}`);
    }
    const start = Math.ceil(from / MINUTE_SECONDS) * MINUTE_SECONDS;
    const count = Math.max(0, Math.floor((to - start) / MINUTE_SECONDS));
    return { start, stepSeconds: MINUTE_SECONDS, values: this.valuesFrom(start, count, query) };
  }

  private seriesUntil(end: EpochSeconds, { minutes, ...name }: MetricQuery): Series {
    const { metric, statistic } = name;
    const why = this.failures.get(keyOf(name)) ?? this.unknown(name);
    if (why !== null) return { metric, statistic, end, values: new Array<null>(minutes).fill(null), why };
    return { metric, statistic, end, values: this.valuesFrom(end - minutes * MINUTE_SECONDS, minutes, name) };
  }

  private unknown(name: SeriesName): string | null {
    if (this.published.has(keyOf(name))) return null;
    return `${name.target} has no metric ${name.metric} with the statistic ${name.statistic}`;
  }

  private valuesFrom(start: EpochSeconds, count: number, name: SeriesName): (number | null)[] {
    const minutes = this.published.get(keyOf(name));
    return Array.from({ length: count }, (_, i) => sane(minutes?.get(start + i * MINUTE_SECONDS)));
  }
}

function keyOf({ target, metric, statistic }: SeriesName): string {
  return JSON.stringify([target, metric, statistic]);
}
