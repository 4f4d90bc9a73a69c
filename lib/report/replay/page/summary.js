/** The result in one sentence and one table. */

/** @param {PageData} data */
function heading(data) {
  const { trace, start, minutes, policy } = data;
  const end = start + minutes * 60;
  const badges = [element("span", { class: "badge strong" }, "Simulation")];
  if (trace.synthetic) badges.push(element("span", { class: "badge" }, "synthetic trace"));
  return element(
    "header",
    {},
    element("div", { class: "brand" }, "Forewarm", ...badges),
    element("h1", {}, trace.name),
    element(
      "p",
      { class: "period" },
      `${instant(start, policy.timeZone)} to ${instant(end, policy.timeZone)} (${policy.timeZone}), ${grouped(minutes / 1440, 1)} days`,
    ),
    element("p", { class: "headline" }, headline(data)),
  );
}

/**
 * The main result against each kind of rival, for better or worse.
 * @param {PageData} data
 */
function headline({ runs, assumptions, policy }) {
  const [ours, ...others] = runs;
  if (ours === undefined) return "There are no runs in this result.";
  const own = `Forewarm costs ${grouped(ours.summary.cost)} ${assumptions.currency} and keeps ${percent(ours.summary.insideObjective, 3)} of the requests inside the objective${promised(policy)}.`;
  const rival = others.find((run) => run.name === "target-tracking") ?? others.at(-1);
  if (rival === undefined) return own;
  return `${own} ${rival.label} costs ${difference(rival.summary.cost, ours.summary.cost)} and keeps ${percent(rival.summary.insideObjective, 3)}.`;
}

/**
 * Who states a quantile promises nothing.
 * @param {PageData["policy"]} policy
 */
function promised({ demand, objective }) {
  return demand.quantile === null ? ` (promised: ${Number((100 * objective.share).toPrecision(6))} %)` : "";
}

/** @param {number} theirs @param {number} ours */
function difference(theirs, ours) {
  if (ours <= 0) return grouped(theirs);
  const share = theirs / ours - 1;
  if (Math.abs(share) < 0.005) return "the same";
  return share > 0 ? `${percent(share, 0)} more` : `${percent(-share, 0)} less`;
}

/** Columns: title, what it shows, and whether more is better (null: neither). */
const COLUMNS = /** @type {const} */ ([
  [
    "Unit-hours",
    (/** @type {PageRun["summary"]} */ s) => s.unitHours,
    (/** @type {number} */ v) => grouped(v),
    "less",
  ],
  ["Money", (/** @type {PageRun["summary"]} */ s) => s.cost, (/** @type {number} */ v) => grouped(v), "less"],
  [
    "Inside objective",
    (/** @type {PageRun["summary"]} */ s) => s.insideObjective,
    (/** @type {number} */ v) => percent(v, 3),
    "more",
  ],
  [
    "Violation minutes",
    (/** @type {PageRun["summary"]} */ s) => s.violationMinutes,
    (/** @type {number} */ v) => grouped(v),
    "less",
  ],
  [
    "Scale-outs",
    (/** @type {PageRun["summary"]} */ s) => s.scaleOuts,
    (/** @type {number} */ v) => grouped(v),
    null,
  ],
  [
    "Scale-ins",
    (/** @type {PageRun["summary"]} */ s) => s.scaleIns,
    (/** @type {number} */ v) => grouped(v),
    null,
  ],
  [
    "Flaps",
    (/** @type {PageRun["summary"]} */ s) => s.flaps,
    (/** @type {number} */ v) => grouped(v),
    "less",
  ],
]);

/** @param {PageData} data */
function summaryTable({ runs, assumptions }) {
  const head = element("tr", {}, element("th", { scope: "col" }, "Simulated run"));
  for (const [title] of COLUMNS)
    head.append(
      element("th", { scope: "col" }, title === "Money" ? `Money (${assumptions.currency})` : title),
    );
  head.append(element("th", { scope: "col" }, "Ramps ready in time"));
  const body = element("tbody");
  for (const run of runs) body.append(summaryRow(run, runs));
  const table = element("table", { class: "summary" }, element("thead", {}, head), body);
  return element(
    "section",
    { class: "wide", "aria-label": "Summary" },
    table,
    element("p", { class: "note" }, "★ best of its column. The small figure is the difference to Forewarm."),
  );
}

/** @param {PageRun} run @param {readonly PageRun[]} runs */
function summaryRow(run, runs) {
  const row = element(
    "tr",
    { class: run === runs[0] ? "ours" : "" },
    element("th", { scope: "row", title: run.about }, run.label),
  );
  for (const [, pick, show, better] of COLUMNS) {
    const value = pick(run.summary);
    const values = runs.map((each) => pick(each.summary));
    const best = better === "less" ? Math.min(...values) : better === "more" ? Math.max(...values) : null;
    const cell = element("td", {}, show(value));
    if (best !== null && value === best && values.some((each) => each !== best))
      cell.append(element("span", { class: "best", title: "best of its column" }, " ★"));
    if (pick === COLUMNS[1][1] && runs[0] !== undefined && run !== runs[0]) {
      cell.append(element("small", {}, difference(value, runs[0].summary.cost)));
    }
    row.append(cell);
  }
  const { ramps, rampsReady } = run.summary;
  row.append(element("td", {}, ramps === 0 ? "no ramps" : `${rampsReady} of ${ramps}`));
  return row;
}

/** When the forecast was off, for each run of Forewarm that had one; nothing where it never was. @param {PageData} data */
function forecastOff({ runs, policy }) {
  const lines = runs.flatMap(({ label, forecast }) =>
    (forecast?.off ?? []).map((off) => `${label}: ${sayOff(off, policy.timeZone)}`),
  );
  if (lines.length === 0) return element("div");
  return element(
    "section",
    { class: "wide", "aria-label": "Forecast off" },
    element("h2", {}, "The forecast was off"),
    element(
      "p",
      { class: "note" },
      "While it does clearly worse than the same time last week, decisions are made from readings alone, with wide headroom.",
    ),
    bullets(lines),
  );
}

/** @param {{ from: number, to: number, lossRatio: number, coverage: number }} off @param {string} timeZone */
function sayOff({ from, to, lossRatio, coverage }, timeZone) {
  const worst = `error up to ${grouped(lossRatio, 1)} × same time last week`;
  return `off from ${instant(from, timeZone)} to ${instant(to, timeZone)}: ${worst}, ${percent(coverage, 0)} of the load under its quantile`;
}
