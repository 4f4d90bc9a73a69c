/** Puts the page together. */

/** @type {Shown} */
const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");

const columns = columnsOf(data);
const readout = element("p", { class: "readout", "aria-live": "off" });
const chart = element("div", { class: "charts" });

/** @param {number | null} index */
function showMoment(index) {
  if (index === null) {
    readout.textContent = "Move over the chart to read it; drag to zoom, double-click to see all.";
    return;
  }
  const named = /** @type {const} */ ([
    ["load", columns.past],
    ["same time last week", columns.naive],
    ["middle", columns.quantiles[0]],
    ["95 %", columns.quantiles[1]],
    ["99 %", columns.quantiles[2]],
  ]);
  const said = named.flatMap(([name, values]) => {
    const value = values?.[index];
    return value === null || value === undefined ? [] : [`${name} ${short(value)}`];
  });
  readout.textContent = [instant(columns.times[index] ?? 0, data.timeZone), ...said].join(" · ");
}

let clear = () => {};
function redraw() {
  clear();
  clear = drawChart(chart, data, columns, showMoment);
}

document.body.append(
  element(
    "main",
    {},
    heading(data),
    element("div", { class: "controls" }, themeChooser(redraw)),
    readout,
    chart,
    scoresSection(data),
    weightsSection(data),
    about(data),
  ),
);
showMoment(null);
redraw();
