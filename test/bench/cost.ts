/**
 * `npm run bench:cost`: what the controller itself costs a month. Runs its entries for a simulated stretch of time
 * over counted calls, and multiplies the counts by the price table. A measurement, not a test: it asserts nothing.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { buildForecast } from "../../functions/build-forecast/buildForecast.ts";
import { onTick } from "../../functions/on-tick/onTick.ts";
import { DECISION_DAYS } from "../../lib/contract/table.ts";
import { fleetOf } from "./aws/fleet.ts";
import { PRICES } from "./aws/prices.ts";
import { deploy, invoke, quietly, START } from "./aws/runtime.ts";

const TARGETS = Number(process.argv[2] ?? 10);
const HOURS = Number(process.argv[3] ?? 24);
const HOURS_A_MONTH = 730;
const DAYS_A_MONTH = HOURS_A_MONTH / 24;

/** What the stack gives the functions. */
const TICK_GB = 1;
const FORECAST_GB = 1769 / 1024;
const LATENCY_MILLISECONDS = 30;
/** Five alarms; those over a sum are taken to be billed for each of its metrics (all six functions; two of them and one metric more). */
const CONTROLLER_ALARM_METRICS = 1 + 6 + 1 + 1 + 3;
const FORECAST_HOURS = 6;

/** `thresholds`: the rules of examples/thresholds.yaml, beside the two that every target gets. */
const rulesOf = (file: string): object => {
  const text = readFileSync(new URL(`../../examples/${file}.yaml`, import.meta.url), "utf8");
  const { chat } = (parse(text) as { targets: { chat: { rules?: object[]; metrics?: object } } }).targets;
  return { rules: chat.rules ?? [], metrics: chat.metrics ?? {} };
};
const policy = fleetOf(TARGETS, process.argv[4] === undefined ? {} : rulesOf(process.argv[4]));
const { runtime, clock, calls, stop } = await deploy(policy, LATENCY_MILLISECONDS);
const tick = onTick(runtime);
const forecast = buildForecast(runtime);
let tickSeconds = 0;
let forecastSeconds = 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const printed = await quietly(async () => {
  for (let minute = 0; minute < HOURS * 60; minute++) {
    clock.set(START + minute * 60);
    if (minute % (FORECAST_HOURS * 60) === 0)
      forecastSeconds += await timed(() => invoke(forecast, "refresh", clock));
    tickSeconds += await timed(() => invoke(tick, "tick", clock));
    if (process.stderr.isTTY && minute % 10 === 0)
      process.stderr.write(`\rhour ${(minute / 60).toFixed(1)} of ${HOURS}`);
  }
});
stop();

const month = HOURS_A_MONTH / HOURS;
const rules = policy.targets.reduce((sum, each) => sum + each.rules.length, 0);
const ticks = HOURS * 60 * month;
const refreshes = (HOURS / FORECAST_HOURS) * month;
const gbSeconds = (tickSeconds * TICK_GB + forecastSeconds * FORECAST_GB) * month;
const api = calls.count.get("DescribeAlarmsCommand") ?? 0;

const lines: readonly (readonly [what: string, amount: number, unit: string, price: number])[] = [
  ["metrics read", calls.metricsRequested() * month, "metrics", PRICES.metricRead],
  ["alarm states read", api * month, "calls", PRICES.cloudWatchCall],
  ["alarms on rules", rules, "alarms", PRICES.alarmMonth],
  ["alarms on the controller", CONTROLLER_ALARM_METRICS, "alarm metrics", PRICES.alarmMonth],
  ["metrics of the controller", printed.metrics.size, "metrics", PRICES.customMetricMonth],
  ["table writes", calls.writeUnits() * month, "units", PRICES.writeUnit],
  ["table reads", calls.readUnits() * month, "units", PRICES.readUnit],
  [
    "table storage",
    (calls.itemUnits() * 1024 * month * (DECISION_DAYS / DAYS_A_MONTH)) / 1e9,
    "GB",
    PRICES.tableGbMonth,
  ],
  ["Lambda requests", ticks + refreshes, "requests", PRICES.lambdaRequest],
  ["Lambda time", gbSeconds, "GB-seconds", PRICES.lambdaGbSecond],
  ["schedules", ticks + refreshes, "invocations", PRICES.schedulerInvocation],
  ["logs", (printed.bytes * month) / 1e9, "GB", PRICES.logGb],
];

const dollars = (amount: number): string => amount.toFixed(3);
const rounded = (amount: number): string =>
  amount < 10 ? amount.toFixed(2) : Math.round(amount).toLocaleString("en-US");
process.stdout.write(
  `| what, for ${TARGETS} targets and a month | amount | $ | $ for each target |\n| --- | --- | --- | --- |\n`,
);
let total = 0;
for (const [what, amount, unit, price] of lines) {
  const cost = amount * price;
  total += cost;
  process.stdout.write(
    `| ${what} | ${rounded(amount)} ${unit} | ${dollars(cost)} | ${dollars(cost / TARGETS)} |\n`,
  );
}
process.stdout.write(`| **all** | | **${dollars(total)}** | **${dollars(total / TARGETS)}** |\n`);
const counted = [...calls.count].map(([name, n]) => `${name.replace("Command", "")} ${n}`).join(", ");
process.stdout.write(`\nCounted in ${HOURS} simulated hours: ${counted}.\n`);
