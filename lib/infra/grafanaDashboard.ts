/** The dashboard for Grafana, over the same metrics and the same questions to the decision log as the stack's own. */
import { FLEET_METRICS, METRICS_DIMENSION, METRICS_NAMESPACE } from "../contract/fleetMetrics.ts";
import {
  accuracyByTarget,
  forecastBand,
  holdsByTarget,
  moneyByTarget,
  moneyOverTime,
  type QueryLines,
  reasons,
  stateByTarget,
  units,
} from "./decisionQueries.ts";

/** Grafana's own JSON; what stands here is as much as it needs. */
type Json = Readonly<Record<string, unknown>>;

const DATASOURCE = { type: "cloudwatch", uid: "$datasource" } as const;
const TARGET = "$target";
const HEIGHT = 8;
const COLUMNS = 24;

/** Everything that differs between installations is a variable at the top of the page. */
export function grafanaDashboard(): Json {
  return {
    title: "Forewarm",
    uid: "forewarm",
    description: "Load, forecast, units, money and holds of GPU inference, and the controller's own health",
    tags: ["forewarm"],
    schemaVersion: 39,
    editable: true,
    refresh: "1m",
    time: { from: "now-24h", to: "now" },
    timezone: "browser",
    templating: { list: VARIABLES },
    panels: laidOut(PANELS),
  };
}

const VARIABLES: readonly Json[] = [
  { name: "datasource", label: "CloudWatch", type: "datasource", query: "cloudwatch" },
  variable("region", "Region", "query", { queryType: "regions" }),
  textbox("stack", "Stack", "Forewarm"),
  textbox("namespace", "Namespace", METRICS_NAMESPACE),
  {
    ...variable("logGroup", "Log groups", "query", {
      queryType: "logGroups",
      region: "$region",
      logGroupPrefix: "/aws/lambda/$stack-on-",
    }),
    multi: true,
    includeAll: true,
  },
  textbox("target", "Target", "chat"),
];

function variable(name: string, label: string, type: string, query: Json): Json {
  return { name, label, type, query, datasource: DATASOURCE, refresh: 1 };
}

function textbox(name: string, label: string, value: string): Json {
  return { name, label, type: "textbox", query: value, current: { text: value, value } };
}

interface Panel {
  readonly title: string;
  readonly type: "timeseries" | "table";
  readonly columns: number;
  readonly targets: readonly Json[];
}

const PANELS: readonly Panel[] = [
  lines("Load and forecast", 12, forecastBand(TARGET)),
  lines("Units", 12, units(TARGET)),
  lines("Money per hour", 12, moneyOverTime(TARGET)),
  table("Reasons", 12, reasons(TARGET)),
  table("State: mode, freezes, orders, locks, problems", 12, stateByTarget([])),
  table("Holds: why units were kept", 12, holdsByTarget([])),
  table("Money by target", 12, moneyByTarget([])),
  table("Accuracy: errors as shares of the median", 12, accuracyByTarget([])),
  counts("Ticks", ["heartbeat"]),
  counts("Trouble", ["failures", "setAside", "staleForecasts", "gatedForecasts", "throttles"]),
];

function lines(title: string, columns: number, query: QueryLines): Panel {
  return { title, type: "timeseries", columns, targets: [logs(query)] };
}

function table(title: string, columns: number, query: QueryLines): Panel {
  return { title, type: "table", columns, targets: [logs(query)] };
}

function logs(query: QueryLines): Json {
  return {
    refId: "A",
    datasource: DATASOURCE,
    queryMode: "Logs",
    region: "$region",
    logGroups: [{ arn: "$logGroup", name: "$logGroup" }],
    expression: query.join("\n| "),
    statsGroups: query.some((line) => line.includes("by bin(")) ? ["bin(5m)"] : [],
  };
}

function counts(title: string, names: readonly (keyof typeof FLEET_METRICS)[]): Panel {
  const targets = names.map((name, i) => ({
    refId: String.fromCharCode("A".charCodeAt(0) + i),
    datasource: DATASOURCE,
    queryMode: "Metrics",
    region: "$region",
    namespace: "$namespace",
    metricName: FLEET_METRICS[name],
    dimensions: { [METRICS_DIMENSION]: "$stack" },
    matchExact: true,
    metricQueryType: 0,
    metricEditorMode: 0,
    statistic: "Sum",
    period: "300",
  }));
  return { title, type: "timeseries", columns: 12, targets };
}

/** From left to right, then down. */
function laidOut(panels: readonly Panel[]): readonly Json[] {
  let x = 0;
  let y = 0;
  return panels.map(({ columns, ...panel }, i) => {
    if (x + columns > COLUMNS) {
      x = 0;
      y += HEIGHT;
    }
    const gridPos = { x, y, w: columns, h: HEIGHT };
    x += columns;
    return { id: i + 1, ...panel, datasource: DATASOURCE, gridPos };
  });
}
