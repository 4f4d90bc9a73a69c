/** One case in figures: what every policy cost in it. */

/** @param {ScoreData} data @param {ScoreView} view */
function caseTable(data, view) {
  const scoreCase = data.cases[view.index];
  if (scoreCase === undefined) return element("div");
  const costs = data.policies
    .flatMap((account) => {
      const version = versionOf(scoreCase, account.name, view.version);
      return version === undefined ? [] : [{ account, version, cost: version.costs[view.share] }];
    })
    .sort((a, b) => (a.cost?.unitHours ?? Number.MAX_VALUE) - (b.cost?.unitHours ?? Number.MAX_VALUE));
  const titles = [
    "Simulated policy",
    ...data.shares.map((share) => `Unit-hours at ${sayShare(share)} (÷ bound)`),
    "Actions a day",
    "Flaps a day",
  ];
  const ideal = [
    boundRow("Bound", scoreCase, ({ bound }) => bound),
    boundRow("Linear programme (fluid units)", scoreCase, ({ linearProgramme }) => linearProgramme),
    boundRow("Clairvoyant plan", scoreCase, ({ clairvoyant }) => clairvoyant),
  ];
  return element(
    "div",
    {},
    element(
      "p",
      { class: "note" },
      `${grouped(scoreCase.requests)} requests, ${short(scoreCase.factor)} for each of the trace; at most ${scoreCase.maxUnits} units. Actions and flaps are of the cheapest run inside ${sayShare(data.shares[view.share] ?? 0)}. Costs between two runs lie on the straight line between them.`,
    ),
    tableOf("Costs of the case", titles, [
      ...ideal,
      ...costs.map(({ account, version }) => costRow(data, view, account, version)),
    ]),
    settingsOf(data, view, scoreCase),
  );
}

/** With what each policy ran. @param {ScoreData} data @param {ScoreView} view @param {ScoreCase} scoreCase */
function settingsOf(data, view, scoreCase) {
  const rows = data.policies.flatMap(({ name, label }) => {
    const settings = saySettings(versionOf(scoreCase, name, view.version)?.settings ?? {});
    return settings === ""
      ? []
      : [element("tr", {}, element("th", { scope: "row" }, label), element("td", {}, settings))];
  });
  return element(
    "details",
    {},
    element(
      "summary",
      {},
      view.version === "tuned" ? "The settings that tuning found" : "The settings as shipped",
    ),
    element("table", { class: "facts" }, element("tbody", {}, ...rows)),
  );
}

/**
 * @param {string} label @param {ScoreCase} scoreCase
 * @param {(bound: ScoreCase["bounds"][number]) => number | null} pick
 */
function boundRow(label, scoreCase, pick) {
  const cells = scoreCase.bounds.map((bound) => costCell(pick(bound), bound.bound));
  return element(
    "tr",
    { class: "ideal" },
    element("th", { scope: "row" }, label),
    ...cells,
    element("td", {}, "–"),
    element("td", {}, "–"),
  );
}

/** @param {number | null} unitHours @param {number} bound */
const costCell = (unitHours, bound) =>
  unitHours === null
    ? element("td", {}, "–")
    : element(
        "td",
        {},
        grouped(unitHours, unitHours < 100 ? 1 : 0),
        element("small", { class: "beside-it" }, (unitHours / bound).toFixed(2)),
      );

/** @param {ScoreData} data @param {ScoreView} view @param {PolicyAccount} account @param {PolicyVersion} version */
function costRow(data, view, account, version) {
  const nearest = nearestOutcome(version, data.shares[view.share] ?? 0);
  return element(
    "tr",
    { class: account.name === "forewarm" ? "ours" : account.name === view.beside ? "beside" : "" },
    element(
      "th",
      { scope: "row", title: `${account.about} Settings: ${saySettings(version.settings)}` },
      account.label,
    ),
    ...version.costs.map(({ unitHours, ratio }) =>
      unitHours === null
        ? element("td", {}, "not reached")
        : element(
            "td",
            {},
            grouped(unitHours, unitHours < 100 ? 1 : 0),
            element("small", { class: "beside-it" }, sayRatio(ratio)),
          ),
    ),
    element("td", {}, nearest === undefined ? "–" : nearest.actionsPerDay.toFixed(1)),
    element("td", {}, nearest === undefined ? "–" : nearest.flapsPerDay.toFixed(1)),
  );
}

/** The cheapest point of the hull inside the share. @param {PolicyVersion} version @param {number} share */
function nearestOutcome({ outcomes, hull }, share) {
  const inside = hull
    .flatMap((index) => outcomes[index] ?? [])
    .filter(({ violations }) => violations <= share);
  return inside.sort((a, b) => a.unitHours - b.unitHours)[0];
}
