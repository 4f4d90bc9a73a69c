/** The cut between what is learned from and what is scored, and the scaling of a trace. */
import { describe, expect, it } from "@jest/globals";
import { defaultsOf } from "../../../lib/sim/score/candidate.ts";
import { CANDIDATES } from "../../../lib/sim/score/candidates.ts";
import { runOutcome } from "../../../lib/sim/score/runOutcome.ts";
import { splitOf, UNIT_LOAD, whyUnfit } from "../../../lib/sim/score/scoreCase.ts";
import { scorePolicy } from "../../../lib/sim/score/scorePolicy.ts";
import { aCase, aTrace } from "./arrange.ts";

const DAY = 1440;

describe("the split", () => {
  it.each([
    [2, 1, 1],
    [7, 3, 4],
    [14, 7, 7],
    [28, 14, 14],
    [52, 14, 38],
  ])("of %i days learns from %i and scores %i", (days, training, scored) => {
    expect(splitOf(days * DAY, null)).toEqual({ training: training * DAY, scored: scored * DAY });
  });

  it("scores at most as many days as it is told to", () => {
    expect(splitOf(52 * DAY, 7)).toEqual({ training: 14 * DAY, scored: 7 * DAY });
  });

  it("tunes on the second half of what it learns from, with the first as history", () => {
    const { tuning, scored } = aCase(aTrace(8));
    expect(tuning.given.past.perMinute.length).toBe(2 * DAY);
    expect(tuning.stage.arrivals.length).toBe(2 * DAY * 6);
    expect(scored.given.past.perMinute.length).toBe(4 * DAY);
    expect(scored.stage.start).toBe(tuning.stage.start + 2 * DAY * 60);
  });
});

describe("the scaling", () => {
  it("makes the mean load need so many units", () => {
    const { tuning, scored } = aCase(aTrace(4));
    const requests = [...tuning.stage.arrivals, ...scored.stage.arrivals].reduce((a, b) => a + b, 0);
    const minutes = (tuning.stage.arrivals.length + scored.stage.arrivals.length) / 6;
    expect(requests / minutes / UNIT_LOAD).toBeCloseTo(5, 1);
  });

  it("gives every seed arrivals of its own, and each policy of a seed the same", () => {
    const trace = aTrace(2);
    const [one, again, other] = [1, 1, 2].map(
      (seed) => aCase(trace, "sagemaker", seed).scored.stage.arrivals,
    );
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });
});

describe("a trace that cannot be scored", () => {
  it("is too short, and is told how long it has to be", () => {
    expect(whyUnfit(aTrace(1))).toContain("at least two days");
    expect(whyUnfit(aTrace(2))).toBeNull();
  });

  it("has no requests", () => expect(whyUnfit(aTrace(2, () => 0))).toContain("no requests"));
});

describe("what is learned", () => {
  it("does not depend on the scored part", async () => {
    const candidate = CANDIDATES.find(({ name }) => name === "same-time-yesterday");
    if (candidate === undefined) throw new Error("the policy is gone");
    const plan = { trials: 10, knobValues: 5 };
    const usual = await scorePolicy(candidate, [aCase(aTrace(4))], plan);
    // Permuted, so that the scale stays: the mean of the trace sizes the experiment.
    const swap = aTrace(4).requests;
    const changed = aTrace(4, (step, count) => (step < 576 ? count : (swap[576 + 1151 - step] as number)));
    const other = await scorePolicy(candidate, [aCase(changed)], plan);
    const learned = ({ versions }: typeof usual) =>
      versions.map(({ version, settings }) => ({ version, settings }));
    expect(learned(other)).toEqual(learned(usual));
    // Three values of the knob are from the training part; the others look closer at what came of them.
    for (const [i, { outcomes }] of usual.versions.entries()) {
      const others = new Set(other.versions[i]?.outcomes.map(({ knob }) => knob));
      expect(outcomes.filter(({ knob }) => others.has(knob)).length).toBeGreaterThanOrEqual(3);
    }
    expect(other.versions[0]?.outcomes).not.toEqual(usual.versions[0]?.outcomes);
  });

  it("is the same with forecasts from an archive as without", async () => {
    const candidate = CANDIDATES.find(({ name }) => name === "forewarm");
    if (candidate === undefined) throw new Error("Forewarm is gone");
    const { scored } = aCase(aTrace(4));
    const settings = defaultsOf(candidate);
    const first = await runOutcome(candidate, scored, 0.9, settings);
    expect(scored.given.forecasts.get("ensemble")?.size).toBeGreaterThan(4);
    expect(await runOutcome(candidate, scored, 0.9, settings)).toEqual(first);
    const other = await runOutcome(candidate, scored, 0.6, settings);
    const alone = { ...scored, given: { ...scored.given, forecasts: new Map() } };
    expect(await runOutcome(candidate, alone, 0.6, settings)).toEqual(other);
  });
});
