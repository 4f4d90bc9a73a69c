/** The page of a comparison of forecasters: everything in the result is data to it, never markup or code. */
import type { ForecastComparison } from "../../core/forecast/compare/result.ts";
import { documentText, shared } from "../document.ts";

/** In the order in which they build on each other. */
const SCRIPTS = [
  "comparison.js",
  "heading.js",
  "standings.js",
  "ratioPlot.js",
  "traces.js",
  "about.js",
  "main.js",
] as const;

/** More digits than anyone reads only make the page larger. */
const DIGITS = 5;

/** The page in pieces. */
export function comparisonText(result: ForecastComparison): Generator<string> {
  return documentText({
    title: "Forewarm: forecasters compared",
    scripts: [
      ...["elements.js", "format.js", "theme.js"].map(shared),
      ...SCRIPTS.map((name) => new URL(`page/${name}`, import.meta.url)),
    ],
    styles: [shared("page.css"), new URL("page/comparison.css", import.meta.url)],
    data: [JSON.stringify(result, rounded)],
  });
}

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
