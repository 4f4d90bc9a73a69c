/** What the HPA makes of a proposal without a behavior block: 300 s before a scale-in, doubling at most. */
import { describe, expect, it } from "@jest/globals";
import type { Recommendation } from "../../../../lib/sim/peers/hpa/recommendations.ts";
import { stabilize } from "../../../../lib/sim/peers/hpa/stabilize.ts";
import { NOW } from "../arrange.ts";

const WIDE = { min: 1, max: 100 };

/** Recommendations, each with the seconds since it was logged. */
const log = (...entries: readonly (readonly [number, number])[]): readonly Recommendation[] =>
  entries.map(([replicas, ageSeconds]) => ({ replicas, at: NOW - ageSeconds }));

describe("stabilize", () => {
  it.each<readonly [string, number, number, readonly Recommendation[], number]>([
    ["an entry of 300 s counts", 10, 4, log([8, 300]), 8],
    ["an entry of 301 s does not", 10, 4, log([8, 301]), 4],
    ["the most of the window", 10, 4, log([12, 400], [9, 200], [6, 100]), 9],
    ["a lower entry holds nothing back", 5, 8, log([2, 15]), 8],
    ["an entry above the present count raises it", 5, 3, log([8, 15]), 8],
    ["nothing logged yet", 10, 4, [], 4],
  ])("%s", (_case, current, proposed, entries, expected) => {
    expect(stabilize(current, proposed, entries, WIDE, NOW).replicas).toBe(expected);
  });

  it.each([
    [0, 4],
    [1, 4],
    [2, 4],
    [3, 6],
    [10, 20],
  ])("from %p replicas it goes to %p at most", (current, most) => {
    expect(stabilize(current, 99, [], { min: 0, max: 100 }, NOW).replicas).toBe(most);
    expect(stabilize(current, most, [], { min: 0, max: 100 }, NOW).replicas).toBe(most);
    expect(stabilize(current, most - 1, [], { min: 0, max: 100 }, NOW).replicas).toBe(most - 1);
  });

  it.each([
    ["the maximum below the double", 10, 30, { min: 1, max: 15 }, 15],
    ["the minimum", 10, 0, { min: 3, max: 15 }, 3],
    ["a minimum of 0", 10, 0, { min: 0, max: 15 }, 0],
  ])("stays within %s", (_case, current, proposed, bounds, expected) => {
    expect(stabilize(current, proposed, [], bounds, NOW).replicas).toBe(expected);
  });

  it("limits what the window asks for, too", () => {
    expect(stabilize(3, 2, log([9, 15]), WIDE, NOW).replicas).toBe(6);
  });

  it("has a window of its own", () => {
    expect(stabilize(10, 4, log([8, 60]), WIDE, NOW, 60).replicas).toBe(8);
    expect(stabilize(10, 4, log([8, 61]), WIDE, NOW, 60).replicas).toBe(4);
  });

  it("logs the proposal, not what was made of it, in the place of what is older than the window", () => {
    const next = stabilize(10, 4, log([8, 300], [9, 301]), WIDE, NOW).log;
    expect([...next].sort((a, b) => a.at - b.at)).toEqual(log([8, 300], [4, 0]));
  });

  it("releases what a drop to 2 leaves, 315 s after the last proposal of 10", () => {
    let entries = log([10, 15]);
    const counts: number[] = [];
    for (let seconds = 0; seconds <= 315; seconds += 15) {
      const proposed = seconds === 0 ? 10 : 2;
      const answer = stabilize(counts.at(-1) ?? 10, proposed, entries, WIDE, NOW + seconds);
      counts.push(answer.replicas);
      entries = answer.log;
    }
    expect(counts).toEqual([...new Array(21).fill(10), 2]);
  });
});
