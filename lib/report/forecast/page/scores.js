/** How far to trust it: losses by time ahead, and what each candidate counts for. */

/** @param {Shown} data */
function scoresSection({ leads, score }) {
  const own =
    score.loss === null
      ? "The past is too short to tell how well the middle does."
      : `On the last days the middle was off by ${percent(score.loss, 1)} of the load` +
        (score.lossSameTimeLastWeek === null
          ? "."
          : `; same time last week by ${percent(score.lossSameTimeLastWeek, 1)}.`);
  const parts = [element("h2", {}, "How far to trust it"), element("p", {}, own)];
  if (leads !== null && leads.scores.length > 0) {
    const rows = leads.scores.map((lead) => [
      `${lead.fromSeconds / 3600} to ${lead.toSeconds / 3600} h`,
      digits(lead.loss, 3),
      digits(lead.lossSameTimeLastWeek, 3),
      digits(ratioOf(lead), 2),
      digits(lead.under95, 3),
      digits(lead.under99, 3),
    ]);
    parts.push(
      tableOf(
        "Scores by time ahead",
        ["Time ahead", "Loss", "Same time last week", "Ratio", "Under 95 %", "Under 99 %"],
        rows.map(rowOf),
      ),
      element(
        "p",
        { class: "note" },
        `Measured by forecasting again from ${leads.origins.length} earlier ${leads.origins.length === 1 ? "moment" : "moments"}, each with only what was known then. The loss is twice the pinball loss over the load, mean of the quantiles 0.5, 0.9, 0.95 and 0.99: lower is better.`,
      ),
    );
  }
  return element("section", { "aria-label": "How far to trust it" }, ...parts);
}

/** @param {Shown} data */
function weightsSection({ weights }) {
  if (weights.length === 0) return element("div");
  const buckets = weights[0]?.weights.length ?? 0;
  const head = [
    "Candidate",
    ...Array.from({ length: buckets }, (_, i) => (buckets === 1 ? "Weight" : `Bucket ${i + 1}`)),
  ];
  const sorted = [...weights].sort((a, b) => (b.weights[0] ?? 0) - (a.weights[0] ?? 0));
  const rows = sorted.map(({ candidate, weights: own }) => [
    candidate,
    ...own.map((each) => each.toFixed(2)),
  ]);
  return element(
    "section",
    { "aria-label": "Candidates" },
    element("h2", {}, "What it is made of"),
    tableOf("Weights of the candidates", head, rows.map(rowOf)),
    element(
      "p",
      { class: "note" },
      "Weights of the candidates, by bucket of time ahead, the nearest first. They follow from how each did on this load's own last days.",
    ),
  );
}

/** @param {number | null} value @param {number} count */
const digits = (value, count) => (value === null ? "–" : value.toFixed(count));

/** @param {readonly string[]} cells the first names the row */
function rowOf([first = "", ...rest]) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, first),
    ...rest.map((cell) => element("td", {}, cell)),
  );
}
