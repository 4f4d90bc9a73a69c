/** Puts the page together. */

/** @type {Comparison} */
const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");

const measures = measuresOf(data);

/** @type {ComparisonView} */
const view = {
  measure: "wql",
  forecaster:
    data.standings.find(({ forecaster }) => forecaster === "ours")?.forecaster ??
    data.standings.find(({ forecaster }) => forecaster !== data.reference)?.forecaster ??
    data.reference,
};

const standings = element("div");
const traces = element("div");
const chosen = element("div", { class: "choosers" });

function redraw() {
  const measure = measures.find(({ name }) => name === view.measure) ?? measures[0];
  fill(standings, standingsTable(data, view, pickForecaster));
  if (measure !== undefined) fill(traces, tracesSection(data, view, measure));
  fill(chosen, ...choosers());
}

/** What is drawn anew takes the focus along that a keyboard had on it. @param {string} forecaster */
function pickForecaster(forecaster) {
  view.forecaster = forecaster;
  redraw();
  const pressed = standings.querySelector("[aria-pressed=true]");
  if (pressed instanceof HTMLElement) pressed.focus({ preventScroll: true });
}

function choosers() {
  const forecasters = data.standings.map(({ forecaster }) => ({
    value: forecaster,
    text: labelOf(data, forecaster),
  }));
  const shown = measures.map(({ name, text }) => ({ value: name, text }));
  return [
    chooser("Measure", shown, view.measure, (value) => {
      view.measure = value;
      redraw();
    }),
    chooser("Worst first for", forecasters, view.forecaster, (value) => {
      view.forecaster = value;
      redraw();
    }),
  ];
}

document.body.append(
  element(
    "main",
    {},
    heading(data),
    standings,
    coverageTable(data),
    element("div", { class: "controls" }, chosen, themeChooser(redraw)),
    traces,
    about(data),
  ),
);
redraw();
