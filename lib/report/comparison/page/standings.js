/** All forecasters over all traces, the best first. */

/** @param {Comparison} data @param {ComparisonView} view @param {(forecaster: string) => void} onPick */
function standingsTable(data, view, onPick) {
  const { levels, leadsSeconds } = data.settings;
  const rows = data.standings.map((standing, i) => standingRow(data, view, standing, i, onPick));
  return element(
    "section",
    {},
    element("h2", {}, "Over all traces"),
    element(
      "p",
      { class: "note" },
      `Weighted quantile losses relative to “${labelOf(data, data.reference)}”, geometric mean over the traces; below 1 is better. Choose a forecaster to see it trace by trace.`,
    ),
    tableOf(
      "Standings",
      [
        "Forecaster",
        "All levels",
        ...levels.map((level) => `at ${level}`),
        ...leadsSeconds.map((_end, b) => leadText(leadsSeconds, b)),
        "Better",
        "same",
        "worse",
        "Worst trace",
        "Seconds a fit",
      ],
      rows,
    ),
  );
}

/**
 * @param {Comparison} data @param {ComparisonView} view @param {Standing} standing @param {number} index
 * @param {(forecaster: string) => void} onPick
 */
function standingRow(data, view, standing, index, onPick) {
  const { forecaster, worst, replacedOrigins } = standing;
  const ratios = [standing.wqlRatio, ...standing.lossRatios, ...standing.leadRatios];
  const name = element(
    "button",
    {
      class: "plain",
      "aria-pressed": String(view.forecaster === forecaster),
      onclick: () => onPick(forecaster),
    },
    labelOf(data, forecaster),
  );
  const remark = [
    standing.traces < data.traces.length ? `${standing.traces} traces` : "",
    replacedOrigins > 0 ? `${replacedOrigins} origins replaced` : "",
  ].filter((text) => text !== "");
  return element(
    "tr",
    { class: forecaster === "ours" ? "ours" : view.forecaster === forecaster ? "beside" : "" },
    element(
      "th",
      { scope: "row" },
      `${index + 1}. `,
      name,
      ...(remark.length === 0 ? [] : [element("small", {}, remark.join(", "))]),
    ),
    ...ratios.map((ratio) => element("td", { class: verdictOf(ratio) }, sayRatio(ratio))),
    ...[standing.wins, standing.ties, standing.losses].map((count) => element("td", {}, String(count))),
    element(
      "td",
      {},
      worst === null ? "–" : sayRatio(worst.ratio),
      ...(worst === null ? [] : [element("small", {}, worst.trace)]),
    ),
    element("td", {}, standing.secondsPerFit === null ? "–" : short(standing.secondsPerFit)),
  );
}

/** Whether a quantile is as likely as it says. @param {Comparison} data */
function coverageTable(data) {
  const { levels } = data.settings;
  const rows = data.standings.map((standing) =>
    element(
      "tr",
      { class: standing.forecaster === "ours" ? "ours" : "" },
      element("th", { scope: "row" }, labelOf(data, standing.forecaster)),
      ...standing.coverage.map((share, l) => {
        const inside = data.traces.filter((trace) => isNear(scoreIn(trace, standing.forecaster), levels, l));
        return element(
          "td",
          {},
          sayCoverage(share),
          element("small", {}, `near on ${inside.length} of ${standing.traces}`),
        );
      }),
    ),
  );
  return element(
    "section",
    {},
    element("h2", {}, "Are the quantiles as likely as they say?"),
    element(
      "p",
      { class: "note" },
      "Share of the slots whose load stayed at or under the quantile: the median over the traces, and on how many it is near, which is within two fifths of the level's distance to 1 (0.93 to 0.97 at 0.95). Where most slots are empty a quantile of 0 covers more than its level.",
    ),
    tableOf("Coverage", ["Forecaster", ...levels.map((level) => `quantile ${level}`)], rows),
  );
}

/** @param {ForecasterScore | undefined} score @param {readonly number[]} levels @param {number} l */
function isNear(score, levels, l) {
  const [share, level] = [score?.coverage[l], levels[l] ?? 0];
  return share !== null && share !== undefined && Math.abs(share - level) <= 0.4 * (1 - level) + 1e-9;
}
