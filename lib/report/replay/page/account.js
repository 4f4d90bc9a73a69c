/** What was assumed, what was read, who the rivals are, and the policy: so that a number can be judged. */

/** @param {PageData} data */
function account(data) {
  const { assumptions, trace, runs, policy } = data;
  return element(
    "section",
    { class: "account", "aria-label": "What was assumed" },
    element("h2", {}, "What was assumed"),
    element(
      "p",
      {},
      "No number on this page was measured on a real endpoint. The controller is the real one; the endpoint, its starts and its metrics are simulated.",
    ),
    bullets(assumptions.notes),
    folded(
      "The simulated endpoint",
      facts([
        ["Platform", assumptions.platform],
        ["Lead time, median", `${assumptions.leadTimeSeconds} s, ${assumptions.leadTimeSpread}`],
        ["Lock after a change that starts nothing", `${assumptions.scaleInLockSeconds} s`],
        ["Metrics are published after", `${assumptions.metricDelaySeconds} s`],
        ["A unit is full at", `${grouped(assumptions.saturationPerUnit, 2)} requests a minute`],
        ["Service time when idle", `${assumptions.serviceTimeSeconds} s`],
        ["Objective", `${assumptions.objectiveMs} ms`],
        ["Price", `${assumptions.pricePerUnitHour} ${assumptions.currency} per unit-hour`],
        ["Seed, step", `${assumptions.seed}, ${assumptions.stepSeconds} s`],
      ]),
    ),
    folded(
      "The trace",
      facts([
        ["Name", trace.name],
        ["Kind", trace.synthetic ? "synthetic: made by a generator" : "as given"],
        ["Span", `${instant(trace.from, "UTC")} to ${instant(trace.to, "UTC")} UTC`],
        [
          "Steps",
          `${grouped(trace.steps)} of ${trace.stepSeconds} s, ${grouped(trace.missingSteps)} missing`,
        ],
        ["History before the replay", `${grouped((trace.history.to - trace.history.from) / 86_400, 1)} days`],
        ["Arrivals", trace.spreading],
        ...trace.notes.map((note) => ["Noticed", note]),
        ...trace.setAside.map(({ why, rows, firstLine }) => [
          "Set aside",
          `${grouped(rows)} rows: ${why} (first in line ${firstLine})`,
        ]),
      ]),
    ),
    folded("What Forewarm is compared with", facts(runs.map(({ label, about }) => [label, about]))),
    folded("The policy", element("pre", {}, JSON.stringify(policy, null, 2))),
  );
}

/** @param {readonly string[]} lines */
function bullets(lines) {
  return element("ul", {}, ...lines.map((line) => element("li", {}, line)));
}

/** @param {string} title @param {HTMLElement} content */
function folded(title, content) {
  return element("details", {}, element("summary", {}, title), content);
}

/** @param {readonly (readonly string[])[]} rows */
function facts(rows) {
  const body = element("tbody");
  for (const [name = "", value = ""] of rows) {
    body.append(element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value)));
  }
  return element("table", { class: "facts" }, body);
}
