/** The colours of the charts, what is drawn over and under their lines, and what a click or the wheel does there. */

/** The palette of the charts. */
const colours = () =>
  coloursOf([
    "faint",
    "grid",
    "load",
    "band",
    "forecast",
    "desired",
    "ready",
    "pending",
    "rival",
    "missed",
    "latency",
    "promotion",
  ]);

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
