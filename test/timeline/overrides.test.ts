/** What a person orders at night: stop, exactly so many, nothing less. */
import { describe, expect, it } from "@jest/globals";
import type { Override } from "../../lib/core/promotion.ts";
import { anOverride, aPolicy, aPromotion, pinTo } from "../core/arrange.ts";
import { asksOf, at, between, frameAt, play, type Story, steps } from "./loop.ts";

const story = (override: Override, parts: Partial<Story> = {}): Story => ({
  policy: aPolicy({ capacity: { min: 1, max: 12 } }),
  from: "08:30",
  to: "11:00",
  units: 3,
  load: steps(["08:00", 200], ["09:10", 600], ["09:40", 200]),
  overrides: (now) => (now < at("09:00") ? [] : [{ ...override, until: at("10:00") }]),
  ...parts,
});

describe("a pause from nine to ten", () => {
  const frames = play(story(anOverride()));

  it("changes nothing while it lasts, whatever the load does", () => {
    expect(asksOf(between(frames, "09:00", "10:00"))).toEqual([]);
  });

  it("still says what would be done otherwise", () => {
    expect(frameAt(frames, "09:20").decision.reason).toMatch(
      /^Keep 3: paused \(ops: looking into it\); otherwise 9: demand/,
    );
  });

  it("is over by itself", () => {
    const busy = play(story(anOverride(), { load: steps(["08:00", 200], ["09:10", 600]) }));
    expect(frameAt(busy, "10:00").desired).toBe(9);
  });

  it("stops a promotion too", () => {
    const promotions = [aPromotion({ start: at("09:30"), end: at("10:30") })];
    const paused = play(story(anOverride(), { promotions }));
    expect(frameAt(paused, "09:45").desired).toBe(3);
    expect(frameAt(paused, "10:00").desired).toBe(10);
  });
});

describe("a pin to six from nine to ten", () => {
  const frames = play(story(pinTo(6)));

  it("is six at once and all the time, above and below what is needed", () => {
    for (const { desired } of between(frames, "09:00", "10:00")) expect(desired).toBe(6);
    expect(frameAt(frames, "09:20").decision.reason).toContain(
      "pinned to 6 units (ops: load test); otherwise 9",
    );
    expect(frameAt(frames, "09:59").decision.reason).toContain(
      "pinned to 6 units (ops: load test); otherwise 3",
    );
  });

  it("gives way to what is needed when it is over", () => {
    expect(frameAt(frames, "10:30").desired).toBe(3);
  });

  it("never leaves the target's limits", () => {
    expect(frameAt(play(story(pinTo(99))), "09:30").desired).toBe(12);
    expect(frameAt(play(story(pinTo(0))), "09:30").desired).toBe(1);
  });
});

describe("a freeze of scale-in from nine to ten", () => {
  const frames = play(story(anOverride({ id: "freeze", kind: "freeze-scale-in" })));

  it("lets the load scale out and releases nothing", () => {
    expect(frameAt(frames, "09:15").desired).toBe(9);
    expect(frameAt(frames, "09:59").desired).toBe(9);
    expect(frameAt(frames, "09:59").decision.reason).toMatch(/^Keep 9: freeze, scale-in is frozen/);
  });

  it("lets go when it is over", () => {
    expect(frameAt(frames, "10:01").desired).toBe(3);
  });
});
