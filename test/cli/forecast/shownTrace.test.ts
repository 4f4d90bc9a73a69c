import { describe, expect, it } from "@jest/globals";
import { sayShown } from "../../../lib/cli/forecast/sayShown.ts";
import { shownTrace, type TraceView } from "../../../lib/cli/forecast/shownTrace.ts";
import { lastWeek } from "../../../lib/core/forecast/candidates/naive.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../../lib/core/time.ts";
import type { Trace } from "../../../lib/sim/traces/trace.ts";
import { MONDAY, noise, shopLoad } from "../../core/forecast/arrangeHistory.ts";
import { oneCandidate } from "../../core/forecast/oneCandidate.ts";

/** Of the shop, in steps of five minutes or others; counts of a step, not of a minute. */
function aTrace(days: number, stepSeconds = 300): Trace {
  const steps = (days * DAY_SECONDS) / stepSeconds;
  const load = (i: number): number => shopLoad(MONDAY + i * stepSeconds) * (0.9 + 0.2 * noise(i));
  return {
    name: "shop",
    synthetic: true,
    start: MONDAY,
    stepSeconds,
    requests: Float64Array.from({ length: steps }, (_, i) => (load(i) * stepSeconds) / 60),
    inputTokens: null,
    outputTokens: null,
    setAside: [],
    missingSteps: 0,
    notes: [],
  };
}

const aView = (parts: Partial<TraceView> = {}): TraceView => ({
  trace: aTrace(21),
  model: oneCandidate(lastWeek),
  timeZone: "UTC",
  at: null,
  aheadSeconds: DAY_SECONDS,
  slotSeconds: null,
  promotions: [],
  onProgress: () => undefined,
  ...parts,
});

describe("the forecast of a trace", () => {
  it("begins where the trace ends, and is measured from earlier moments by time ahead", async () => {
    const shown = await shownTrace(aView());
    expect(shown).toMatchObject({ source: "trace", start: MONDAY + 21 * DAY_SECONDS });
    expect(shown.quantiles[0]).toHaveLength(288);
    expect(shown.past?.values).toHaveLength(14 * 288);
    expect(shown.leads?.scores.map(({ toSeconds }) => toSeconds / HOUR_SECONDS)).toEqual([1, 6, 24]);
    expect(shown.leads?.origins.length).toBeGreaterThanOrEqual(5);
    expect(shown.leads?.origins.length).toBeLessThanOrEqual(7);
  });

  it("is as it would have been at an earlier moment: what came later changes nothing", async () => {
    const at = MONDAY + 15 * DAY_SECONDS + HOUR_SECONDS;
    const trace = aTrace(21);
    const later = {
      ...trace,
      requests: trace.requests.map((count, i) => (MONDAY + i * 300 < at ? count : 1e6)),
    };
    const shown = await shownTrace(aView({ at }));
    expect(await shownTrace(aView({ at, trace: later }))).toEqual(shown);
    expect(shown.history.to).toBe(at);
  });

  it.each([300, 900, 3_600])("is made in slots of %i s", async (slotSeconds) => {
    const shown = await shownTrace(aView({ slotSeconds }));
    expect(shown.slotSeconds).toBe(slotSeconds);
    expect(shown.quantiles[0]).toHaveLength(DAY_SECONDS / slotSeconds);
  });

  it("leaves the windows of promotions out of its past", async () => {
    const start = MONDAY + 19 * DAY_SECONDS;
    const expect_ = { multiplier: 2 };
    const promotion = {
      id: "p",
      name: "launch",
      target: "shop",
      start,
      end: start + HOUR_SECONDS,
      expect: expect_,
      priority: 0,
    };
    const shown = await shownTrace(aView({ promotions: [promotion] }));
    expect(shown.masked).toEqual([{ name: "launch", start, end: start + HOUR_SECONDS }]);
    expect(shown.history.gaps).toBe(1);
    expect(shown.past?.values.filter((value) => value === null)).toHaveLength(12);
  });

  it("says why it is not measured where the past is too short", async () => {
    const shown = await shownTrace(aView({ trace: aTrace(1.5) }));
    expect(shown.leads).toBeNull();
    expect(shown.notes).toEqual([expect.stringContaining("not measured by time ahead")]);
  });

  it.each<readonly [string, Partial<TraceView>, RegExp]>([
    ["a moment before the trace", { at: MONDAY }, /--at: got 2025-10-06T00:00Z, the trace runs from/],
    ["a moment after it", { at: MONDAY + 22 * DAY_SECONDS }, /--at: got 2025-10-28T00:00Z/],
    ["slots that do not divide a day", { slotSeconds: 420 }, /--slots: got 7 min/],
    [
      "slots finer than the steps",
      { slotSeconds: 60 },
      /--slots: got 60 s for steps of 5 min|--slots: got 1 min/,
    ],
    ["slots of two hours", { slotSeconds: 7_200 }, /--slots/],
  ])("is refused for %s", async (_case, parts, message) => {
    await expect(shownTrace(aView(parts))).rejects.toThrow(message);
  });
});

it("the terminal shows past and future, weights and scores in one screen", async () => {
  const shown = await shownTrace(aView());
  const text = sayShown({ ...shown, weights: [{ candidate: "steady", weights: [0.75, 1] }] }, 100);
  expect(text).toMatch(/^shop at 2025-10-27T00:00Z: /);
  expect(text).toMatch(/last 3 d +[▁-█]+ +at most \d/);
  expect(text).toMatch(/next 24 h, 95 % +[▁-█]+/);
  expect(text).toContain("weights  steady 0.75/1.00");
  expect(text).toContain("6–24 h");
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
});
