/** A crowd that nobody expected, and a single minute that means nothing. */
import { describe, expect, it } from "@jest/globals";
import { aLockingPolicy, aPolicy, LEAD_SECONDS, minutes } from "../core/arrange.ts";
import { asksOf, at, between, frameAt, play, scaleIns, scaleOuts, steps } from "./loop.ts";

const crowd = steps(["08:00", 200], ["09:00", 1_000], ["09:20", 200]);
const story = { policy: aPolicy(), from: "08:30", to: "10:30", units: 3, load: crowd };

describe("a crowd from nine to twenty past", () => {
  const frames = play(story);

  it("is answered when its first minute has been read, by one request for all it needs", () => {
    expect(asksOf(scaleOuts(frames))).toEqual(["09:01 3 → 15"]);
  });

  it("is served as soon as units can be ready", () => {
    const readyAt = at("09:01") + LEAD_SECONDS;
    expect(frames.filter(({ now, ready }) => now < readyAt && ready > 3)).toEqual([]);
    expect(frames.find(({ now }) => now === readyAt)?.ready).toBe(15);
  });

  it("keeps its units until it has been gone for the stabilization window", () => {
    const gone = at("09:20") + story.policy.scaleIn.stabilizationSeconds;
    expect(scaleIns(frames).filter(({ now }) => now < gone)).toEqual([]);
    expect(frameAt(frames, "10:00").desired).toBe(3);
  });

  it("teaches how long a start takes", () => {
    expect(frames.at(-1)?.memory.starts.map(({ seconds }) => seconds)).toEqual([LEAD_SECONDS]);
  });
});

it("a crowd that the forecast denies is believed all the same", () => {
  const frames = play({ ...story, forecast: () => 200 });
  expect(scaleOuts(frames)[0]?.clock).toBe("09:01");
  expect(frameAt(frames, "09:10").ready).toBeGreaterThanOrEqual(10);
});

it("a crowd that keeps growing is met by a few requests, each for all that is needed, on a target that locks", () => {
  const growing = (time: number): number => Math.min(1_200, Math.max(100, 100 + (time - at("09:00")) * 0.6));
  const frames = play({ ...story, policy: aLockingPolicy(), load: growing, to: "09:50" });
  expect(frames.filter(({ asked, locked }) => asked && locked)).toEqual([]);
  expect(scaleOuts(frames).length).toBeLessThanOrEqual(6);
  expect(frameAt(frames, "09:45").ready).toBeGreaterThanOrEqual(12);
});

describe("loads that swing between two and six hundred every five minutes", () => {
  const swinging = (time: number): number => (Math.floor(time / minutes(5)) % 2 === 0 ? 200 : 600);
  const frames = play({ ...story, load: swinging });

  it("are carried without flapping: up once, and never down", () => {
    expect(scaleOuts(frames).length).toBe(1);
    expect(scaleIns(between(frames, "08:40", "10:30"))).toEqual([]);
  });
});
