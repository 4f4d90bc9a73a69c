/** The charts: one below the other over the same stretch of time, with one cursor. */

/**
 * What a reader has chosen. `run` and `rival` are indices of runs.
 * @typedef {{ run: number, rival: number, timeZone: string }} View
 */

/** Cumulative money of a run, minute by minute. @param {PageRun} run @param {number} pricePerUnitHour */
function spent(run, pricePerUnitHour) {
  let sum = 0;
  return run.desired.map((units) => {
    sum += (units * pricePerUnitHour) / 60;
    return sum;
  });
}

/** @param {PageData} data @param {View} view @param {ReturnType<typeof colours>} colour */
function chartsOf(data, view, colour) {
  const shown = /** @type {PageRun} */ (data.runs[view.run]);
  const rival = data.runs[view.rival];
  const none = data.load.map(() => null);
  const price = data.assumptions.pricePerUnitHour;
  const step = uPlot.paths.stepped?.({ align: -1 });
  const perUnit = data.assumptions.unitLoad;
  return [
    {
      title: "Load (requests per minute; right: units that carry it)",
      height: 190,
      right: (/** @type {number} */ value) => short(Number((value / perUnit).toPrecision(2))),
      columns: [shown.forecast?.upper ?? none, shown.forecast?.median ?? none, data.load],
      series: [
        { label: "forecast, upper", stroke: colour.band, width: 1, dash: [2, 3] },
        { label: "forecast, middle", stroke: colour.forecast, width: 1.5, dash: [6, 3] },
        { label: "load", stroke: colour.load, width: 1 },
      ],
      bands: [{ series: /** @type {[number, number]} */ ([1, 2]), fill: colour.band }],
      marks: false,
      line: null,
    },
    {
      title: `Units of ${shown.label}`,
      height: 190,
      right: null,
      columns: [shown.desired, shown.ready, rival === undefined || rival === shown ? none : rival.desired],
      series: [
        { label: "desired", stroke: colour.desired, width: 1.5, dash: [5, 3], paths: step },
        { label: "ready", stroke: colour.ready, width: 2, paths: step },
        {
          label: rival === undefined || rival === shown ? "" : `desired, ${rival.label}`,
          stroke: colour.rival,
          width: 1,
          paths: step,
        },
      ],
      bands: [{ series: /** @type {[number, number]} */ ([1, 2]), fill: colour.pending }],
      marks: true,
      line: data.policy.capacity.max,
    },
    {
      title: `Money spent since the start (${data.assumptions.currency}, from desired units)`,
      height: 150,
      right: null,
      columns: [spent(shown, price), rival === undefined ? none : spent(rival, price)],
      series: [
        { label: shown.label, stroke: colour.ready, width: 2 },
        {
          label: rival === undefined || rival === shown ? "" : rival.label,
          stroke: colour.rival,
          width: 1.5,
          dash: [6, 3],
        },
      ],
      bands: [],
      marks: false,
      line: null,
    },
    {
      title: "Latency, 95th percentile of the minute (ms), and the objective",
      height: 150,
      right: null,
      columns: [shown.latencyP95Ms],
      series: [{ label: "p95", stroke: colour.latency, width: 1 }],
      bands: [],
      marks: false,
      line: data.assumptions.objectiveMs,
    },
    {
      title: "Requests of the minute that missed the objective",
      height: 120,
      right: null,
      columns: [shown.violations, rival === undefined || rival === shown ? none : rival.violations],
      series: [
        { label: shown.label, stroke: colour.missed, fill: colour.missed, width: 1, paths: step },
        {
          label: rival === undefined || rival === shown ? "" : rival.label,
          stroke: colour.rival,
          width: 1,
          dash: [3, 3],
          paths: step,
        },
      ],
      bands: [],
      marks: false,
      line: null,
    },
  ];
}

/**
 * Draws the charts into a holder. Returns what must be called when they are thrown away.
 * @param {HTMLElement} holder @param {PageData} data @param {View} view @param {TimeAxis} axis
 * @param {(index: number | null) => void} onCursor @param {(at: number) => void} onPick
 */
