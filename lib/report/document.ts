/** One HTML file with everything in it: its data, its scripts and its style, which opens without a network. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export interface Document {
  readonly title: string;
  /** The scripts of `page/` that come before the document's own, which share one scope with them. */
  readonly scripts: readonly URL[];
  readonly styles: readonly URL[];
  /** JSON, in pieces. */
  readonly data: Iterable<string>;
}

const { resolve } = createRequire(import.meta.url);

/** A file that every document shares. */
export const shared = (name: string): URL => new URL(`page/${name}`, import.meta.url);

/** The document in pieces, since large data as one string take more memory than what made them. */
export function* documentText({ title, scripts, styles, data }: Document): Generator<string> {
  const chart = readFileSync(resolve("uplot/dist/uPlot.iife.min.js"), "utf8");
  const style = [readFileSync(resolve("uplot/dist/uPlot.min.css"), "utf8"), ...styles.map(textOf)].join("");
  const script = `"use strict";${chart}\n(() => {\n${scripts.map(textOf).join("\n")}\n})();`;
  yield [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    "<noscript>This page draws its charts with the script it carries; allow scripts to see it.</noscript>",
    '<script type="application/json" id="data">',
  ].join("\n");
  for (const piece of data) yield piece.replaceAll("<", "\\u003c");
  yield `</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}

const textOf = (file: URL): string => readFileSync(file, "utf8");

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
