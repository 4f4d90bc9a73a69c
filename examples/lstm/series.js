/** Reads a trace, and cuts it into the hours that the network sees and the slots that it is asked about. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export const HOUR = 3600;

/** Five minutes where the trace is finer: what Forewarm compares. */
const FINEST_SLOT = 300;

/**
 * @typedef {object} Series
 * @property {number} start of the first slot, in seconds since 1970; a whole hour
 * @property {number} slotSeconds
 * @property {Float64Array} load mean per minute of each slot; NaN is missing
 */

/** @param {string} path of a CSV with the columns timestamp and requests, gzipped or not @returns {Series} */
export function readSeries(path) {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  const columns = head.split(",").map((name) => name.trim());
  const [time, requests] = [columns.indexOf("timestamp"), columns.indexOf("requests")];
  if (time < 0 || requests < 0)
    throw new Error(`${path}: the header must name timestamp and requests, got ${head}`);
  const rows = lines.map((line) => {
    const cells = line.split(",");
    return { at: Date.parse(cells[time] ?? "") / 1000, count: Number(cells[requests]) };
  });
  const [first, second] = rows;
  if (first === undefined || second === undefined) throw new Error(`${path}: at least two rows are needed`);
  const step = second.at - first.at;
  if (!(step > 0 && HOUR % Math.max(step, FINEST_SLOT) === 0)) {
    throw new Error(`${path}: the step must divide an hour, got ${step} s`);
  }
  return slotsOf(rows, step);
}

/** @param {readonly { at: number, count: number }[]} rows @param {number} step @returns {Series} */
function slotsOf(rows, step) {
  const slotSeconds = Math.max(step, FINEST_SLOT);
  const start = Math.floor((rows[0]?.at ?? 0) / HOUR) * HOUR;
  const slots = Math.floor(((rows.at(-1)?.at ?? 0) - start) / slotSeconds) + 1;
  const sums = new Float64Array(slots);
  const known = new Float64Array(slots);
  for (const { at, count } of rows) {
    const slot = Math.floor((at - start) / slotSeconds);
    if (!(count >= 0) || !(slot >= 0 && slot < slots)) continue;
    sums[slot] += (count * 60) / step;
    known[slot] += 1;
  }
  return { start, slotSeconds, load: sums.map((sum, i) => (known[i] > 0 ? sum / known[i] : Number.NaN)) };
}

/** Means of whole hours; a missing hour is as the one before it. @param {Series} series @returns {Float64Array} */
export function hoursOf({ slotSeconds, load }) {
  const perHour = HOUR / slotSeconds;
  const hours = new Float64Array(Math.floor(load.length / perHour));
  let last = 0;
  for (let hour = 0; hour < hours.length; hour++) {
    const known = load.subarray(hour * perHour, (hour + 1) * perHour).filter((value) => !Number.isNaN(value));
    if (known.length > 0) last = known.reduce((sum, value) => sum + value, 0) / known.length;
    hours[hour] = last;
  }
  return hours;
}
