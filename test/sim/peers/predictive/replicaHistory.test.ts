/** What is kept of the replica counts: the newest points, or whole seasons. */
import { describe, expect, it } from "@jest/globals";
import { withinSeasons, withinSize } from "../../../../lib/sim/peers/predictive/replicaHistory.ts";

/** Points whose replicas tell their order: 0, 1, 2, … */
const points = (count: number) => Array.from({ length: count }, (_, i) => ({ at: 10 * i, replicas: i }));

describe("withinSize, of six points", () => {
  it.each([
    [5, 0, 5],
    [6, 0, 6],
    [7, 1, 6],
    [20, 14, 6],
  ])("%i points: from the one numbered %i on, %i of them", (count, first, kept) => {
    expect(withinSize(points(count), 6)).toEqual(points(count).slice(first));
    expect(withinSize(points(count), 6)).toHaveLength(kept);
  });
});

describe("withinSeasons, two seasons of four points", () => {
  it.each([
    ["exactly two seasons", 8, 0],
    ["the third has only begun", 9, 0],
    ["the third lacks one point", 11, 0],
    ["a whole one too many", 12, 4],
    ["a whole one and a part", 14, 4],
    ["two too many", 16, 8],
    ["nothing yet", 0, 0],
  ])("%s: %i points are kept from the one numbered %i on", (_, count, first) => {
    expect(withinSeasons(points(count), 4, 2)).toEqual(points(count).slice(first));
  });
});
