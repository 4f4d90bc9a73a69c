/** The page of a score: everything in the result is data to it, never markup or code. */
import type { ScoreResult } from "../../core/scoreResult.ts";
import { documentText, shared } from "../document.ts";
import { scorePageText } from "./pageData.ts";

/** In the order in which they build on each other. */
const SCRIPTS = [
  "score.js",
  "heading.js",
  "standings.js",
  "verdicts.js",
  "curves.js",
  "caseTable.js",
  "assumed.js",
  "main.js",
];

/** The page in pieces. */
export function scoreText(result: ScoreResult): Generator<string> {
  return documentText({
    title: "Forewarm: a score (simulation)",
    scripts: [
      ...["elements.js", "format.js", "theme.js"].map(shared),
      ...SCRIPTS.map((name) => new URL(`page/${name}`, import.meta.url)),
    ],
    styles: [shared("page.css"), new URL("page/score.css", import.meta.url)],
    data: scorePageText(result),
  });
}
