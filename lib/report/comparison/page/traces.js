/** Trace by trace, those first on which the forecaster that is looked at does worst. */

/** @param {Comparison} data @param {ComparisonView} view @param {Measure} measure */
function tracesSection(data, view, measure) {
  const traces = worstFirst(data, view, measure);
  const names = data.standings.map(({ forecaster }) => forecaster);
  const rows = traces.map((trace) => traceRow(data, view, measure, trace, names));
  return element(
    "section",
    {},
    element("h2", {}, `Trace by trace, the worst of ${labelOf(data, view.forecaster)} first`),
    ratioPlot(data, view, measure, traces),
    element(
      "p",
      { class: "note" },
      `The same in numbers, ${measure.text}: ratios to “${labelOf(data, data.reference)}”, whose own loss is beside it (0.20 is a fifth of the load).`,
    ),
    tableOf(
      "Traces",
      [
        "Trace",
        ...names.map((name) => labelOf(data, name)),
        "Loss of the reference",
        "Origins",
        "Mean a minute",
      ],
      rows,
    ),
    detailOf(data, view, traces),
  );
}

/** @param {Comparison} data @param {ComparisonView} view @param {Measure} measure */
function worstFirst(data, view, measure) {
  const key = (/** @type {ComparedTrace} */ trace) => ratioIn(measure, data, trace, view.forecaster) ?? -1;
  return [...data.traces].sort((a, b) => key(b) - key(a));
}

/**
 * @param {Comparison} data @param {ComparisonView} view @param {Measure} measure @param {ComparedTrace} trace
 * @param {readonly string[]} names
 */
function traceRow(data, view, measure, trace, names) {
  const reference = scoreIn(trace, data.reference);
  const loss = reference === undefined ? null : measure.of(reference);
  const ratios = names.map((name) => ratioIn(measure, data, trace, name));
  const best = Math.min(...ratios.filter((ratio) => ratio !== null));
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      trace.name,
      element("small", {}, `${trace.slotSeconds / 60} min slots${trace.synthetic ? ", synthetic" : ""}`),
    ),
    ...ratios.map((ratio, i) =>
      element(
        "td",
        {
          class: `${verdictOf(ratio)} ${names[i] === view.forecaster ? "beside" : ""} ${ratio === best ? "lowest" : ""}`,
        },
        sayRatio(ratio),
      ),
    ),
    element("td", {}, loss === null ? "–" : loss.toFixed(3)),
    element("td", {}, String(trace.origins.length)),
    element("td", {}, short(trace.meanLoad)),
  );
}

/** One forecaster's coverage and losses on every trace. @param {Comparison} data @param {ComparisonView} view @param {readonly ComparedTrace[]} traces */
function detailOf(data, view, traces) {
  const { levels } = data.settings;
  const rows = traces.flatMap((trace) => {
    const score = scoreIn(trace, view.forecaster);
    if (score === undefined) return [];
    const [first] = score.replaced;
    const why =
      first === undefined ? "" : `${score.replaced.length} of ${trace.origins.length}: ${first.why}`;
    return [
      element(
        "tr",
        {},
        element("th", { scope: "row" }, trace.name),
        ...score.coverage.map((share, l) =>
          element("td", { class: isNear(score, levels, l) ? "" : "off" }, sayCoverage(share)),
        ),
        ...score.losses.map((loss) => element("td", {}, loss === null ? "–" : loss.toFixed(3))),
        element("td", { class: "words" }, why),
      ),
    ];
  });
  return element(
    "details",
    {},
    element("summary", {}, `Coverage and losses of ${labelOf(data, view.forecaster)} on every trace`),
    tableOf(
      "Coverage by trace",
      [
        "Trace",
        ...levels.map((level) => `covers ${level}`),
        ...levels.map((level) => `loss ${level}`),
        "Origins at which the reference counted instead",
      ],
      rows,
    ),
  );
}
