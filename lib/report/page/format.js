/** Numbers and times as people read them. */

/** @param {number} value @param {number} [digits] */
function grouped(value, digits = 0) {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** @param {number} share @param {number} [digits] */
function percent(share, digits = 2) {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Short for a small place: 1.2k, 15k, 0.25. @param {number} value */
function short(value) {
  if (Math.abs(value) >= 10_000) return `${Math.round(value / 1000)}k`;
  if (Math.abs(value) >= 1000) return `${(value / 1000).toFixed(1)}k`;
  return String(Number(value.toPrecision(3)));
}

/** @param {number | null | undefined} milliseconds */
function latency(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return "no requests";
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds)} ms`;
}

/**
 * Says an instant on the wall clock of a zone: `Tue 11 Nov 2025 00:05`.
 * @param {number} at seconds since 1970
 * @param {string} timeZone
 */
function instant(at, timeZone) {
  return formatterOf(timeZone)
    .format(new Date(at * 1000))
    .replaceAll(",", "");
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formatters = new Map();

/** @param {string} timeZone */
function formatterOf(timeZone) {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formatters.set(timeZone, made);
  return made;
}

/** For links and machines: `2025-11-11T00:05Z`. @param {number} at */
function isoMinute(at) {
  return `${new Date(at * 1000).toISOString().slice(0, 16)}Z`;
}
