/** Puts the page together. */

/** @type {ScoreData} */
const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");

/** The middle share is the usual objective. @type {ScoreView} */
const view = { share: 1, version: "tuned", index: 0, beside: "" };
view.index = data.comparisons.tuned.verdicts[view.share]?.[0]?.index ?? 0;
view.beside =
  data.policies.find(({ name }) => name === "target-tracking")?.name ??
  data.policies.find(({ name }) => name !== "forewarm")?.name ??
  "";

const answer = element("div");
const standings = element("div");
const verdicts = element("div");
const ablations = element("div");
const charts = element("div", { class: "charts" });
const readout = element("p", { class: "readout", "aria-live": "off" }, "Move over a point to read it.");
const figures = element("div");
const caseTitle = element("h2", { id: "case" });

let clear = () => {};
function redrawCase() {
  clear();
  const scoreCase = data.cases[view.index];
  if (scoreCase === undefined) return;
  fill(caseTitle, sayCase(scoreCase));
  clear = drawCurves(charts, readout, data, view);
  fill(figures, caseTable(data, view));
}

function redraw() {
  fill(answer, headline(data, view));
  fill(standings, standingsTable(data, view, pickPolicy));
  fill(verdicts, verdictsTable(data, view, pickCase));
  fill(ablations, ablationsTable(data, view));
  redrawCase();
}

/** What is drawn anew takes the focus along that a keyboard had on it. @param {string} policy */
function pickPolicy(policy) {
  view.beside = policy;
  redraw();
  fill(chosen, ...choosers());
  focusPressed(standings);
}

/** @param {number} index */
function pickCase(index) {
  view.index = index;
  redraw();
  fill(chosen, ...choosers());
  focusPressed(verdicts);
  caseTitle.scrollIntoView({ block: "start" });
}

/** @param {HTMLElement} holder */
function focusPressed(holder) {
  const pressed = holder.querySelector("[aria-pressed=true]");
  if (pressed instanceof HTMLElement) pressed.focus({ preventScroll: true });
}

function choosers() {
  const shares = data.shares.map((share, i) => ({ value: String(i), text: sayShare(share) }));
  const versions = [
    { value: "tuned", text: "tuned" },
    { value: "defaults", text: "as shipped" },
  ];
  const rivals = data.policies
    .filter(({ name }) => name !== "forewarm")
    .map(({ name, label }) => ({ value: name, text: label }));
  const cases = data.cases.map((each, i) => ({ value: String(i), text: sayCase(each) }));
  return [
    chooser("Violations", shares, String(view.share), (value) => {
      view.share = Number(value);
      redraw();
    }),
    chooser("Settings", versions, view.version, (value) => {
      view.version = value === "tuned" ? "tuned" : "defaults";
      redraw();
    }),
    chooser("Case", cases, String(view.index), (value) => {
      view.index = Number(value);
      redraw();
    }),
    chooser("Beside Forewarm", rivals, view.beside, (value) => {
      view.beside = value;
      redraw();
    }),
  ];
}
const chosen = element("div", { class: "chosen" }, ...choosers());

document.body.append(
  element(
    "main",
    {},
    heading(data),
    answer,
    element("div", { class: "controls" }, chosen, themeChooser(redraw)),
    standings,
    verdicts,
    caseTitle,
    readout,
    charts,
    figures,
    ablations,
    assumed(data),
  ),
);
redraw();
