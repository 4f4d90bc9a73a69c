/** What was assumed, what was set aside, and what each policy is. */

/** @param {ScoreData} data */
function assumed(data) {
  const { assumptions } = data;
  const facts = /** @type {const} */ ([
    ["Step of the simulation", `${assumptions.stepSeconds} s`],
    ["Requests a minute that one unit carries", grouped(assumptions.unitLoad)],
    ["Objective for the latency", latency(assumptions.objectiveMs)],
    ["Lead times", assumptions.leadTimeSpread],
    ["Seeds", assumptions.seeds.join(", ")],
    ["Trials for each policy, on the first part of a trace", String(assumptions.trials)],
    ["Values of the knob on the scored part", String(assumptions.knobValues)],
  ]);
  const rows = facts.map(([name, fact]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, fact)),
  );
  return element(
    "section",
    {},
    element("h2", {}, "What was assumed"),
    element("table", { class: "facts" }, element("tbody", {}, ...rows)),
    element("ul", { class: "notes" }, ...assumptions.notes.map((note) => element("li", {}, note))),
    element("h2", {}, "The traces"),
    tracesOf(data),
    element("h2", {}, "The policies"),
    element("p", { class: "note" }, "What each is, of what source, and where it departs from its original."),
    ...data.policies.map(policyDetails),
  );
}

/** @param {ScoreData} data */
function tracesOf({ traces, setAside }) {
  /** @param {{ from: number, to: number }} part */
  const days = ({ from, to }) => `${isoMinute(from)} to ${isoMinute(to)}`;
  const rows = traces.map(({ name, synthetic, stepSeconds, training, scored, notes }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name, ...(synthetic ? [element("small", {}, "synthetic")] : [])),
      element("td", {}, `${stepSeconds} s`),
      element("td", {}, days(training)),
      element("td", {}, days(scored)),
      element("td", { class: "settings" }, notes.join(" ")),
    ),
  );
  const aside = setAside.map(({ trace, why }) => element("li", {}, `${trace}: ${why}`));
  return element(
    "div",
    {},
    tableOf("Traces", ["Trace", "Step", "Learned and tuned on", "Scored on", "Notes"], rows),
    ...(aside.length === 0 ? [] : [element("p", {}, "Set aside:"), element("ul", {}, ...aside)]),
  );
}

/** @param {PolicyAccount} account */
function policyDetails({ label, kind, about, knob, settings }) {
  const tried = Object.entries(settings).map(([name, values]) =>
    element("li", {}, `${name}: ${values.join(", ")}`),
  );
  return element(
    "details",
    {},
    element("summary", {}, label, element("small", {}, KINDS[kind])),
    element("p", {}, about),
    element(
      "p",
      { class: "note" },
      `Knob: ${knob}.${tried.length === 0 ? "" : " Tuned, the shipped value first:"}`,
    ),
    element("ul", { class: "notes" }, ...tried),
  );
}
