/** What is shown, and what it says in one sentence. */

/** @param {Shown} data */
function heading(data) {
  const { name, source, at, timeZone, history, model, madeAt } = data;
  const badge = source === "table" ? "as stored" : "fitted for this page";
  const made = source === "table" ? `, made ${instant(madeAt, timeZone)}` : "";
  return element(
    "header",
    {},
    element("div", { class: "brand" }, "Forewarm", element("span", { class: "badge" }, badge)),
    element("h1", {}, `Forecast of ${name}`),
    element(
      "p",
      { class: "period" },
      `Seen from ${instant(at, timeZone)} (${timeZone}); model “${model}”${made}, learnt from ${grouped((history.to - history.from) / 86_400, 1)} days`,
    ),
    element("p", { class: "headline" }, headline(data)),
  );
}

/** The highest that is to come, and whether such forecasts were better than last week's load. @param {Shown} data */
function headline({ quantiles, levels, start, slotSeconds, timeZone, leads }) {
  const upper = quantiles[levels.indexOf(0.95)] ?? [];
  if (upper.length === 0) return "The forecast does not reach this time.";
  const highest = Math.max(...upper);
  const when = instant(start + upper.indexOf(highest) * slotSeconds, timeZone);
  const peak = `The highest load to be ready for at 95 % is ${short(highest)} per minute, about ${when}.`;
  const ratios = (leads?.scores ?? []).map(ratioOf).filter((ratio) => ratio !== null);
  if (ratios.length === 0) return peak;
  const best = Math.min(...ratios).toFixed(2);
  const worst = Math.max(...ratios).toFixed(2);
  const range = best === worst ? best : `${best} to ${worst}`;
  return `${peak} Earlier forecasts of this load had ${range} times the loss of the same time last week.`;
}

/** @param {LeadScore} lead @returns {number | null} */
function ratioOf({ loss, lossSameTimeLastWeek }) {
  return loss === null || !lossSameTimeLastWeek ? null : loss / lossSameTimeLastWeek;
}
