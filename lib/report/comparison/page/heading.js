/** What came of it in a few sentences. */

/** @param {Comparison} data */
function heading(data) {
  const { settings, traces } = data;
  const origins = traces.reduce((sum, trace) => sum + trace.origins.length, 0);
  const badges = traces.some(({ synthetic }) => synthetic)
    ? [element("span", { class: "badge" }, "synthetic traces")]
    : [];
  return element(
    "header",
    {},
    element("div", { class: "brand" }, "Forewarm", ...badges),
    element("h1", {}, "Who forecasts these loads best?"),
    element(
      "p",
      { class: "period" },
      `${grouped(traces.length)} ${traces.length === 1 ? "trace" : "traces"}, ${grouped(origins)} origins, each with at most ${settings.historyDays} days of history before it and ${settings.horizonSeconds / 3600} hours after it`,
    ),
    element("p", { class: "headline" }, answerOf(data)),
  );
}

/** For better or worse. @param {Comparison} data */
function answerOf(data) {
  const [best] = data.standings;
  if (best === undefined || best.wqlRatio === null) return "No trace could be compared.";
  const ours = data.standings.find(({ forecaster }) => forecaster === "ours");
  const reference = labelOf(data, data.reference);
  const say = (/** @type {Standing} */ { forecaster, wqlRatio, wins, losses, worst }) =>
    `${labelOf(data, forecaster)} has ${sayRatio(wqlRatio)} times the loss of “${reference}”: better on ${wins} and worse on ${losses} of ${data.traces.length}${worst === null ? "" : `, at worst ${sayRatio(worst.ratio)} times (${worst.trace})`}.`;
  if (ours === undefined || ours === best) return say(best);
  return `${say(best)} ${say(ours)}`;
}
