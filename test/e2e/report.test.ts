import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import type { DecisionRecord } from "../../lib/core/decision.ts";
import type { ReplayResult, Run } from "../../lib/core/replayResult.ts";
import { isoOf } from "../../lib/core/time.ts";
import { reportText } from "../../lib/report/replay/renderReport.ts";
import { aResult, cut, HOSTILE, hostile, repeated } from "../report/aResult.ts";
import { chromiumPath, otherPicture, type Pages, picture, startPages, WHY_SKIPPED } from "./browser.ts";

if (chromiumPath === null) process.stderr.write(`The page was not opened: ${WHY_SKIPPED}\n`);
const describeIfBrowser = chromiumPath === null ? describe.skip : describe;

describeIfBrowser("the page of a replay in a browser", () => {
  let result: ReplayResult;
  let ours: Run;
  let acted: readonly DecisionRecord[];
  let pages: Pages;

  beforeAll(async () => {
    result = await aResult();
    [ours] = result.runs as readonly [Run];
    acted = ours.decisions.filter(
      ({ decision, outcome }) => decision.from !== decision.desired && outcome.kind === "accepted",
    );
    pages = await startPages();
  }, 60_000);
  afterEach(() => pages.closePages());
  afterAll(() => pages?.close());

  const grouped = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
  const percent = (share: number): string => `${(100 * share).toFixed(3)} %`;

  /** Hovers in the middle of the first chart and reads the instant there. */
  async function instantAt(page: Page, share: number): Promise<string> {
    const box = await page.locator("figure.chart .u-over").first().boundingBox();
    if (box === null) throw new Error("there is no chart");
    await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
    await page.waitForTimeout(50);
    return ((await page.locator(".readout").textContent()) ?? "").split(" · ")[0] ?? "";
  }

  it("opens from a file without errors, requests or dialogs", async () => {
    const { page, faults } = await pages.open(reportText(result));
    expect(await page.locator("h1").textContent()).toBe("shop (synthetic)");
    expect(await page.locator("figure.chart canvas").count()).toBe(5);
    expect(await page.locator(".badge").allTextContents()).toEqual(["Simulation", "synthetic trace"]);
    await page.waitForTimeout(200);
    expect(faults).toEqual([]);
  });

  it("draws: the canvases are not empty", async () => {
    const { page } = await pages.open(reportText(result));
    const painted = await page.evaluate<readonly boolean[]>(`
      [...document.querySelectorAll("figure.chart canvas")].map((canvas) =>
        canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0))
    `);
    expect(painted).toEqual([true, true, true, true, true]);
  });

  it("shows the figures of the result", async () => {
    const { page } = await pages.open(reportText(result));
    const { summary } = ours;
    expect(await page.locator(".headline").textContent()).toContain(
      `Forewarm costs ${grouped(summary.cost)} USD and keeps ${percent(summary.insideObjective)} of the requests`,
    );
    const rows = await page
      .locator("table.summary tbody tr")
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.firstChild?.textContent)));
    expect(rows).toEqual(
      result.runs.map(({ label, summary: s }) => [
        label,
        grouped(s.unitHours),
        grouped(s.cost),
        percent(s.insideObjective),
        ...[s.violationMinutes, s.scaleOuts, s.scaleIns, s.flaps].map(grouped),
        s.ramps === 0 ? "no ramps" : `${s.rampsReady} of ${s.ramps}`,
      ]),
    );
  });

  it("reads out the minute under the cursor", async () => {
    const { page } = await pages.open(reportText(result));
    const noon = await instantAt(page, 0.5);
    expect(noon).toMatch(/^Tue,? 4 Nov 2025 (11:5|12:0)\d$/);
    const text = (await page.locator(".readout").textContent()) ?? "";
    const [, hour = 0, minute = 0] = (/(\d\d):(\d\d)$/.exec(noon) ?? []).map(Number);
    expect(text).toContain(
      `desired ${ours.desired[hour * 60 + minute]}, ready ${ours.ready[hour * 60 + minute]}`,
    );
  });

  it("a button changes the stretch that is shown, and back", async () => {
    const { page, faults } = await pages.open(reportText(result));
    const whole = await picture(page);
    const edge = await instantAt(page, 0.02);
    await page.getByRole("button", { name: "1 h", exact: true }).click();
    await otherPicture(page, whole);
    expect(await instantAt(page, 0.02)).toMatch(/11:3\d$/);
    await page.getByRole("button", { name: "all", exact: true }).click();
    expect(await instantAt(page, 0.02)).toBe(edge);
    expect(faults).toEqual([]);
  });

  it("a drag zooms to what was dragged over, and keys move and show all", async () => {
    const { page, faults } = await pages.open(reportText(result));
    const whole = await picture(page);
    const box = await page.locator("figure.chart .u-over").first().boundingBox();
    if (box === null) throw new Error("there is no chart");
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, y, { steps: 8 });
    await page.mouse.up();
    const zoomed = await otherPicture(page, whole);
    expect(await instantAt(page, 0.02)).toMatch(/06:0\d$/);
    expect(await instantAt(page, 0.98)).toMatch(/11:5\d$/);
    expect(new URL(page.url()).hash).toBe("");
    await page.locator(".charts").focus();
    await page.keyboard.press("ArrowRight");
    await otherPicture(page, zoomed);
    expect(await instantAt(page, 0.02)).toMatch(/07:3\d$/);
    await page.keyboard.press("0");
    expect(await instantAt(page, 0.02)).toMatch(/00:2\d$/);
    expect(faults).toEqual([]);
  });

  it("a decision in the list shows its reason and needs, and can be linked to", async () => {
    const { page, faults } = await pages.open(reportText(result));
    expect(await page.locator("button.decision").count()).toBe(acted.length);
    const { decision } = acted[3] as DecisionRecord;
    await page.locator("button.decision").nth(3).click();
    expect(await page.locator(".detail h3").textContent()).toBe(decision.reason);
    const detail = (await page.locator(".detail").textContent()) ?? "";
    for (const need of decision.needs) expect(detail).toContain(need.reason);
    expect(new URL(page.url()).hash).toBe(`#t=${isoOf(decision.at)}`);
    expect(faults).toEqual([]);
  });

  it("a click in a chart shows the decision of that moment", async () => {
    const { page } = await pages.open(reportText(result));
    const box = await page.locator("figure.chart .u-over").first().boundingBox();
    if (box === null) throw new Error("there is no chart");
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2);
    await page.waitForURL(/#t=/);
    const hash = new URL(page.url()).hash;
    const shown = ours.decisions.find(({ decision }) => hash === `#t=${isoOf(decision.at)}`);
    expect(shown).toBeDefined();
    expect(await page.locator(".detail h3").textContent()).toBe(shown?.decision.reason);
  });

  it("opened with a moment, it shows the decision in force then", async () => {
    const { decision } = acted.at(-2) as DecisionRecord;
    const { page, faults } = await pages.open(reportText(result), { hash: `#t=${isoOf(decision.at)}` });
    expect(await page.locator(".detail h3").textContent()).toBe(decision.reason);
    expect(await page.locator("button[aria-current]").getAttribute("data-at")).toBe(String(decision.at));
    expect(faults).toEqual([]);
  });

  it.each(["#t=nonsense", "#t=1999-01-01T00:00Z", "#t=%E0%A4%A", "#other"])(
    "opened with %s, it shows no decision and no error",
    async (hash) => {
      const { page, faults } = await pages.open(reportText(result), { hash });
      expect(await page.locator(".detail").textContent()).toBe("No decision is chosen.");
      expect(faults).toEqual([]);
    },
  );

  it("choosers change what is shown", async () => {
    const { page, faults } = await pages.open(reportText(result));
    const titles = page.locator("figcaption");
    const rival = result.runs[2] as Run;
    await page.getByLabel("Run").selectOption({ label: rival.label });
    expect(await titles.nth(1).textContent()).toContain(`Units of ${rival.label}`);
    await page.locator(".panel select").selectOption("all");
    const listed = await page.locator("button.decision").count();
    expect(listed).toBe(Math.min(200, ours.decisions.length));
    expect(faults).toEqual([]);
  });

  it("follows a dark colour scheme, and the reader's own choice before it", async () => {
    const background = (page: Page): Promise<string> =>
      page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const light = await background((await pages.open(reportText(result), { colorScheme: "light" })).page);
    const { page, faults } = await pages.open(reportText(result), { colorScheme: "dark" });
    const dark = await background(page);
    expect(dark).not.toBe(light);
    await page.getByLabel("Theme").selectOption("light");
    expect(await background(page)).toBe(light);
    expect(faults).toEqual([]);
  });

  it("fits a screen 400 px wide without scrolling sideways", async () => {
    const { page, faults } = await pages.open(reportText(result), { viewport: { width: 400, height: 800 } });
    await page.locator("button.decision").first().click();
    const widths = await page.evaluate<readonly number[]>(
      "[document.documentElement.scrollWidth, innerWidth]",
    );
    expect(widths).toEqual([400, 400]);
    expect(faults).toEqual([]);
  });

  it("hostile strings are shown as they are and do nothing", async () => {
    const { page, faults } = await pages.open(reportText(hostile(result)));
    expect(await page.locator("h1").textContent()).toBe(HOSTILE);
    await page.locator("button.decision").first().click();
    expect(await page.locator(".detail h3").textContent()).toBe(HOSTILE);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(2);
    await page.waitForTimeout(200);
    expect(faults).toEqual([]);
  });

  it("thirty days of minutes open, and a zoom draws them again", async () => {
    const month = repeated(result, 30);
    const begun = performance.now();
    const { page, faults } = await pages.open(reportText(month));
    const whole = await picture(page);
    const opened = performance.now();
    await page.getByRole("button", { name: "1 d", exact: true }).click();
    const zoomed = await otherPicture(page, whole);
    const drawn = performance.now();
    process.stderr.write(
      `30 days, ${month.minutes} minutes: written and opened in ${Math.round(opened - begun)} ms, zoomed in ${Math.round(drawn - opened)} ms\n`,
    );
    expect(zoomed).not.toBe(whole);
    expect(faults).toEqual([]);
  }, 60_000);

  it.each([
    ["one minute", () => cut(result, 1)],
    ["one hour without decisions", () => cut(result, 60, false)],
    ["no runs", () => ({ ...result, runs: [] })],
    ["no promotions", () => ({ ...result, promotions: [] })],
  ])("%s opens without errors", async (_, of) => {
    const { page, faults } = await pages.open(reportText(of()));
    expect(await page.locator("h1").textContent()).toBe("shop (synthetic)");
    await page.waitForTimeout(100);
    expect(faults).toEqual([]);
  });

  it("says so when there are no decisions", async () => {
    const { page } = await pages.open(reportText(cut(result, 60, false)));
    expect(await page.locator(".detail").textContent()).toBe("This result holds no decisions.");
  });
});
