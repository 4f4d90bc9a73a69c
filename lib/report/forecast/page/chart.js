/** The load that was, and the bands of what is expected. */

/** Days before months, as the rest of the page says them (uPlot's table: distance, label, what begins a year, a day …). */
const DAY_LABELS = [
  [86_400 * 28, "{MMM} {YYYY}", null, null, null, null, null, null, 1],
  [86_400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
];

/** The past and the forecast on one axis of times. @param {Shown} data @returns {ChartColumns} */
function columnsOf({ past, start, slotSeconds, quantiles, sameTimeLastWeek }) {
  const before = past?.values ?? [];
  const first = past === null ? start : past.start;
  const ahead = quantiles[0]?.length ?? 0;
  const offset = Math.round((start - first) / slotSeconds);
  const count = Math.max(before.length, offset + ahead);
  const shifted = (/** @type {readonly number[]} */ values) =>
    Array.from({ length: count }, (_, i) => values[i - offset] ?? null);
  return {
    times: Float64Array.from({ length: count }, (_, i) => first + i * slotSeconds),
    past: Array.from({ length: count }, (_, i) => before[i] ?? null),
    naive: shifted(sameTimeLastWeek),
    quantiles: quantiles.map(shifted),
  };
}

/** @param {Record<string, string>} colour */
function linesOf(colour) {
  return [
    { label: "load", stroke: colour["load"], width: 1 },
    { label: "same time last week", stroke: colour["rival"], width: 1, dash: [3, 3] },
    { label: "middle", stroke: colour["forecast"], width: 1.75 },
    { label: "95 %", stroke: colour["forecast"], width: 1, dash: [1, 2] },
    { label: "99 %", stroke: colour["desired"], width: 0.75, dash: [4, 3] },
  ];
}

/**
 * Draws the chart into a holder; returns what must be called when it is thrown away.
 * @param {HTMLElement} holder @param {Shown} data @param {ChartColumns} columns
 * @param {(index: number | null) => void} onCursor
 */
function drawChart(holder, data, columns, onCursor) {
  const colour = coloursOf([
    "faint",
    "grid",
    "load",
    "forecast",
    "band",
    "desired",
    "pending",
    "rival",
    "promotion",
  ]);
  const lines = linesOf(colour);
  const box = element(
    "figure",
    { class: "chart" },
    element("figcaption", {}, "Load per minute", legendOf(lines)),
  );
  holder.append(box);
  const plot = new uPlot(
    /** @type {any} */ ({
      width: Math.max(280, box.clientWidth),
      height: 380,
      tzDate: (/** @type {number} */ at) => uPlot.tzDate(new Date(at * 1000), data.timeZone),
      legend: { show: false },
      cursor: { points: { size: 5 }, drag: { x: true, y: false } },
      scales: {
        x: { time: true },
        y: {
          range: (/** @type {any} */ _u, /** @type {number} */ _min, /** @type {number | null} */ max) => [
            0,
            Math.max(1, (max ?? 1) * 1.06),
          ],
        },
      },
      axes: [
        axisOf(colour, { values: DAY_LABELS }),
        axisOf(colour, {
          size: 56,
          values: (/** @type {any} */ _u, /** @type {number[]} */ ticks) => ticks.map(short),
        }),
      ],
      series: [{}, ...lines.map((line) => ({ ...line, spanGaps: false, points: { show: false } }))],
      bands: [
        { series: [4, 3], fill: colour["band"] },
        { series: [5, 4], fill: colour["pending"] },
      ],
      hooks: {
        drawClear: [(/** @type {uPlotChart} */ u) => shade(u, data, colour)],
        draw: [(/** @type {uPlotChart} */ u) => drawNow(u, data, colour)],
        setCursor: [(/** @type {uPlotChart} */ u) => onCursor(u.cursor.idx ?? null)],
      },
    }),
    /** @type {any} */ ([columns.times, columns.past, columns.naive, ...columns.quantiles]),
    box,
  );
  const resize = new ResizeObserver(() => {
    const width = Math.max(280, box.clientWidth);
    if (width !== plot.width) plot.setSize({ width, height: plot.height });
  });
  resize.observe(holder);
  return () => {
    resize.disconnect();
    plot.destroy();
    fill(holder);
  };
}

/** @param {Record<string, string>} colour @param {object} more */
function axisOf(colour, more) {
  const line = { stroke: colour["grid"], width: 1 };
  return { stroke: colour["faint"], grid: line, ticks: line, font: "12px system-ui, sans-serif", ...more };
}

/** Windows that were left out of learning. @param {uPlotChart} u @param {Shown} data @param {Record<string, string>} colour */
function shade(u, { masked }, colour) {
  const { left, top, width, height } = u.bbox;
  u.ctx.save();
  u.ctx.fillStyle = colour["promotion"] ?? "";
  for (const { start, end } of masked) {
    const from = Math.max(left, u.valToPos(start, "x", true));
    const to = Math.min(left + width, u.valToPos(end, "x", true));
    if (to > from) u.ctx.fillRect(from, top, Math.max(2, to - from), height);
  }
  u.ctx.restore();
}

/** The moment that all is seen from. @param {uPlotChart} u @param {Shown} data @param {Record<string, string>} colour */
function drawNow(u, { at }, colour) {
  const x = u.valToPos(at, "x", true);
  if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
  u.ctx.save();
  u.ctx.strokeStyle = colour["faint"] ?? "";
  u.ctx.setLineDash([6, 4]);
  u.ctx.beginPath();
  u.ctx.moveTo(x, u.bbox.top);
  u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
  u.ctx.stroke();
  u.ctx.restore();
}

/** @param {readonly { label: string, stroke: string | undefined, dash?: number[] }[]} lines */
function legendOf(lines) {
  const legend = element("span", { class: "legend" });
  for (const { label, stroke, dash } of lines) {
    const key = element("span", { class: dash === undefined ? "key" : "key dashed" });
    key.style.borderTopColor = stroke ?? "";
    legend.append(element("span", {}, key, label));
  }
  return legend;
}
