/** The page of a replay: everything in the result is data to it, never markup or code. */
import type { ReplayResult } from "../../core/replayResult.ts";
import { documentText, shared } from "../document.ts";
import { pageDataText } from "./pageData.ts";

/** In the order in which they build on each other. */
const SCRIPTS = [
  "summary.js",
  "timeAxis.js",
  "chartMarks.js",
  "charts.js",
  "decisions.js",
  "account.js",
  "main.js",
];

export function renderReport(result: ReplayResult): string {
  return [...reportText(result)].join("");
}

/** The same page in pieces. */
export function reportText(result: ReplayResult): Generator<string> {
  return documentText({
    title: `Forewarm: ${result.trace.name} (simulation)`,
    scripts: [
      ...["elements.js", "format.js", "theme.js"].map(shared),
      ...SCRIPTS.map((name) => new URL(`page/${name}`, import.meta.url)),
    ],
    styles: [shared("page.css"), new URL("page/replay.css", import.meta.url)],
    data: pageDataText(result),
  });
}
