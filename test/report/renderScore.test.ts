/** The page of a score: nothing from outside, the result in it, and hostile strings as data. */
import { describe, expect, it } from "@jest/globals";
import type { ScoreResult } from "../../lib/core/scoreResult.ts";
import type { ScorePageData } from "../../lib/report/score/pageData.ts";
import { scoreText } from "../../lib/report/score/renderScore.ts";
import { HOSTILE } from "./aResult.ts";
import { aScore, hostileScore } from "./aScore.ts";

const pageOf = (result: ScoreResult): string => [...scoreText(result)].join("");

const dataTextOf = (page: string): string =>
  /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";

const dataOf = (page: string): ScorePageData => JSON.parse(dataTextOf(page));

describe("the page of a score", () => {
  it("holds the result and who wins in it", () => {
    const { shares, comparisons, ...rest } = dataOf(pageOf(aScore()));
    expect(rest).toEqual(aScore());
    expect(shares).toEqual([0.001, 0.01, 0.05]);
    expect(comparisons.tuned.standings[1]?.[0]?.policy).toBe("oracle");
    expect(comparisons.defaults.verdicts[1]?.[0]?.index).toBe(1);
  });

  it("keeps five digits of what was measured, and whole numbers whole", () => {
    const [first, ...others] = aScore().cases;
    if (first === undefined) throw new Error("the score has a case");
    const odd = { ...first, requests: 123_456_789, factor: 2.123_456_789 };
    expect(dataOf(pageOf({ ...aScore(), cases: [odd, ...others] })).cases[0]).toMatchObject({
      requests: 123_456_789,
      factor: 2.1235,
    });
  });

  it("says that it is a simulation, and loads nothing", () => {
    const page = pageOf(aScore());
    expect(page).toContain("<title>Forewarm: a score (simulation)</title>");
    expect(page).toContain("default-src 'none'");
    expect(page.replaceAll(dataTextOf(page), "")).not.toMatch(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i);
  });

  it("keeps hostile strings as data", () => {
    const page = pageOf(hostileScore());
    expect(dataTextOf(page)).not.toContain("<");
    expect(page.match(/<script/g)?.length).toBe(pageOf(aScore()).match(/<script/g)?.length);
    expect(dataOf(page).cases[0]?.trace).toBe(HOSTILE);
  });
});
