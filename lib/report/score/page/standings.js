/** All policies over all cases, the one nearest to the bound first. */

/**
 * @param {ScoreData} data @param {ScoreView} view @param {(policy: string) => void} onPick
 */
function standingsTable(data, view, onPick) {
  const standings = data.comparisons[view.version].standings[view.share] ?? [];
  const told = standings.filter(({ policy }) => accountOf(data, policy)?.kind !== "ablation");
  const rows = told.map((standing, i) => standingRow(data, view, standing, i, onPick));
  return element(
    "section",
    {},
    element("h2", {}, "Wins, ties and losses"),
    element(
      "p",
      { class: "note" },
      `At ${sayShare(data.shares[view.share] ?? 0)} violations, ${view.version === "tuned" ? "each policy as tuned on the first part of the trace" : "each policy as its original ships it"}; medians over ${data.cases.length} cases. A tie is a difference of less than 1 %; a share that was not reached is lost. Choose a policy to see it beside Forewarm below.`,
    ),
    tableOf(
      "Standings",
      [
        "Simulated policy",
        "Kind",
        "Cost ÷ bound",
        "Reached in",
        "Cost ÷ Forewarm's",
        "Forewarm wins",
        "ties",
        "loses",
        "Of the perfect saving",
      ],
      rows,
    ),
  );
}

/**
 * @param {ScoreData} data @param {ScoreView} view
 * @param {ScoreData["comparisons"]["tuned"]["standings"][number][number]} standing @param {number} index
 * @param {(policy: string) => void} onPick
 */
function standingRow(data, view, standing, index, onPick) {
  const { policy, ratio, reached, wins, ties, losses, overOurs, captured } = standing;
  const account = accountOf(data, policy);
  const isOurs = policy === "forewarm";
  const name = isOurs
    ? (account?.label ?? policy)
    : element(
        "button",
        {
          class: "plain",
          title: account?.about ?? "",
          "aria-pressed": String(view.beside === policy),
          onclick: () => onPick(policy),
        },
        account?.label ?? policy,
      );
  const duels = isOurs ? ["–", "–", "–"] : [String(wins), String(ties), String(losses)];
  return element(
    "tr",
    { class: isOurs ? "ours" : view.beside === policy ? "beside" : "" },
    element("th", { scope: "row" }, `${index + 1}. `, name),
    element("td", { class: "words" }, account === undefined ? "" : KINDS[account.kind]),
    element("td", {}, sayRatio(ratio)),
    element("td", {}, `${reached} of ${data.cases.length}`),
    element("td", {}, isOurs || overOurs === null ? "–" : overOurs.toFixed(2)),
    ...duels.map((text) => element("td", {}, text)),
    element("td", {}, sayCaptured(captured)),
  );
}

/** What each part of Forewarm is worth: what it costs without. @param {ScoreData} data @param {ScoreView} view */
function ablationsTable(data, view) {
  const standings = data.comparisons.tuned.standings[view.share] ?? [];
  const parts = standings.filter(({ policy }) => accountOf(data, policy)?.kind === "ablation");
  if (parts.length === 0) return element("section", {});
  const rows = parts.map(({ policy, overOurs, reached, wins, ties, losses }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", title: accountOf(data, policy)?.about ?? "" }, labelOf(data, policy)),
      element("td", {}, overOurs === null ? "not reached" : overOurs.toFixed(2)),
      element("td", {}, `${reached} of ${data.cases.length}`),
      ...[wins, ties, losses].map((count) => element("td", {}, String(count))),
    ),
  );
  return element(
    "section",
    {},
    element("h2", {}, "What each part of Forewarm is worth"),
    element(
      "p",
      { class: "note" },
      `Forewarm with its tuned settings and one part missing or wrong, at ${sayShare(data.shares[view.share] ?? 0)} violations. Below 1 the part costs more than it brings.`,
    ),
    tableOf(
      "Ablations",
      ["Simulated", "Cost ÷ Forewarm's", "Reached in", "The whole is cheaper", "equal", "dearer"],
      rows,
    ),
  );
}
