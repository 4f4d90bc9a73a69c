/** Cost over violations in one case: the curves of all policies, and the bound that none of them can pass. */

/** Fewer violations than this stand at the left edge: a scale of powers has no zero. */
const FEWEST_VIOLATIONS = 1e-4;

/** Dearer than so many times the bound at the strictest share is cut off, or the rest could not be told apart. */
const TALLEST = 4;

/**
 * @typedef {object} Curve
 * @property {string} label
 * @property {readonly (readonly [violations: number, unitHours: number, outcome: KnobOutcome | null])[]} points
 * @property {string} stroke
 * @property {number} width
 * @property {number[]} [dash]
 */

/** @param {ScoreData} data @param {ScoreView} view @param {ScoreCase} scoreCase @returns {readonly Curve[]} */
function curvesOf(data, view, scoreCase) {
  const colour = coloursOf(["ready", "desired", "rival", "text", "forecast"]);
  const faint = data.policies.filter(({ name }) => name !== "forewarm" && name !== view.beside);
  const drawn = [
    ...faint.map(({ name }) => ({ name, stroke: colour.rival, width: 0.6 })),
    { name: view.beside, stroke: colour.desired, width: 2 },
    { name: "forewarm", stroke: colour.ready, width: 2.5 },
  ];
  const policies = drawn.map(({ name, stroke, width }) => ({
    label: labelOf(data, name),
    points: hullOf(scoreCase, name, view),
    stroke,
    width,
  }));
  return [
    ...policies,
    {
      label: "clairvoyant plan",
      points: scoreCase.bounds.flatMap(({ share, clairvoyant }) =>
        clairvoyant === null ? [] : [/** @type {const} */ ([share, clairvoyant, null])],
      ),
      stroke: colour.text,
      width: 1,
      dash: [4, 4],
    },
    {
      label: "bound",
      points: scoreCase.bounds.map(({ share, bound }) => /** @type {const} */ ([share, bound, null])),
      stroke: colour.text,
      width: 2,
    },
  ];
}

/** Ablations take the tuned settings and have no others. @param {ScoreCase} scoreCase @param {string} name @param {ScoreView} view */
function hullOf(scoreCase, name, view) {
  const version = versionOf(scoreCase, name, view.version);
  if (version === undefined) return [];
  return version.hull.flatMap((index) => {
    const outcome = version.outcomes[index];
    return outcome === undefined
      ? []
      : [
          /** @type {const} */ ([
            Math.max(FEWEST_VIOLATIONS, outcome.violations),
            outcome.unitHours,
            outcome,
          ]),
        ];
  });
}

/**
 * Draws the curves into a holder. Returns what must be called when they are thrown away.
 * @param {HTMLElement} holder @param {HTMLElement} readout @param {ScoreData} data @param {ScoreView} view
 */
function drawCurves(holder, readout, data, view) {
  const scoreCase = data.cases[view.index];
  if (scoreCase === undefined) return () => {};
  const colour = coloursOf(["faint", "grid"]);
  const curves = curvesOf(data, view, scoreCase);
  const xs = [...new Set(curves.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const columns = curves.map(({ points }) => {
    const at = new Map(points.map(([x, y]) => [x, y]));
    return xs.map((x) => at.get(x) ?? null);
  });
  const top = TALLEST * Math.max(...scoreCase.bounds.map(({ bound }) => bound));
  const look = {
    stroke: colour.faint,
    grid: { stroke: colour.grid, width: 1 },
    ticks: { stroke: colour.grid },
  };
  const box = element("figure", { class: "chart" }, caption(data, view));
  holder.append(box);
  const plot = new uPlot(
    /** @type {any} */ ({
      width: Math.max(280, box.clientWidth),
      height: 420,
      legend: { show: false },
      cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, distr: 3, range: () => [FEWEST_VIOLATIONS, 1] },
        y: {
          range: (/** @type {any} */ _u, /** @type {number} */ _min, /** @type {number | null} */ max) => [
            0,
            Math.max(1e-9, Math.min(top, 1.05 * (max ?? top))),
          ],
        },
      },
      axes: [
        {
          ...look,
          label: "share of requests outside the objective",
          labelSize: 22,
          values: (/** @type {any} */ _u, /** @type {(number | null)[]} */ splits) =>
            splits.map((x) => (x !== null && Math.abs(Math.log10(x) % 1) < 1e-6 ? sayShare(x) : "")),
        },
        {
          ...look,
          size: 56,
          label: "unit-hours",
          labelSize: 22,
          values: (/** @type {any} */ _u, /** @type {number[]} */ splits) => splits.map(short),
        },
      ],
      series: [
        {},
        ...curves.map(({ label, stroke, width, dash }) => ({
          label,
          stroke,
          width,
          dash,
          spanGaps: true,
          points: { show: width >= 1, size: width >= 2 ? 6 : 4, fill: stroke, stroke },
        })),
      ],
      hooks: {
        drawClear: [(/** @type {uPlotChart} */ u) => markShares(u, data.shares, colour.faint)],
        setCursor: [(/** @type {uPlotChart} */ u) => showNearest(u, curves, readout)],
      },
    }),
    /** @type {any} */ ([xs, ...columns]),
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

/** @param {ScoreData} data @param {ScoreView} view */
function caption(data, view) {
  const keys = /** @type {const} */ ([
    ["--ready", "", "Forewarm"],
    ["--desired", "", labelOf(data, view.beside)],
    ["--rival", "", "the others"],
    ["--text", "dashed", "clairvoyant plan"],
    ["--text", "", "bound: no policy is below"],
  ]);
  const legend = keys.map(([colour, dashed, text]) => {
    const key = element("span", { class: `key ${dashed}` });
    key.style.borderTopColor = `var(${colour})`;
    return element("span", {}, key, text);
  });
  return element(
    "figcaption",
    {},
    "Cost over violations (simulated)",
    element("span", { class: "legend" }, ...legend),
  );
}

/** A line at each share at which costs are compared. @param {uPlotChart} u @param {readonly number[]} shares @param {string} stroke */
function markShares(u, shares, stroke) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.setLineDash([3, 5]);
  for (const share of shares) {
    const x = u.valToPos(share, "x", true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** Points nearer than this to the pointer are read out, in pixels. */
const NEAR = 30;

/** @param {uPlotChart} u @param {readonly Curve[]} curves @param {HTMLElement} readout */
function showNearest(u, curves, readout) {
  const { left = -1, top = -1 } = u.cursor;
  let nearest = NEAR;
  let said = "Move over a point to read it.";
  for (const { label, points } of curves) {
    for (const [x, y, outcome] of points) {
      const distance = Math.hypot(u.valToPos(x, "x") - left, u.valToPos(y, "y") - top);
      // The later a curve is drawn, the more it is meant.
      if (distance > nearest) continue;
      nearest = distance;
      said = `${label}: ${percent(outcome?.violations ?? x, 3)} violations, ${grouped(y)} unit-hours${sayOutcome(outcome)}`;
    }
  }
  readout.textContent = said;
}

/** @param {KnobOutcome | null} outcome */
const sayOutcome = (outcome) =>
  outcome === null
    ? ""
    : `, knob ${short(outcome.knob)}${outcome.shipped ? " (as shipped)" : ""}, ${outcome.actionsPerDay.toFixed(1)} actions and ${outcome.flapsPerDay.toFixed(1)} flaps a day`;
