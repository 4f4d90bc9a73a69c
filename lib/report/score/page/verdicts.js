/** Every case, the one in which Forewarm loses most first. */

/** Cases that are listed at once; the rest stands behind a button. */
const LISTED_CASES = 12;

/** @param {ScoreData} data @param {ScoreView} view @param {(index: number) => void} onPick */
function verdictsTable(data, view, onPick) {
  const verdicts = data.comparisons[view.version].verdicts[view.share] ?? [];
  const rows = verdicts.map((verdict) => verdictRow(data, view, verdict, onPick));
  for (const row of rows.slice(LISTED_CASES)) row.hidden = true;
  const hidden = rows.length - LISTED_CASES;
  const more = element(
    "button",
    {
      onclick: () => {
        for (const row of rows) row.hidden = false;
        more.remove();
      },
    },
    `Show ${hidden} more`,
  );
  return element(
    "section",
    {},
    element("h2", {}, "Worst cases first"),
    element(
      "p",
      { class: "note" },
      "Forewarm beside the cheapest policy that could have been run instead, picked afterwards for each case. Choose a case to see its curves.",
    ),
    tableOf(
      "Cases",
      [
        "Case",
        "Forewarm ÷ bound",
        "Cheapest rival",
        "Its cost ÷ bound",
        "Forewarm costs",
        "Of the perfect saving",
      ],
      rows,
    ),
    ...(hidden > 0 ? [more] : []),
  );
}

/**
 * @param {ScoreData} data @param {ScoreView} view
 * @param {ScoreData["comparisons"]["tuned"]["verdicts"][number][number]} verdict @param {(index: number) => void} onPick
 */
function verdictRow(data, view, { index, ratio, captured, rival, outcome }, onPick) {
  const scoreCase = data.cases[index];
  if (scoreCase === undefined) throw new Error(`there is no case ${index}`);
  return element(
    "tr",
    { class: index === view.index ? "beside" : "" },
    element(
      "th",
      { scope: "row" },
      element(
        "button",
        { class: "plain", "aria-pressed": String(index === view.index), onclick: () => onPick(index) },
        scoreCase.trace,
      ),
      element(
        "small",
        {},
        `${scoreCase.platform}, lead time ${scoreCase.leadTimeSeconds} s, ${scoreCase.units} units`,
      ),
    ),
    element("td", {}, sayRatio(ratio)),
    element("td", {}, rival === null ? "none reached it" : labelOf(data, rival.policy)),
    element("td", {}, sayRatio(rival?.ratio)),
    element("td", { class: outcome }, sayDifference(ratio, rival?.ratio ?? null)),
    element("td", {}, sayCaptured(captured)),
  );
}

/** @param {number | null} ours @param {number | null} theirs */
function sayDifference(ours, theirs) {
  if (ours === null) return theirs === null ? "neither" : "lost";
  if (theirs === null) return "won";
  const share = ours / theirs - 1;
  return `${percent(Math.abs(share), 0)} ${share > 0 ? "more" : "less"}`;
}
