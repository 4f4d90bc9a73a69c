/** The page of a score in a browser: it opens without faults, shows the figures, and answers its controls. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { scoreText } from "../../lib/report/score/renderScore.ts";
import { aScore, hostileScore } from "../report/aScore.ts";
import { chromiumPath, type Pages, startPages, WHY_SKIPPED } from "./browser.ts";

if (chromiumPath === null) process.stderr.write(`The page was not opened: ${WHY_SKIPPED}\n`);
const describeIfBrowser = chromiumPath === null ? describe.skip : describe;

describeIfBrowser("the page of a score in a browser", () => {
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

  it("opens without errors, requests or dialogs, and draws the curves", async () => {
    const { page, faults } = await pages.open(scoreText(aScore()));
    expect(await page.locator(".badge").allTextContents()).toEqual(["Simulation", "synthetic traces"]);
    const painted = await page.evaluate<boolean>(`(() => {
      const canvas = document.querySelector("figure.chart canvas");
      return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0);
    })()`);
    expect(painted).toBe(true);
    expect(faults).toEqual([]);
  });

  it("says in a sentence who wins, losses included", async () => {
    const { page } = await pages.open(scoreText(aScore()));
    const text = await page.locator(".headline").textContent();
    expect(text).toContain("At 1 % violations Forewarm costs 1.30 times the bound in the median of 3 cases.");
    expect(text).toContain("The target-tracking, costs 1.50 times: Forewarm wins 1, ties 1 and loses 1.");
    expect(text).toContain(
      "Against the cheapest of all 2 rivals in each case, picked afterwards, it wins 1 and loses 1.",
    );
  });

  it("shows standings, the worst case first, and that case's figures", async () => {
    const { page } = await pages.open(scoreText(aScore()));
    expect(await cells(page, "Standings")).toContainEqual([
      "3. The target-tracking",
      "reactive",
      "1.50",
      "3 of 3",
      "1.01",
      "1",
      "1",
      "1",
      "50 %",
    ]);
    expect((await cells(page, "Cases"))[0]).toEqual([
      "lostsagemaker, lead time 300 s, 10 units",
      "2.00",
      "The target-tracking",
      "1.50",
      "33 % more",
      "50 %",
    ]);
    expect(await page.locator("#case").textContent()).toContain("lost");
    expect(await cells(page, "Costs of the case")).toContainEqual([
      "The forewarm",
      "not reached",
      "2002.00",
      "1501.50",
      "12.5",
      "0.5",
    ]);
    expect(await cells(page, "Ablations")).toEqual([
      ["The forewarm-no-forecast", "1.00", "3 of 3", "0", "3", "0"],
    ]);
  });

  it("follows the share, the settings, the case and the policy that are chosen", async () => {
    const { page, faults } = await pages.open(scoreText(aScore()));
    await page.getByLabel("Violations").selectOption("0.1 %");
    expect(await page.locator(".headline").textContent()).toContain(
      "reached 0.1 % violations in 1 of 3 cases only",
    );
    await page.getByLabel("Settings").selectOption("as shipped");
    expect((await cells(page, "Standings")).length).toBe(4);
    await page.getByRole("button", { name: "won" }).click();
    expect(await page.locator("#case").textContent()).toContain("won");
    await page.getByRole("button", { name: "The seasonal" }).click();
    expect(await page.locator(".legend").textContent()).toContain("The seasonal");
    expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("The seasonal");
    expect(faults).toEqual([]);
  });

  it("reads out the point under the pointer", async () => {
    const { page } = await pages.open(scoreText(aScore()));
    await page.getByRole("button", { name: "won" }).click();
    const over = page.locator("figure.chart .u-over");
    const box = await over.boundingBox();
    if (box === null) throw new Error("there is no chart");
    // 1 % stands halfway between 0.01 % and 100 %; the axis ends at four times the bound or above the dearest.
    const heights = Array.from({ length: 40 }, (_, i) => (box.height * i) / 40);
    const said = new Set<string>();
    for (const y of heights) {
      await over.hover({ position: { x: box.width / 2, y } });
      said.add((await page.locator(".readout").textContent()) ?? "");
    }
    expect([...said]).toContainEqual(
      "The forewarm: 1.000 % violations, 120 unit-hours, knob 2, 12.5 actions and 0.5 flaps a day",
    );
    expect([...said]).toContainEqual("bound: 1.000 % violations, 100 unit-hours");
  });

  it("shows hostile strings as they are written", async () => {
    const { page, faults } = await pages.open(scoreText(hostileScore()));
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("#case").textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(faults).toEqual([]);
  });

  it.each([
    ["no cases", { cases: [] }],
    ["no policies", { policies: [] }],
  ])("opens with %s", async (_, less) => {
    const { page, faults } = await pages.open(scoreText({ ...aScore(), ...less }));
    expect(await page.locator("h1").textContent()).toBe("What would each policy have cost?");
    expect(faults).toEqual([]);
  });

  it("fits a narrow screen", async () => {
    const { page } = await pages.open(scoreText(aScore()), { viewport: { width: 400, height: 800 } });
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(400);
  });
});
