/** A deploy at nine that answers with errors: clients give up, the load falls, and units crash. */
import { describe, expect, it } from "@jest/globals";
import type { EpochSeconds } from "../../lib/core/time.ts";
import { aPolicy, aRule } from "../core/arrange.ts";
import { at, between, frameAt, play, type Story, scaleIns, scaleOuts, steps } from "./loop.ts";

const rule = aRule({ metric: "errorRate", threshold: 5, minutes: 2, ofMinutes: 3, scale: "freeze" });
const story: Story = {
  policy: aPolicy({ rules: [rule] }),
  from: "08:30",
  to: "10:30",
  units: 9,
  load: steps(["08:00", 600], ["09:00", 80], ["09:40", 600]),
  metrics: [
    {
      metric: "errorRate",
      statistic: "average",
      value: steps(["08:00", 0.5], ["09:00", 40], ["09:40", 0.5]),
    },
  ],
};
const noticesOf = (frames: ReturnType<typeof play>): readonly string[] =>
  frames.flatMap(({ decision }) => decision.notices.map(({ kind }) => kind));

describe("a bad deploy", () => {
  const frames = play(story);

  it("releases nothing while it answers with errors, although the load has gone", () => {
    expect(scaleIns(between(frames, "09:00", "09:40"))).toEqual([]);
    expect(frameAt(frames, "09:30").decision.reason).toContain("error guard, errorRate average 40 above 5");
  });

  it("buys nothing either", () => {
    expect(scaleOuts(frames)).toEqual([]);
  });

  it("is told once", () => {
    expect(noticesOf(frames).filter((kind) => kind.startsWith("error guard"))).toHaveLength(1);
  });

  it("finds its units there when it is rolled back and the load returns", () => {
    expect(frameAt(frames, "09:40").ready).toBe(9);
  });
});

it("a bad deploy whose units crash and come back every other minute is guarded all the same", () => {
  const crashed = (now: EpochSeconds): number =>
    at("09:00") <= now && now < at("09:40") ? 1 + ((now / 60) % 2) : 0;
  const frames = play({ ...story, crashed });
  expect(scaleIns(between(frames, "09:00", "09:40"))).toEqual([]);
  expect(frameAt(frames, "09:30").decision.holds.map(({ by }) => by)).toContain("error guard");
});

it("errors that are over let go", () => {
  const frames = play({ ...story, load: steps(["08:00", 600], ["09:00", 80]) });
  expect(frameAt(frames, "10:15").desired).toBe(2);
});
