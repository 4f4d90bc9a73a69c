/** The charts: one below the other over the same stretch of time, with one cursor. */

/**
 * What a reader has chosen. `run` and `rival` are indices of runs.
 * @typedef {{ run: number, rival: number, timeZone: string }} View
 */

/** The palette of the page, read from the style so that light and dark share one place. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of("text"),
    faint: of("faint"),
    grid: of("grid"),
    load: of("load"),
    band: of("band"),
    forecast: of("forecast"),
    desired: of("desired"),
    ready: of("ready"),
    pending: of("pending"),
    rival: of("rival"),
    missed: of("missed"),
    latency: of("latency"),
    promotion: of("promotion"),
  };
}

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
  const perUnit = data.policy.load?.perUnit ?? 1;
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

/** Where each promotion stands in the chart, in pixels; those out of sight are left out. @param {uPlotChart} u @param {PageData} data */
function promotionBoxes(u, data) {
  return data.promotions.flatMap(({ start, end, name }) => {
    const left = Math.max(u.bbox.left, u.valToPos(start, "x", true));
    const right = Math.min(u.bbox.left + u.bbox.width, u.valToPos(end, "x", true));
    return right > left ? [{ left, width: Math.max(2, right - left), name }] : [];
  });
}

/** @param {uPlotChart} u @param {PageData} data @param {string} fillStyle */
function shadePromotions(u, data, fillStyle) {
  u.ctx.save();
  u.ctx.fillStyle = fillStyle;
  for (const { left, width } of promotionBoxes(u, data)) {
    u.ctx.fillRect(left, u.bbox.top, width, u.bbox.height);
  }
  u.ctx.restore();
}

/** @param {uPlotChart} u @param {PageData} data @param {string} fillStyle */
function namePromotions(u, data, fillStyle) {
  u.ctx.save();
  u.ctx.fillStyle = fillStyle;
  u.ctx.font = `600 ${11 * devicePixelRatio}px system-ui, sans-serif`;
  for (const { left, name } of promotionBoxes(u, data)) {
    u.ctx.fillText(name, left + 5 * devicePixelRatio, u.bbox.top - 4 * devicePixelRatio);
  }
  u.ctx.restore();
}

/**
 * The level that matters (objective or maximum), and a mark at each action when they are few enough to tell apart.
 * @param {uPlotChart} u @param {ReturnType<typeof chartsOf>[number]} chart @param {PageData} data @param {View} view
 * @param {ReturnType<typeof colours>} colour
 */
function drawMarks(u, chart, data, view, colour) {
  namePromotions(u, data, colour.faint);
  const { ctx } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  const { min = 0, max = 0 } = u.scales["y"] ?? {};
  if (chart.line !== null && chart.line <= Number(max) && chart.line >= Number(min)) {
    const y = u.valToPos(chart.line, "y", true);
    ctx.strokeStyle = colour.faint;
    ctx.setLineDash([8, 5]);
    ctx.beginPath();
    ctx.moveTo(u.bbox.left, y);
    ctx.lineTo(u.bbox.left + u.bbox.width, y);
    ctx.stroke();
  }
  if (chart.marks) drawActions(u, data.runs[view.run]?.actions ?? [], colour);
  ctx.restore();
}

const MOST_MARKS = 300;

/** @param {uPlotChart} u @param {PageRun["actions"]} actions @param {ReturnType<typeof colours>} colour */
function drawActions(u, actions, colour) {
  const { min = 0, max = 0 } = u.scales["x"] ?? {};
  const seen = actions.filter(({ at }) => at >= Number(min) && at <= Number(max));
  if (seen.length > MOST_MARKS) return;
  const { ctx } = u;
  const size = 5 * devicePixelRatio;
  ctx.setLineDash([]);
  for (const { at, from, to } of seen) {
    const x = u.valToPos(at, "x", true);
    const y = u.valToPos(to, "y", true);
    const up = to > from ? -1 : 1;
    ctx.fillStyle = to > from ? colour.desired : colour.ready;
    ctx.beginPath();
    ctx.moveTo(x, y + up * size);
    ctx.lineTo(x - size, y - up * size * 0.6);
    ctx.lineTo(x + size, y - up * size * 0.6);
    ctx.fill();
  }
}

/** @param {uPlotChart} u @param {TimeAxis} axis */
function zoomToSelection(u, axis) {
  const { left, width } = u.select;
  if (width < 5) return;
  axis.show(u.posToVal(left, "x"), u.posToVal(left + width, "x"));
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

/**
 * A click picks the decision of that moment; the wheel zooms with Ctrl or Cmd, so that the page can be scrolled.
 * @param {uPlotChart} plot @param {TimeAxis} axis @param {(at: number) => void} onPick
 */
function listen(plot, axis, onPick) {
  let pressedAt = 0;
  plot.over.addEventListener("mousedown", (/** @type {MouseEvent} */ event) => {
    pressedAt = event.clientX;
  });
  plot.over.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (Math.abs(event.clientX - pressedAt) < 4) onPick(plot.posToVal(plot.cursor.left ?? 0, "x"));
  });
  plot.over.addEventListener(
    "wheel",
    (/** @type {WheelEvent} */ event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      axis.zoom(event.deltaY > 0 ? 1.25 : 0.8, plot.posToVal(plot.cursor.left ?? 0, "x"));
    },
    { passive: false },
  );
}
