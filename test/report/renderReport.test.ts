import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { ReplayResult } from "../../lib/core/replayResult.ts";
import type { PageData } from "../../lib/report/replay/pageData.ts";
import { renderReport, reportText } from "../../lib/report/replay/renderReport.ts";
import { aResult, cut, HOSTILE, hostile } from "./aResult.ts";

let result: ReplayResult;
let page: string;
beforeAll(async () => {
  result = await aResult();
  page = renderReport(result);
});

const only = (html: string, pattern: RegExp): string => {
  const found = [...html.matchAll(pattern)];
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? "";
};
const dataTextOf = (html: string): string =>
  only(html, /<script type="application\/json" id="data">([\s\S]*?)<\/script>/g);
const dataOf = (html: string): PageData => JSON.parse(dataTextOf(html));
const scriptOf = (html: string): string => only(html, /<script>([\s\S]*?)<\/script>/g);
const styleOf = (html: string): string => only(html, /<style>([\s\S]*?)<\/style>/g);
const policyOf = (html: string): string =>
  only(html, /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/g);
const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the page needs nothing but itself", () => {
  it("loads nothing", () => {
    const markup = page.replace(scriptOf(page), "").replace(dataTextOf(page), "").replace(styleOf(page), "");
    expect(markup).not.toMatch(
      /\b(?:src|href|action|srcset|poster)\s*=|<(?:link|iframe|object|embed|base)\b/i,
    );
    expect(styleOf(page)).not.toMatch(/@import|url\((?!["']?data:)/i);
    expect(scriptOf(page)).not.toMatch(
      /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b|\bimport\s*\(/,
    );
    expect(page.replace(dataTextOf(page), "")).not.toMatch(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i);
  });

  it("is one document, with a language, a character set and a title", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
    expect(page).toContain("<title>Forewarm: shop (synthetic) (simulation)</title>");
    expect(page.endsWith("</body>\n</html>\n")).toBe(true);
  });

  it("comes in pieces that join to it", () => {
    expect([...reportText(result)].join("") === page).toBe(true);
  });

  it("is the same each time", () => {
    expect(renderReport(result) === page).toBe(true);
  });

  it("is not much larger than its data, and its code is small", () => {
    expect(page.length - dataTextOf(page).length).toBeLessThan(150_000);
    expect(dataTextOf(page).length).toBeLessThan(JSON.stringify(result).length);
  });
});

describe("the page's content policy", () => {
  it("allows the script and the style of the page by their hashes, images as data, and nothing else", () => {
    expect(policyOf(page).split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(scriptOf(page))}`,
      `style-src ${hashOf(styleOf(page))}`,
      "img-src data:",
    ]);
  });

  it("does not change with the data", () => {
    expect(policyOf(renderReport(hostile(result)))).toBe(policyOf(page));
  });

  it("stands before what it governs", () => {
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
  });
});

describe("the data in the page", () => {
  it("parses back to the result, but for what decisions were made from", () => {
    const { runs, ...head } = dataOf(page);
    const { runs: given, ...givenHead } = result;
    expect(head).toEqual(givenHead);
    expect(runs.map(({ decisions: _, ...run }) => run)).toEqual(given.map(({ decisions: _, ...run }) => run));
    expect(runs.map((run) => run.decisions.length)).toEqual(given.map((run) => run.decisions.length));
  });

  it("holds each decision with its reasons and what came of it", () => {
    const records = result.runs[0]?.decisions ?? [];
    expect(records.length).toBeGreaterThan(10);
    for (const [i, { decision, outcome, situation }] of records.entries()) {
      const { target: _, mode: __, memory: ___, ...shown } = decision;
      expect(dataOfFirst()[i]).toEqual({
        ...shown,
        outcome: expect.stringMatching(new RegExp(`^${outcome.kind}: `)),
        ready: situation.capacity.ready,
        locked: situation.capacity.locked !== null,
      });
    }
  });

  it("holds no situation and no memory", () => {
    expect(JSON.stringify(result)).toMatch(/"situation":.*"memory":/);
    expect(dataTextOf(page)).not.toMatch(/"(?:situation|memory)":/);
  });

  const firstOf = (data: PageData) => data.runs[0]?.decisions ?? [];
  let parsed: ReturnType<typeof firstOf> | null = null;
  const dataOfFirst = (): ReturnType<typeof firstOf> => {
    parsed ??= firstOf(dataOf(page));
    return parsed;
  };
});

describe("hostile strings", () => {
  it("stay data: the page has the same elements, and the strings parse back", () => {
    const bad = renderReport(hostile(result));
    expect(dataTextOf(bad)).not.toContain("<");
    expect(bad.match(/<script/g)?.length).toBe(page.match(/<script/g)?.length);
    expect(bad).not.toMatch(/<img|<!--/);
    expect(scriptOf(bad) === scriptOf(page)).toBe(true);
    const data = dataOf(bad);
    expect(data.trace.name).toBe(HOSTILE);
    expect(data.promotions[0]?.name).toBe(HOSTILE);
    expect(data.assumptions.notes).toEqual([HOSTILE]);
    expect(data.runs[0]?.label).toBe(HOSTILE);
    expect(data.runs[0]?.decisions[0]?.reason).toBe(HOSTILE);
  });

  it("are escaped in the title", () => {
    const bad = renderReport({ ...result, trace: { ...result.trace, name: "</title><b>&amp;" } });
    expect(bad).toContain("<title>Forewarm: &lt;/title&gt;&lt;b&gt;&amp;amp; (simulation)</title>");
  });
});

describe("small results", () => {
  it.each([
    ["one minute", () => cut(result, 1)],
    ["no decisions", () => cut(result, 60, false)],
    ["no runs", () => ({ ...result, runs: [] })],
  ])("%s make a page whose data parse", (_, of) => {
    const small = of();
    const data = dataOf(renderReport(small));
    expect(data.minutes).toBe(small.minutes);
    expect(data.runs).toHaveLength(small.runs.length);
  });
});
