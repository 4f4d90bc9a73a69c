/** Twenty minutes without a reading: what is not known holds or raises, and never lowers. */
import { describe, expect, it } from "@jest/globals";
import type { EpochSeconds } from "../../lib/core/time.ts";
import { aPolicy, minutes, NO_ERRORS, PROPORTIONAL_RESPONSE } from "../core/arrange.ts";
import { at, between, frameAt, play, type Story, scaleIns, steps } from "./loop.ts";

const isLost = (minute: EpochSeconds): boolean => at("09:00") <= minute && minute < at("09:20");
const lost =
  (load: (time: EpochSeconds) => number) =>
  (minute: EpochSeconds): number | null =>
    isLost(minute) ? null : load(minute);

const ebbing = steps(["08:00", 700], ["09:01", 100]);
const story: Story = { policy: aPolicy(), from: "08:30", to: "10:30", units: 11, load: lost(ebbing) };
const knownAgain = at("09:20") + story.policy.scaleIn.stabilizationSeconds;

describe("readings lost for twenty minutes, while the load goes away", () => {
  const frames = play(story);

  it("release nothing while they are lost, and nothing until a whole window is known again", () => {
    expect(scaleIns(frames).filter(({ now }) => now < knownAgain)).toEqual([]);
    expect(frameAt(frames, "09:15").decision.reason).toContain("neither load nor forecast is known");
    expect(frameAt(frames, "09:25").decision.holds.map(({ by }) => by)).toContain("missing data");
  });

  it("are made up for afterwards", () => {
    expect(frameAt(frames, "10:00").desired).toBe(2);
  });
});

describe("readings lost for twenty minutes, with a forecast", () => {
  it("leave the forecast to raise for the ramp that it knows", () => {
    const ramp = steps(["08:00", 400], ["09:15", 900]);
    const frames = play({ ...story, units: 4, load: lost(ramp), forecast: ramp });
    expect(frameAt(frames, "09:15").ready).toBe(9);
  });

  it("do not leave it to lower", () => {
    const frames = play({ ...story, units: 7, load: lost(ebbing), forecast: ebbing });
    expect(scaleIns(frames).filter(({ now }) => now < knownAgain)).toEqual([]);
    expect(frameAt(frames, "10:15").desired).toBe(1);
  });

  it("do not make it forget that the day runs at twice its forecast", () => {
    const lostLonger = (minute: EpochSeconds): boolean => at("08:50") <= minute && minute < at("09:25");
    const foreseen = steps(["08:00", 400], ["09:40", 800]);
    const frames = play({
      ...story,
      units: 8,
      load: (minute) => (lostLonger(minute) ? null : 2 * foreseen(minute)),
      forecast: foreseen,
      errors: { ...NO_ERRORS, response: [PROPORTIONAL_RESPONSE, PROPORTIONAL_RESPONSE] },
    });
    expect(frameAt(frames, "09:40").ready).toBeGreaterThanOrEqual(16);
  });
});

it("one lost minute in twenty does not keep a target up for ever, if no window is longer than that", () => {
  const policy = aPolicy({ scaleIn: { ...aPolicy().scaleIn, stabilizationSeconds: minutes(5) } });
  const patchy = (minute: EpochSeconds): number | null => ((minute / 60) % 20 === 0 ? null : ebbing(minute));
  const frames = play({ ...story, policy, load: patchy });
  expect(frameAt(frames, "10:15").desired).toBe(2);
});

it("a rule that lost its metric stops scale-in for as long, although the load is known", () => {
  const gpu = { metric: "gpuUtilization", statistic: "average" as const };
  const rule = {
    path: "rules[0]",
    ...gpu,
    comparison: "above" as const,
    threshold: 70,
    minutes: 2,
    ofMinutes: 2,
    scale: "out" as const,
    by: { units: 1 },
  };
  const frames = play({
    ...story,
    policy: aPolicy({ rules: [rule] }),
    load: ebbing,
    metrics: [{ ...gpu, value: (minute) => (at("09:00") <= minute && minute < at("10:00") ? null : 20) }],
  });
  expect(scaleIns(between(frames, "09:00", "10:00"))).toEqual([]);
  expect(frameAt(frames, "10:15").desired).toBe(2);
});
