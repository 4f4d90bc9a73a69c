/**
 * CloudWatch behind the real client: minutes that a test has published, and alarms, answered with the service's limits,
 * paging and statuses.
 */
import {
  CloudWatchClient,
  CloudWatchServiceException,
  type DescribeAlarmsInput,
  type GetMetricDataInput,
  type GetMetricDataOutput,
  type MetricAlarm,
  type MetricDataQuery,
  type MetricDataResult,
  type StatusCode,
} from "@aws-sdk/client-cloudwatch";
import { cloudWatchStatistic } from "../../../../lib/contract/cloudWatchMetrics.ts";
import type { MetricStat } from "../../../../lib/core/policy.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo } from "../../../../lib/core/time.ts";
import { evaluate, type Points } from "./metricMath.ts";

export interface FakeOptions {
  /** Instants from which the ages of data are counted. */
  readonly now: EpochSeconds;
  /** Points of each series on a page. */
  readonly pageSize?: number;
}

export class FakeCloudWatch {
  readonly client = new CloudWatchClient({ region: "eu-west-1" });
  /** Every GetMetricData that came in, pages counted one by one. */
  readonly dataCalls: GetMetricDataInput[] = [];
  readonly alarmCalls: DescribeAlarmsInput[] = [];
  /** Says why a call fails, as the name of an error, or null. */
  failing: (call: GetMetricDataInput | DescribeAlarmsInput) => string | null = () => null;
  private readonly options: FakeOptions;
  private readonly minutes = new Map<string, Map<EpochSeconds, number>>();
  private readonly statuses = new Map<string, StatusCode>();
  private readonly alarms = new Map<string, MetricAlarm>();

  constructor(options: FakeOptions) {
    this.options = options;
    this.client.middlewareStack.add(
      (_next, context) => async (args) => ({
        output: this.answer(context.commandName, args.input),
        response: {},
      }),
      { step: "initialize", priority: "high" },
    );
  }

  /** Holds a raw value for each minute, or finer step, from `start` on; null is one without data. */
  publish(
    metric: MetricStat,
    start: EpochSeconds,
    values: readonly (number | null)[],
    stepSeconds = 60,
  ): void {
    const key = keyOf(metric);
    const minutes = this.minutes.get(key) ?? new Map<EpochSeconds, number>();
    for (const [i, value] of values.entries())
      if (value !== null) minutes.set(start + i * stepSeconds, value);
    this.minutes.set(key, minutes);
  }

  /** From now on the series ends with this status; only `PartialData` still has its points. */
  endWith(metric: MetricStat, status: StatusCode): void {
    this.statuses.set(keyOf(metric), status);
  }

  putAlarm(alarm: MetricAlarm & { readonly AlarmName: string }): void {
    this.alarms.set(alarm.AlarmName, alarm);
  }

  private answer(command: string | undefined, input: object) {
    const $metadata = {};
    if (command === "GetMetricDataCommand") {
      const call = input as GetMetricDataInput;
      this.dataCalls.push(call);
      this.failIfAsked(call);
      return { ...this.getMetricData(call), $metadata };
    }
    if (command !== "DescribeAlarmsCommand") throw new Error(`the fake does not answer ${command}`);
    const call = input as DescribeAlarmsInput;
    this.alarmCalls.push(call);
    this.failIfAsked(call);
    return { ...this.describeAlarms(call), $metadata };
  }

  private failIfAsked(call: GetMetricDataInput | DescribeAlarmsInput): void {
    const name = this.failing(call);
    if (name !== null) throw failure(name, "as arranged");
  }

  private getMetricData(call: GetMetricDataInput): GetMetricDataOutput {
    const { MetricDataQueries: queries = [], NextToken } = call;
    checkLimits(call);
    const size = this.options.pageSize ?? Number.POSITIVE_INFINITY;
    const page = NextToken === undefined ? 0 : Number(/^page-(\d+)$/.exec(NextToken)?.[1] ?? Number.NaN);
    if (Number.isNaN(page)) throw failure("InvalidNextToken", `got ${NextToken}`);
    const byId = new Map<string, Points>();
    let more = false;
    const results: MetricDataResult[] = [];
    for (const query of queries) {
      const points = this.pointsOf(query, call, byId);
      byId.set(idOf(query), points);
      if (query.ReturnData === false) continue;
      const isMath = query.Expression !== undefined;
      const [from, to] = isMath ? [0, points.size] : [page * size || 0, (page + 1) * size];
      if (page > 0 && (isMath || from >= points.size)) continue;
      const remains = to < points.size;
      more ||= remains;
      const ended = query.MetricStat === undefined ? undefined : this.statusOf(query);
      const shown = ordered(points, call).slice(from, to);
      results.push({
        Id: idOf(query),
        Label: idOf(query),
        Timestamps: shown.map(([at]) => new Date(at * 1000)),
        Values: shown.map(([, value]) => value),
        StatusCode: ended ?? (remains ? "PartialData" : "Complete"),
        Messages: ended === undefined ? [] : [{ Code: ended, Value: "as arranged" }],
      });
    }
    return { MetricDataResults: results, Messages: [], ...(more ? { NextToken: `page-${page + 1}` } : {}) };
  }

