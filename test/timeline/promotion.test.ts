/** A promotion from the first unit asked for to the last one released. */
import { describe, expect, it } from "@jest/globals";
import type { Promotion } from "../../lib/core/promotion.ts";
import { aLockingPolicy, aPolicy, aPromotion, LEAD_SECONDS, minutes, NO_BANDS } from "../core/arrange.ts";
import { at, between, frameAt, play, type Story, scaleOuts, steps } from "./loop.ts";

const promotion = (from: string, to: string, parts: Partial<Promotion> = {}): Promotion =>
  aPromotion({ id: `${from}-${to}`, start: at(from), end: at(to), expect: { units: 12 }, ...parts });

const story = (parts: Partial<Story> = {}): Story => ({
  policy: aPolicy(),
  from: "08:00",
  to: "12:30",
  units: 3,
  load: () => 200,
  promotions: [promotion("10:00", "11:00")],
  ...parts,
});

describe.each([
  ["that takes a change at any time", aPolicy()],
  ["that locks while it changes", aLockingPolicy()],
])("a promotion from ten to eleven on a target %s", (_kind, policy) => {
  const frames = play(story({ policy }));

  it("has every unit ready when it starts", () => {
    expect(frameAt(frames, "10:00").ready).toBe(12);
  });

  it("does not pay for them long before", () => {
    expect(frameAt(frames, "09:40").desired).toBe(3);
  });

  it("holds them to its last minute, whatever the load says", () => {
    for (const { desired } of between(frames, "10:00", "11:00")) expect(desired).toBe(12);
  });

  it("releases them when it is over, by no event but the time", () => {
    const releasedBy = at("11:00") + policy.scaleIn.stabilizationSeconds + minutes(2);
    for (const { desired } of frames.filter(({ now }) => now >= releasedBy)) expect(desired).toBe(3);
  });
});

describe("a promotion", () => {
  it("that is announced too late is asked for at once", () => {
    const late = (now: number) => (now < at("09:58") ? [] : [promotion("10:00", "11:00")]);
    const before = play(story({ promotions: late(at("09:57")), to: "09:58" }));
    expect(frameAt(before, "09:57").desired).toBe(3);
    const after = play(story({ promotions: late(at("09:58")), from: "09:58" }));
    expect(frameAt(after, "09:58").desired).toBe(12);
  });

  it("does not wait for a cooldown or for steps", () => {
    const policy = aPolicy({ scaleOut: { cooldownSeconds: minutes(30), maxStep: { units: 1 } } });
    const frames = play(story({ policy, load: steps(["08:00", 200], ["09:50", 300]) }));
    expect(frameAt(frames, "10:00").ready).toBe(12);
  });

  it("is ready although every reading is lost before it", () => {
    const frames = play(story({ load: (minute) => (minute >= at("09:30") ? null : 200) }));
    expect(frameAt(frames, "10:00").ready).toBe(12);
    expect(frameAt(frames, "12:00").desired).toBe(12);
  });

  it("that brings more than it expected is carried by the load it brings", () => {
    const frames = play(
      story({ load: steps(["08:00", 200], ["10:00", 1_100], ["10:20", 1_280], ["11:00", 200]) }),
    );
    expect(frameAt(frames, "10:40").ready).toBeGreaterThan(12);
  });

  it("that follows another is not let down in between", () => {
    const frames = play(story({ promotions: [promotion("10:00", "11:00"), promotion("11:15", "12:00")] }));
    for (const { desired } of between(frames, "10:00", "12:00")) expect(desired).toBe(12);
  });

  it("that is interrupted by a smaller one of a higher priority has its units back at that one's end", () => {
    const short = promotion("10:20", "10:50", { priority: 5, expect: { units: 5 } });
    const policy = aPolicy({
      scaleIn: { ...aPolicy().scaleIn, stabilizationSeconds: 60, paybackSeconds: 0 },
    });
    const frames = play(story({ policy, promotions: [promotion("10:00", "11:30"), short] }));
    expect(frameAt(frames, "10:19").desired).toBe(12);
    expect(frameAt(frames, "10:30").desired).toBe(5);
    expect(frameAt(frames, "10:50").ready).toBe(12);
  });
});

describe("a multiple of the usual load", () => {
  const tripled = promotion("10:00", "11:00", { expect: { multiplier: 3 } });

  it("is of the forecast, and its own load does not raise it further", () => {
    const frames = play(
      story({
        promotions: [tripled],
        forecast: () => 300,
        bands: NO_BANDS,
        load: steps(["08:00", 300], ["10:00", 900], ["11:00", 300]),
      }),
    );
    for (const { desired, ready } of between(frames, "10:00", "11:00"))
      expect([desired, ready]).toEqual([9, 9]);
  });

  it("without a forecast is of what came before, with headroom, and is kept while it lasts", () => {
    const frames = play(
      story({ promotions: [tripled], load: steps(["08:00", 200], ["10:00", 600], ["11:00", 200]) }),
    );
    for (const { desired, ready } of between(frames, "10:00", "11:00"))
      expect([desired, ready]).toEqual([9, 9]);
    expect(frameAt(frames, "12:00").desired).toBe(3);
  });
});

it("starts that take longer than the policy says are asked for earlier, once that was seen often enough", () => {
  const slow = 2 * LEAD_SECONDS;
  // So far apart that units are released in between: sight of the next one grows with the lead time too.
  const hours = Array.from({ length: 5 }, (_, i) => 2 * i + 1);
  const promotions = hours.map((hour) => {
    const clock = `${hour}`.padStart(2, "0");
    return promotion(`${clock}:00`, `${clock}:20`);
  });
  const frames = play(story({ from: "00:00", to: "11:00", promotions, startSeconds: slow }));
  const askedAhead = scaleOuts(frames).map(({ now }, i) => (promotions[i]?.start ?? 0) - now);
  expect(askedAhead).toHaveLength(promotions.length);
  expect(askedAhead[0]).toBeLessThan(slow);
  expect(askedAhead.at(-1)).toBeGreaterThanOrEqual(slow);
  expect(frames.at(-1)?.memory.starts.map(({ seconds }) => seconds)).toEqual(hours.map(() => slow));
});