function drawCharts(holder, data, view, axis, onCursor, onPick) {
  const colour = colours();
  const times = Float64Array.from({ length: data.minutes }, (_, i) => data.start + i * 60);
  const sync = uPlot.sync("replay");
  const made = chartsOf(data, view, colour).map((chart) => {
    const box = element(
      "figure",
      { class: "chart" },
      element("figcaption", {}, chart.title, legendOf(chart.series)),
    );
    holder.append(box);
    const plot = new uPlot(
      /** @type {any} */ ({
        width: Math.max(280, box.clientWidth),
        height: chart.height,
        tzDate: (/** @type {number} */ at) => uPlot.tzDate(new Date(at * 1000), view.timeZone),
        legend: { show: false },
        cursor: {
          sync: { key: sync.key },
          drag: { x: true, y: false, setScale: false },
          points: { size: 5 },
        },
        scales: {
          x: { time: true, min: axis.min, max: axis.max },
          y: {
            range: (/** @type {any} */ _u, /** @type {number} */ _min, /** @type {number | null} */ max) => [
              0,
              Math.max(1, (max ?? 1) * 1.08),
            ],
          },
        },
        axes: axesOf(chart, colour),
        series: [{}, ...chart.series],
        bands: chart.bands,
        hooks: {
          drawClear: [(/** @type {uPlotChart} */ u) => shadePromotions(u, data, colour.promotion)],
          draw: [(/** @type {uPlotChart} */ u) => drawMarks(u, chart, data, view, colour)],
          setSelect: [(/** @type {uPlotChart} */ u) => zoomToSelection(u, axis)],
          setCursor: [(/** @type {uPlotChart} */ u) => onCursor(u.cursor.idx ?? null)],
        },
      }),
      /** @type {any} */ ([times, ...chart.columns]),
      box,
    );
    listen(plot, axis, onPick);
    return plot;
  });
  const follow = (/** @type {number} */ min, /** @type {number} */ max) => {
    for (const plot of made) plot.setScale("x", { min, max });
  };
  axis.listeners.push(follow);
  const resize = new ResizeObserver(() => {
    for (const plot of made) {
      const width = Math.max(280, plot.root.parentElement?.clientWidth ?? 0);
      if (width !== plot.width) plot.setSize({ width, height: plot.height });
    }
  });
  resize.observe(holder);
  return () => {
    resize.disconnect();
    axis.listeners.splice(axis.listeners.indexOf(follow), 1);
    for (const plot of made) plot.destroy();
    fill(holder);
  };
}

/** @param {readonly { label: string, stroke: string, dash?: number[] }[]} series */
function legendOf(series) {
  const legend = element("span", { class: "legend" });
  for (const { label, stroke, dash } of series) {
    if (label === "") continue;
    const key = element("span", { class: dash === undefined ? "key" : "key dashed" });
    key.style.borderTopColor = stroke;
    legend.append(element("span", {}, key, label));
  }
  return legend;
}

/**
 * Tick labels by the distance of ticks: the label, and what is added when the year or the day begins (uPlot's table:
 * distance, label, year, month, day, hour, minute, second, mode).
 */
const TIME_LABELS = [
  [86_400 * 28, "{MMM} {YYYY}", null, null, null, null, null, null, 1],
  [86_400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
];

/** @param {ReturnType<typeof chartsOf>[number]} chart @param {ReturnType<typeof colours>} colour */
function axesOf(chart, colour) {
  const grid = { stroke: colour.grid, width: 1 };
  const look = { stroke: colour.faint, grid, ticks: grid };
  /** @param {(value: number) => string} say */
  const labels = (say) => (/** @type {unknown} */ _u, /** @type {number[]} */ splits) => splits.map(say);
  const right = { ...look, side: 1, size: 46, scale: "y", grid: { show: false } };
  return [
    { ...look, values: TIME_LABELS },
    { ...look, size: 52, values: labels(short) },
    chart.right === null
      ? { ...right, ticks: { show: false }, values: labels(() => "") }
      : { ...right, values: labels(chart.right) },
  ];
}
