/** The page of a comparison in a browser: it opens without faults, shows the figures, and answers its controls. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { comparisonText } from "../../lib/report/comparison/renderComparison.ts";
import { aComparison, hostileComparison } from "../report/aComparison.ts";
import { chromiumPath, type Pages, startPages, WHY_SKIPPED } from "./browser.ts";

if (chromiumPath === null) process.stderr.write(`The page was not opened: ${WHY_SKIPPED}\n`);
const describeIfBrowser = chromiumPath === null ? describe.skip : describe;

describeIfBrowser("the page of a comparison in a browser", () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await startPages();
  }, 60_000);
  afterEach(() => pages.closePages());
  afterAll(() => pages?.close());

  const cells = (page: Page, table: string): Promise<string[][]> =>
    page
      .locator(`table[aria-label="${table}"] tbody tr`)
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));

  it("opens without errors or requests, and says who forecasts best, worst trace included", async () => {
    const { page, faults } = await pages.open(comparisonText(aComparison()));
    const text = await page.locator(".headline").textContent();
    expect(text).toContain("The ours has 0.87 times the loss of “The naive-week”");
    expect(text).toContain("better on 1 and worse on 1 of 2, at worst 1.50 times (lost)");
    expect(faults).toEqual([]);
  });

  it("lists the trace first on which the chosen forecaster does worst, and draws every point", async () => {
    const { page } = await pages.open(comparisonText(aComparison()));
    expect((await cells(page, "Traces")).map(([name]) => name)).toEqual([
      "lost5 min slots",
      "won5 min slots",
    ]);
    expect((await cells(page, "Traces"))[0]?.slice(1, 4)).toEqual(["1.50", "1.00", "9.00"]);
    // Nine times the reference is beyond the scale: an arrow at its edge.
    expect(await page.locator("figure.chart circle").count()).toBe(3);
    expect(await page.locator("figure.chart path").count()).toBe(1);
    expect(await page.locator("figure.chart circle").first().isVisible()).toBe(true);
  });

  it("looks at the forecaster that is picked, at the measure that is chosen, and keeps the focus", async () => {
    const { page, faults } = await pages.open(comparisonText(aComparison()));
    await page.getByRole("button", { name: "The prophet" }).click();
    expect(await page.locator("h2").allTextContents()).toContain(
      "Trace by trace, the worst of The prophet first",
    );
    expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("The prophet");
    await page.getByLabel("Measure").selectOption({ label: "0–1 h ahead" });
    expect(await page.locator("figure.chart figcaption").textContent()).toContain("0–1 h ahead");
    expect(faults).toEqual([]);
  });

  it("shows hostile names as text, in the dark and on a phone", async () => {
    const { page, faults } = await pages.open(comparisonText(hostileComparison()), {
      colorScheme: "dark",
      viewport: { width: 390, height: 800 },
    });
    expect(await page.evaluate<boolean>("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(faults).toEqual([]);
  });
});
