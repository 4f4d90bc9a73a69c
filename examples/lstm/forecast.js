/**
 * Trains the network on what was known before each origin, one origin a day, and writes what it forecasts as rows:
 * `node forecast.js trace.csv rows.jsonl --days 7`. Nothing after an origin is ever used for its forecast.
 */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { LEAST_HOURS, LEVELS, Network } from "./network.js";
import { HOUR, hoursOf, readSeries } from "./series.js";

const AHEAD_HOURS = 24;
const FIRST_EPOCHS = 30;

/** On the next day the network goes on from where it is. */
const LATER_EPOCHS = 4;

const MOST_HISTORY_HOURS = 28 * 24;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { days: { type: "string", default: "7" } },
});
const [tracePath, rowsPath] = positionals;
if (tracePath === undefined || rowsPath === undefined) {
  throw new Error("usage: node forecast.js TRACE.csv ROWS.jsonl [--days 7]");
}

const series = readSeries(tracePath);
const hours = hoursOf(series);
const perHour = HOUR / series.slotSeconds;
const days = Math.min(Number(values.days), Math.floor((hours.length - 7 * 24) / 24));
if (!(days >= 1))
  throw new Error(`${tracePath}: at least 8 days are needed, got ${(hours.length / 24).toFixed(1)}`);

const origins = Array.from({ length: days }, (_, i) => hours.length - (days - i) * AHEAD_HOURS);
const firstOrigin = /** @type {number} */ (origins[0]);
const known = hours.subarray(0, firstOrigin);
const network = new Network(known.reduce((sum, load) => sum + load, 0) / known.length);
const began = performance.now();
const rows = origins.map((origin, i) => {
  const examples = examplesBefore(origin);
  network.train(examples, i === 0 ? FIRST_EPOCHS : LATER_EPOCHS, (epoch, loss) => {
    if (epoch % 10 === 0)
      process.stderr.write(`origin ${i + 1} of ${days}, epoch ${epoch}: ${loss.toFixed(4)}\n`);
  });
  return rowAt(origin);
});
writeFileSync(rowsPath, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
const seconds = (performance.now() - began) / 1000;
process.stderr.write(`${rows.length} rows in ${seconds.toFixed(0)} s: ${rowsPath}\n`);

/** All hours of the last four weeks whose next day was known before the origin. @param {number} origin */
function examplesBefore(origin) {
  const examples = [];
  const first = Math.max(LEAST_HOURS, origin - MOST_HISTORY_HOURS);
  for (let at = first; at + AHEAD_HOURS <= origin; at++) {
    const slots = Array.from({ length: AHEAD_HOURS }, (_, i) =>
      Array.from(series.load.subarray((at + i) * perHour, (at + i + 1) * perHour), (load) =>
        network.rootOf(load),
      ),
    );
    examples.push({ sample: network.sampleAt(hours, at, series.start), slots });
  }
  return examples;
}

/** Each hour's quantiles stand for all slots of the hour. @param {number} origin */
function rowAt(origin) {
  const end = series.start + origin * HOUR;
  const byHour = network.forecast(network.sampleAt(hours.subarray(0, origin), origin, series.start));
  const iso = new Date(end * 1000).toISOString();
  return {
    schema: "forewarm.forecast-rows/1",
    model: "lstm",
    series: basename(/** @type {string} */ (tracePath))
      .replace(/\.gz$/, "")
      .replace(/\.csv$/, ""),
    madeAt: iso,
    historyEnd: iso,
    slotSeconds: series.slotSeconds,
    start: iso,
    levels: LEVELS,
    quantiles: LEVELS.map((_, level) =>
      byHour.flatMap((quantiles) =>
        Array.from({ length: perHour }, () => Number((quantiles[level] ?? 0).toPrecision(6))),
      ),
    ),
  };
}
