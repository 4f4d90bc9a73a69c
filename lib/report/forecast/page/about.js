/** What was learnt from, and what was left out. */

/** @param {Shown} data */
function about({ history, masked, notes, timeZone, slotSeconds, past }) {
  const rows = [
    ["History", `${instant(history.from, timeZone)} to ${instant(history.to, timeZone)}`],
    [
      "Missing or masked",
      history.gaps === 0
        ? "nothing"
        : `${percent(history.missingShare, 1)} of the slots, in ${grouped(history.gaps)} ${history.gaps === 1 ? "gap" : "gaps"}`,
    ],
    ["Slots", `${slotSeconds / 60} minutes`],
    ...(past === null ? [["Past", "it could not be read"]] : []),
    ...masked.map(({ name, start, end }) => [
      `Left out: ${name}`,
      `${instant(start, timeZone)} to ${instant(end, timeZone)}`,
    ]),
    ...notes.map((note) => ["Noticed", note]),
  ];
  const body = element("tbody");
  for (const [name = "", value = ""] of rows) {
    body.append(element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value)));
  }
  return element(
    "section",
    { "aria-label": "What was learnt from" },
    element("h2", {}, "What it was learnt from"),
    element("table", { class: "facts" }, body),
  );
}
