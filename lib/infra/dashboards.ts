/** CloudWatch dashboards: the controller's own health, then load, forecast, units, money and holds of each target. */
import { Duration } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { cloudWatchSeriesOf } from "../contract/cloudWatchMetrics.ts";
import type { Policy, TargetPolicy } from "../core/policy.ts";
import { fleetMetric } from "./controllerAlarms.ts";
import {
  accuracyByTarget,
  forecastBand,
  holdsByTarget,
  moneyByTarget,
  type QueryLines,
  stateByTarget,
  units,
} from "./decisionQueries.ts";
import { metricOf } from "./metricOf.ts";

/** Each target asks the logs twice, and a browser that opens a dashboard asks everything at once. */
const TARGETS_ON_ONE = 20;

const WIDTH = { half: 12, third: 8, whole: 24 } as const;
const HEIGHT = 6;

export interface DashboardParts {
  readonly policy: Policy;
  readonly alarms: readonly Alarm[];
  /** Where decisions are written. */
  readonly logGroupNames: readonly string[];
}

/** One for the first twenty targets, and one for each further twenty. */
export function makeDashboards(scope: Construct, parts: DashboardParts): readonly Dashboard[] {
  const { targets } = parts.policy;
  const dashboards: Dashboard[] = [];
  for (let from = 0; from < Math.max(1, targets.length); from += TARGETS_ON_ONE) {
    const shown = targets.slice(from, from + TARGETS_ON_ONE);
    const id = from === 0 ? "Dashboard" : `Dashboard${dashboards.length + 1}`;
    const rows = [health(scope, parts), fleet(shown, parts), ...shown.map((each) => ofTarget(each, parts))];
    dashboards.push(
      new Dashboard(scope, id, { defaultInterval: Duration.hours(24), widgets: rows.map((row) => [...row]) }),
    );
  }
  return dashboards;
}

function health(scope: Construct, { alarms }: DashboardParts): readonly IWidget[] {
  const period = Duration.minutes(5);
  const counts = ["failures", "setAside", "staleForecasts", "gatedForecasts", "throttles"] as const;
  return [
    new AlarmStatusWidget({
      title: "Controller",
      alarms: [...alarms],
      width: WIDTH.third,
      height: HEIGHT,
    }),
    new GraphWidget({
      title: "Ticks",
      left: [fleetMetric(scope, "heartbeat", period)],
      width: WIDTH.third,
      height: HEIGHT,
    }),
    new GraphWidget({
      title: "Trouble",
      left: counts.map((name) => fleetMetric(scope, name, period)),
      width: WIDTH.third,
      height: HEIGHT,
    }),
  ];
}

function fleet(targets: readonly TargetPolicy[], parts: DashboardParts): readonly IWidget[] {
  const ids = targets.map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    table("State: mode, freezes, orders, locks, problems", stateByTarget(ids), parts),
    table("Holds: why units were kept", holdsByTarget(ids), parts),
    table("Money per hour", moneyByTarget(ids), parts),
    table("Accuracy: errors as shares of the median", accuracyByTarget(ids), parts),
  ];
}

function ofTarget(target: TargetPolicy, parts: DashboardParts): readonly IWidget[] {
  const { id, kind, mode } = target;
  return [
    new TextWidget({ markdown: `## ${id}\n${kind}, ${mode} mode`, width: WIDTH.whole, height: 2 }),
    loadOf(target),
    lines(`${id}: load and forecast`, forecastBand(id), parts),
    lines(`${id}: units`, units(id), parts),
  ];
}

function loadOf(target: TargetPolicy): IWidget {
  const title = `${target.id}: load`;
  const series = target.load && cloudWatchSeriesOf(target, target.load.metric, target.load.statistic);
  if (target.load === null || series === null || "problem" in series) {
    const markdown = "The policy states no load: this target follows its rules.";
    return new TextWidget({ markdown, width: WIDTH.third, height: HEIGHT });
  }
  const metric = metricOf(series, Duration.minutes(1), `${target.load.metric} (${target.load.statistic})`);
  return new GraphWidget({ title, left: [metric], width: WIDTH.third, height: HEIGHT });
}

function lines(title: string, query: QueryLines, { logGroupNames }: DashboardParts): IWidget {
  return new LogQueryWidget({
    title,
    view: LogQueryVisualizationType.LINE,
    queryLines: [...query],
    logGroupNames: [...logGroupNames],
    width: WIDTH.third,
    height: HEIGHT,
  });
}

function table(title: string, query: QueryLines, { logGroupNames }: DashboardParts): IWidget {
  return new LogQueryWidget({
    title,
    view: LogQueryVisualizationType.TABLE,
    queryLines: [...query],
    logGroupNames: [...logGroupNames],
    width: WIDTH.half,
    height: HEIGHT,
  });
}
