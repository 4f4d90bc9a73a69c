/** Makes the page of a replay: one HTML file with everything in it, which opens without a network. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ReplayResult } from "../core/replayResult.ts";
import { pageDataText } from "./pageData.ts";

/** In the order in which they build on each other; they share one scope. */
const SCRIPTS = [
  "elements.js",
  "format.js",
  "summary.js",
  "timeAxis.js",
  "chartMarks.js",
  "charts.js",
  "decisions.js",
  "account.js",
  "main.js",
];

const { resolve } = createRequire(import.meta.url);

/** The page for a result. Everything in the result is data to it, never markup or code. */
export function renderReport(result: ReplayResult): string {
  return [...reportText(result)].join("");
}

/** The same page in pieces, since weeks of decisions as one string take more memory than the replay did. */
export function* reportText(result: ReplayResult): Generator<string> {
  const chart = readFileSync(resolve("uplot/dist/uPlot.iife.min.js"), "utf8");
  const style = readFileSync(resolve("uplot/dist/uPlot.min.css"), "utf8") + asset("page.css");
  const script = `"use strict";${chart}\n(() => {\n${SCRIPTS.map(asset).join("\n")}\n})();`;
  yield [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:">`,
    `<title>${escapeText(`Forewarm: ${result.trace.name} (simulation)`)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    "<noscript>This page draws its charts with the script it carries; allow scripts to see it.</noscript>",
    '<script type="application/json" id="data">',
  ].join("\n");
  for (const piece of pageDataText(result)) yield piece.replaceAll("<", "\\u003c");
  yield `</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}

const asset = (name: string): string => readFileSync(new URL(`page/${name}`, import.meta.url), "utf8");

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
