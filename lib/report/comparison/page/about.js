/** How it was measured, what each forecaster is, and what was set aside. */

/** @param {Comparison} data */
function about(data) {
  const { settings, setAside, traces } = data;
  const facts = /** @type {const} */ ([
    ["Loss", "twice the pinball loss ÷ the load that came, mean over the levels"],
    ["Levels", settings.levels.join(", ")],
    ["Ahead of each origin", `${settings.horizonSeconds / 3600} h`],
    ["From one origin to the next", `${settings.everySeconds / 3600} h, or more where there are too many`],
    ["Origins for each trace, at most", settings.mostOrigins === null ? "all" : String(settings.mostOrigins)],
    ["History before an origin, at most", `${settings.historyDays} days`],
    ["Left out of history and scores", "steps that are missing or were filled"],
    [
      "Where a forecaster gives nothing",
      `“${labelOf(data, data.reference)}” counts in its place, and the origin is listed`,
    ],
  ]);
  const rows = facts.map(([name, fact]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, fact)),
  );
  const notes = traces.flatMap(({ name, notes: said }) => said.map((note) => `${name}: ${note}`));
  return element(
    "section",
    {},
    element("h2", {}, "How it was measured"),
    element("table", { class: "facts" }, element("tbody", {}, ...rows)),
    ...listed(
      "Set aside:",
      setAside.map(({ trace, why }) => `${trace}: ${why}`),
    ),
    ...listed("Notes on the traces:", notes),
    element("h2", {}, "The forecasters"),
    ...data.forecasters.map(({ label, about: text }) =>
      element("details", {}, element("summary", {}, label), element("p", {}, text)),
    ),
  );
}

/** @param {string} title @param {readonly string[]} texts */
function listed(title, texts) {
  if (texts.length === 0) return [];
  return [
    element("p", {}, title),
    element("ul", { class: "notes" }, ...texts.map((text) => element("li", {}, text))),
  ];
}
