/** Every trace as a line of points, one a forecaster, on a scale of ratios: drawn as SVG, so that it prints and scales. */

const ROW = 26;
const LEFT = 250;
const RIGHT = 24;
const WIDTH = 1100;
const TOP = 34;
const SVG = "http://www.w3.org/2000/svg";

/** Beyond these ratios a point stands at the edge, as an arrow. */
const LOWEST = 0.25;
const HIGHEST = 4;

const TICKS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];

/**
 * @param {string} tag @param {Record<string, string | number>} attributes @param {...(Node | string)} children
 */
function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** On a logarithmic scale half and twice are as far from 1. @param {number} ratio */
function across(ratio) {
  const bounded = Math.min(HIGHEST, Math.max(LOWEST, ratio));
  const share = Math.log(bounded / LOWEST) / Math.log(HIGHEST / LOWEST);
  return LEFT + share * (WIDTH - LEFT - RIGHT);
}

/**
 * @param {Comparison} data @param {ComparisonView} view @param {Measure} measure @param {readonly ComparedTrace[]} traces
 */
function ratioPlot(data, view, measure, traces) {
  const height = TOP + ROW * traces.length + 8;
  const ticks = TICKS.map((tick) =>
    drawn(
      "g",
      { class: tick === 1 ? "tick one" : "tick" },
      drawn("line", { x1: across(tick), x2: across(tick), y1: TOP - 6, y2: height - 4 }),
      drawn("text", { x: across(tick), y: TOP - 12, "text-anchor": "middle" }, String(tick)),
    ),
  );
  const names = data.standings.map(({ forecaster }) => forecaster).filter((name) => name !== data.reference);
  const lines = traces.map((trace, i) => traceLine(data, view, measure, trace, names, TOP + ROW * (i + 0.5)));
  const figure = drawn(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "aria-label": "Ratio to the reference by trace; the table below has the numbers",
    },
    ...ticks,
    ...lines,
  );
  const keys = names.map((name, i) =>
    element("span", {}, element("i", { class: `dot ${toneOf(view, name, i)}` }), labelOf(data, name)),
  );
  return element(
    "figure",
    { class: "chart" },
    element(
      "figcaption",
      {},
      `${measure.text}, ÷ “${labelOf(data, data.reference)}”`,
      element("span", { class: "legend" }, ...keys),
    ),
    element("div", { class: "wide plot" }, figure),
  );
}

/** @param {ComparisonView} view @param {string} name @param {number} index */
function toneOf(view, name, index) {
  if (name === "ours") return "own";
  return name === view.forecaster ? "chosen" : `other${index % 3}`;
}

/**
 * @param {Comparison} data @param {ComparisonView} view @param {Measure} measure @param {ComparedTrace} trace
 * @param {readonly string[]} names @param {number} y
 */
function traceLine(data, view, measure, trace, names, y) {
  const points = names.flatMap((name, i) => {
    const ratio = ratioIn(measure, data, trace, name);
    if (ratio === null) return [];
    const title = drawn("title", {}, `${labelOf(data, name)}: ${sayRatio(ratio)}`);
    const tone = toneOf(view, name, i);
    if (ratio > HIGHEST || ratio < LOWEST) {
      const tip = ratio > HIGHEST ? 6 : -6;
      const x = across(ratio);
      return [
        drawn("path", { class: tone, d: `M${x - tip} ${y - 5}L${x + tip} ${y}L${x - tip} ${y + 5}Z` }, title),
      ];
    }
    return [drawn("circle", { class: tone, cx: across(ratio), cy: y, r: tone === "own" ? 6 : 4.5 }, title)];
  });
  // Ours last: nothing hides it.
  const own = points.filter((point) => point.getAttribute("class") === "own");
  const others = points.filter((point) => point.getAttribute("class") !== "own");
  return drawn(
    "g",
    {},
    drawn("line", { class: "base", x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y }),
    drawn("text", { x: LEFT - 12, y: y + 4, "text-anchor": "end" }, shortened(trace.name)),
    ...others,
    ...own,
  );
}

/** @param {string} name */
const shortened = (name) => (name.length > 32 ? `${name.slice(0, 31)}…` : name);
