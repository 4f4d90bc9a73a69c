/** An endpoint takes one change at a time and nothing else until that has finished, or failed. */
import { describe, expect, it } from "@jest/globals";
import { aLockingPolicy, LEAD_SECONDS, minutes } from "../core/arrange.ts";
import {
  asksOf,
  at,
  between,
  frameAt,
  missedMinutes,
  play,
  type Story,
  scaleIns,
  scaleOuts,
  steps,
} from "./loop.ts";

const story: Story = {
  policy: aLockingPolicy(),
  from: "08:30",
  to: "10:00",
  units: 3,
  load: steps(["08:00", 200], ["09:00", 500], ["09:03", 1_000]),
};

describe("a load that rises again while the endpoint is locked", () => {
  const frames = play(story);

  it("is decided on every minute and asked for when the lock is gone, at once and for all of it", () => {
    const [first, second, ...rest] = scaleOuts(frames);
    expect(first?.clock).toBe("09:01");
    expect((second?.now ?? 0) - (first?.now ?? 0)).toBe(LEAD_SECONDS);
    expect(second?.decision.desired).toBe(15);
    expect(rest).toEqual([]);
  });

  it("says meanwhile what it waits for", () => {
    expect(frameAt(frames, "09:05").decision.reason).toMatch(
      /^Scale out 8 → 15 once unlocked \(endpoint chat is Updating\)/,
    );
  });

  it("asks nothing while it is locked", () => {
    expect(frames.filter(({ asked, locked }) => asked && locked)).toEqual([]);
  });
});

describe("two steps that the forecast knows, closer together than a start", () => {
  const load = steps(["08:00", 200], ["09:00", 500], ["09:04", 900]);
  const frames = play({ ...story, load, forecast: load });

  it("are asked for in one, since the first would lock out the second", () => {
    expect(asksOf(scaleOuts(frames))).toHaveLength(1);
    expect(missedMinutes(frames)).toEqual([]);
  });
});

it("a scale-in that would lock the endpoint just before a ramp is not begun", () => {
  const load = steps(["08:00", 600], ["08:40", 200], ["09:00", 600]);
  const frames = play({ ...story, units: 6, load, forecast: load });
  expect(missedMinutes(frames)).toEqual([]);
  expect(scaleIns(between(frames, "08:48", "09:00"))).toEqual([]);
});

describe("a scale-out for which there is no capacity", () => {
  const frames = play({
    ...story,
    load: steps(["08:00", 200], ["09:00", 800]),
    startSeconds: minutes(10),
    isShort: (now) => now < at("09:20"),
  });

  it("is rolled back by the platform, told once, and asked for again", () => {
    expect(frameAt(frames, "09:11").decision.from).toBe(3);
    const told = frames.flatMap(({ decision }) =>
      decision.notices.filter(({ kind }) => kind === "capacity problem"),
    );
    expect(told).toEqual([{ kind: "capacity problem", text: "no capacity for this instance type" }]);
    expect(scaleOuts(frames).length).toBeGreaterThanOrEqual(2);
  });

  it("comes in the end, and only then counts as a start that was measured", () => {
    expect(frames.at(-1)?.ready).toBe(12);
    expect(frames.at(-1)?.memory.starts.map(({ seconds }) => seconds)).toEqual([minutes(10)]);
  });
});
