/** What came of it in a few sentences. */

/** @param {ScoreData} data */
function heading(data) {
  const { assumptions, cases, traces } = data;
  const badges = [element("span", { class: "badge strong" }, "Simulation")];
  if (assumptions.quick)
    badges.push(element("span", { class: "badge" }, "quick: an impression, not a verdict"));
  if (traces.some((each) => each.synthetic))
    badges.push(element("span", { class: "badge" }, "synthetic traces"));
  const seeds = `${assumptions.seeds.length} ${assumptions.seeds.length === 1 ? "seed" : "seeds"}`;
  return element(
    "header",
    {},
    element("div", { class: "brand" }, "Forewarm", ...badges),
    element("h1", {}, "What would each policy have cost?"),
    element(
      "p",
      { class: "period" },
      `${grouped(cases.length)} cases of ${grouped(traces.length)} traces, ${data.policies.length} policies, ${assumptions.trials} trials for each on the first part of a trace, ${seeds}`,
    ),
  );
}

/** The answer at one share, for better or worse. @param {ScoreData} data @param {ScoreView} view */
function headline(data, view) {
  const { share, version } = view;
  const { standings, verdicts } = data.comparisons[version];
  const ours = standings[share]?.find((each) => each.policy === "forewarm");
  if (ours === undefined) return element("p", { class: "headline" }, "Forewarm is not among these policies.");
  const cases = data.cases.length;
  const rivals = (standings[share] ?? []).filter(({ policy }) =>
    ["reactive", "predictive", "timetable"].includes(accountOf(data, policy)?.kind ?? ""),
  );
  const [rival] = rivals;
  const own =
    ours.ratio === null
      ? `Forewarm reached ${sayShare(data.shares[share] ?? 0)} violations in ${ours.reached} of ${cases} cases only.`
      : `At ${sayShare(data.shares[share] ?? 0)} violations Forewarm costs ${sayRatio(ours.ratio)} times the bound in the median of ${cases} ${cases === 1 ? "case" : "cases"}.`;
  const beside =
    rival === undefined
      ? ""
      : ` The rival that comes nearest, ${labelOf(data, rival.policy)}, ${rival.ratio === null ? "does not reach that share in most cases" : `costs ${sayRatio(rival.ratio)} times`}: Forewarm wins ${rival.wins}, ties ${rival.ties} and loses ${rival.losses}.`;
  const [won, lost] = [duelsOf(verdicts[share] ?? [], "won"), duelsOf(verdicts[share] ?? [], "lost")];
  const hindsight =
    rivals.length < 2
      ? ""
      : ` Against the cheapest of all ${rivals.length} rivals in each case, picked afterwards, it wins ${won} and loses ${lost}.`;
  return element("p", { class: "headline" }, `${own}${beside}${hindsight}`);
}

/** @param {ScoreData["comparisons"]["tuned"]["verdicts"][number]} verdicts @param {"won" | "lost"} which */
function duelsOf(verdicts, which) {
  return verdicts.filter(({ outcome }) => outcome === (which === "won" ? "win" : "loss")).length;
}
