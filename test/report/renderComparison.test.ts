/** The page of a comparison: nothing from outside, the result in it, and hostile strings as data. */
import { describe, expect, it } from "@jest/globals";
import type { ForecastComparison } from "../../lib/core/forecast/compare/result.ts";
import { comparisonText } from "../../lib/report/comparison/renderComparison.ts";
import { aComparison, hostileComparison } from "./aComparison.ts";
import { HOSTILE } from "./aResult.ts";

const pageOf = (result: ForecastComparison): string => [...comparisonText(result)].join("");

const dataTextOf = (page: string): string =>
  /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";

describe("the page of a comparison", () => {
  it("holds the result, to five digits", () => {
    const found = JSON.parse(dataTextOf(pageOf(aComparison()))) as ForecastComparison;
    const { standings, ...rest } = aComparison();
    const { standings: shown, ...others } = found;
    expect(others).toEqual(rest);
    expect(shown.map(({ forecaster }) => forecaster)).toEqual(standings.map(({ forecaster }) => forecaster));
    expect(shown[0]?.wqlRatio).toBe(Number(standings[0]?.wqlRatio?.toPrecision(5)));
  });

  it("loads nothing", () => {
    const page = pageOf(aComparison());
    expect(page).toContain("default-src 'none'");
    expect(page.replaceAll(dataTextOf(page), "")).not.toMatch(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i);
  });

  it("keeps hostile strings as data", () => {
    const page = pageOf(hostileComparison());
    expect(dataTextOf(page)).not.toContain("<");
    expect(page.match(/<script/g)?.length).toBe(pageOf(aComparison()).match(/<script/g)?.length);
    expect((JSON.parse(dataTextOf(page)) as ForecastComparison).traces[0]?.name).toBe(HOSTILE);
  });
});
