/** The third promotion of a name through the simulated controller: nobody estimates it, and its requests are served. */
import { describe, expect, it } from "@jest/globals";
import { steady } from "../../lib/core/forecast/candidates/recentLevel.ts";
import type { Promotion } from "../../lib/core/promotion.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../lib/core/time.ts";
import { runForewarm } from "../../lib/sim/runForewarm.ts";
import { makeStage } from "../../lib/sim/stage.ts";
import { aPolicy, instant } from "../core/arrange.ts";
import { oneCandidate } from "../core/forecast/oneCandidate.ts";
import { PER_UNIT, stageOptions } from "./arrange.ts";

/** The replay begins two hours before the third sale and ends an hour after it. */
const SALE = instant("2025-11-21T18:00Z");
const START = SALE - 2 * HOUR_SECONDS;
const MINUTES = 300;
const PAST_DAYS = 21;
const USUAL = 1920;
const MULTIPLIERS = [2.4, 2.6, 2.5];

const sale = (weeksAgo: number): Promotion => ({
  id: `sale ${weeksAgo}`,
  name: "sale",
  target: "chat",
  start: SALE - weeksAgo * 7 * DAY_SECONDS,
  end: SALE - weeksAgo * 7 * DAY_SECONDS + 2 * HOUR_SECONDS,
  expect: { learned: null },
  priority: 0,
});
const SALES = [sale(2), sale(1), sale(0)];

/** Steady but for the sales, so that what is lost is lost to them. */
const loadAt = (at: number): number => {
  const on = SALES.findIndex(({ start, end }) => start <= at && at < end);
  return USUAL * (MULTIPLIERS[on] ?? 1);
};

async function replayed(promotions: readonly Promotion[]) {
  const policy = aPolicy({
    kind: "sagemaker-variant",
    capacity: { min: 1, max: 60 },
    load: { metric: "invocations", statistic: "sum", perUnit: PER_UNIT },
    leadTime: { expectedSeconds: 300, worstSeconds: 480 },
  });
  const pastStart = START - PAST_DAYS * DAY_SECONDS;
  const stage = makeStage(
    stageOptions({
      policy,
      start: START,
      arrivals: Uint32Array.from({ length: MINUTES * 6 }, (_, step) => loadAt(START + step * 10) / 6),
      past: {
        start: pastStart,
        perMinute: Float64Array.from({ length: PAST_DAYS * 1440 }, (_, minute) =>
          loadAt(pastStart + minute * 60),
        ),
      },
      initialUnits: 10,
    }),
  );
  const options = {
    name: "f",
    label: "f",
    about: "",
    policy,
    promotions,
    keepDecisions: true,
    model: oneCandidate(steady),
  };
  const track = await runForewarm(stage, options);
  const { log } = stage.endpoint;
  const window = { from: 120, to: 240 };
  const sum = (values: Iterable<number>): number =>
    [...values].slice(window.from, window.to).reduce((a, b) => a + b, 0);
  return {
    missed: sum(log.violations) / sum(log.arrivals),
    readyAtStart: [...log.ready][window.from] as number,
    unitMinutes: sum(log.ready),
    reasons: track.decisions.map(({ decision }) => decision.reason),
  };
}

describe("the third sale", () => {
  it("is ready when it begins, serves nearly all requests, and says what it was learned from", async () => {
    const learned = await replayed(SALES);
    const told = await replayed(SALES.map((each) => ({ ...each, expect: { multiplier: 2.5 } })));
    const unannounced = await replayed([]);
    expect(learned.readyAtStart).toBeGreaterThanOrEqual((2.5 * USUAL) / PER_UNIT);
    expect(learned.missed).toBeLessThan(0.001);
    expect(unannounced.missed).toBeGreaterThan(0.03);
    expect(learned.unitMinutes).toBeLessThan(1.6 * told.unitMinutes);
    expect(learned.reasons).toContainEqual(
      expect.stringMatching(
        /promotion sale .* expects ×2\.5 \(learned from 2 earlier ones: ×2\.4 to ×2\.6\)/,
      ),
    );
  });

  it("is no worse off than unannounced where nobody knows anything of it", async () => {
    const first = await replayed([{ ...sale(0), name: "first of its name" }]);
    const unannounced = await replayed([]);
    expect(first.missed).toBeLessThanOrEqual(unannounced.missed + 1e-9);
  });
});