  private statusOf(query: MetricDataQuery): StatusCode | undefined {
    return this.statuses.get(queryKeyOf(query));
  }

  private pointsOf(
    query: MetricDataQuery,
    call: GetMetricDataInput,
    byId: ReadonlyMap<string, Points>,
  ): Points {
    if (query.Expression !== undefined) return evaluate(query.Expression, byId);
    const status = this.statusOf(query);
    const { start, end } = windowOf(call);
    const period = query.MetricStat?.Period ?? 0;
    const age = this.options.now - start;
    const isTooFine = (age > 15 * DAY_SECONDS && period < 300) || (age > 63 * DAY_SECONDS && period < 3600);
    if (isTooFine || (status !== undefined && status !== "PartialData")) return new Map();
    const buckets = Map.groupBy(this.minutes.get(queryKeyOf(query)) ?? [], ([at]) => floorTo(at, period));
    const inside = [...buckets].filter(([at]) => at >= start && at < end);
    const stat = query.MetricStat?.Stat ?? "";
    return new Map(
      inside.map(([at, minutes]) => [
        at,
        aggregate(
          stat,
          minutes.map(([, value]) => value),
        ),
      ]),
    );
  }

  private describeAlarms(call: DescribeAlarmsInput) {
    const { AlarmNamePrefix = "", MaxRecords = 50, NextToken } = call;
    if (MaxRecords > 100) throw failure("ValidationError", `MaxRecords ${MaxRecords} is above 100`);
    const from = Number(NextToken ?? 0);
    const names = [...this.alarms.keys()].filter((name) => name.startsWith(AlarmNamePrefix)).sort();
    const alarms = names.slice(from, from + MaxRecords).flatMap((name) => this.alarms.get(name) ?? []);
    const next = from + MaxRecords;
    return { MetricAlarms: alarms, ...(next < names.length ? { NextToken: String(next) } : {}) };
  }
}

function failure(name: string, message: string): CloudWatchServiceException {
  return new CloudWatchServiceException({
    name,
    message,
    $fault: "client",
    $metadata: { httpStatusCode: 400 },
  });
}

const isPeriod = (seconds: number): boolean => [1, 5, 10, 30].includes(seconds) || seconds % 60 === 0;

function checkLimits(call: GetMetricDataInput): void {
  const { MetricDataQueries: queries = [] } = call;
  const { start, end } = windowOf(call);
  const ids = queries.map(idOf);
  const points = queries.length * ((end - start) / Math.min(...queries.map(periodOf)));
  const problem =
    (queries.length === 0 && "no queries") ||
    (queries.length > 500 && `${queries.length} queries are more than 500`) ||
    (points > 100_800 && `${points} points are more than 100800`) ||
    (end <= start && "EndTime must be after StartTime") ||
    (new Set(ids).size < ids.length && "ids must be unique") ||
    (ids.some((id) => !/^[a-z]\w*$/.test(id)) && `an id is malformed: ${ids}`) ||
    (queries.some(({ MetricStat }) => !isPeriod(MetricStat?.Period ?? 60)) &&
      "Period must be 1, 5, 10, 30 or a multiple of 60");
  if (problem) throw failure("ValidationError", problem);
}

const idOf = ({ Id }: MetricDataQuery): string => Id ?? "";
const periodOf = ({ MetricStat }: MetricDataQuery): number => MetricStat?.Period ?? Number.POSITIVE_INFINITY;

function windowOf({ StartTime, EndTime }: GetMetricDataInput): {
  readonly start: number;
  readonly end: number;
} {
  return { start: (StartTime?.getTime() ?? 0) / 1000, end: (EndTime?.getTime() ?? 0) / 1000 };
}

function ordered(points: Points, { ScanBy }: GetMetricDataInput): [EpochSeconds, number][] {
  const ascending = [...points].sort(([a], [b]) => a - b);
  return ScanBy === "TimestampAscending" ? ascending : ascending.reverse();
}

/** A percentile cannot be had from minutes: their mean stands for it. */
function aggregate(stat: string, values: readonly number[]): number {
  if (stat === "Maximum") return Math.max(...values);
  if (stat === "Minimum") return Math.min(...values);
  const sum = values.reduce((a, b) => a + b, 0);
  return stat === "Sum" || stat === "SampleCount" ? sum : sum / values.length;
}

function keyOf({ namespace, name, dimensions, statistic }: MetricStat): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort(), cloudWatchStatistic(statistic)]);
}

function queryKeyOf({ MetricStat }: MetricDataQuery): string {
  const { Namespace, MetricName, Dimensions = [] } = MetricStat?.Metric ?? {};
  const dimensions = Dimensions.map(({ Name, Value }) => [Name, Value]).sort();
  return JSON.stringify([Namespace, MetricName, dimensions, MetricStat?.Stat]);
}
