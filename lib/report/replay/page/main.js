/** Puts the page together. */

/** @type {PageData} */
const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
const axis = new TimeAxis(data.start, data.start + (data.minutes - 1) * 60);

/** @type {View} */
const view = {
  run: 0,
  rival: Math.max(
    0,
    data.runs.findIndex((run) => run.name === "target-tracking"),
  ),
  timeZone: data.policy.timeZone,
};

const readout = element("p", { class: "readout", "aria-live": "off" });
const charts = element("div", {
  class: "charts",
  tabindex: 0,
  role: "group",
  "aria-label": "Charts; arrow keys move, plus and minus zoom, 0 shows all",
  onkeydown: (event) => onAxisKey(event, axis),
});
const panel = new DecisionPanel(data, view, (decision) => axis.reveal(decision.at));

/** @param {number | null} index */
function showMoment(index) {
  const run = data.runs[view.run];
  if (index === null || run === undefined) {
    readout.textContent =
      "Move over a chart to read it; drag to zoom; click to see the decision of that moment.";
    return;
  }
  const ready = run.ready[index] ?? 0;
  const desired = run.desired[index] ?? 0;
  const middle = run.forecast?.median[index];
  const forecast =
    middle === null || middle === undefined
      ? ""
      : ` (forecast ${short(middle)} to ${short(run.forecast?.upper[index] ?? 0)})`;
  const missed = run.violations[index] ?? 0;
  readout.textContent =
    `${instant(data.start + index * 60, view.timeZone)} · load ${short(data.load[index] ?? 0)}${forecast}` +
    ` · desired ${desired}, ready ${ready}${desired > ready ? `, pending ${desired - ready}` : ""}` +
    ` · p95 ${latency(run.latencyP95Ms[index])}${missed > 0 ? ` · ${short(missed)} missed` : ""}`;
}

let clear = () => {};
function redraw() {
  clear();
  if (data.runs.length === 0) return;
  clear = drawCharts(charts, data, view, axis, showMoment, (at) => panel.pick(at));
}

/** A link that was cut off in the middle of an escape is left as it is. @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function controls() {
  const runs = data.runs.map((run, index) => ({ value: String(index), text: run.label }));
  const zones = [...new Set([data.policy.timeZone, "UTC"])].map((zone) => ({ value: zone, text: zone }));
  return element(
    "div",
    { class: "controls" },
    stretchButtons(axis),
    chooser("Run", runs, String(view.run), (value) => {
      view.run = Number(value);
      redraw();
    }),
    chooser("beside", runs, String(view.rival), (value) => {
      view.rival = Number(value);
      redraw();
    }),
    chooser("Times in", zones, view.timeZone, (value) => {
      view.timeZone = value;
      panel.drawList();
      redraw();
    }),
    themeChooser(redraw),
  );
}

document.body.append(
  element(
    "main",
    {},
    heading(data),
    summaryTable(data),
    forecastOff(data),
    controls(),
    readout,
    charts,
    panel.root,
    account(data),
  ),
);
showMoment(null);
redraw();

const linked = /#t=([^&]+)/.exec(location.hash);
if (linked !== null) panel.pick(Date.parse(decoded(linked[1] ?? "")) / 1000);
