/** Requests at random instants: the formulas against a step that is played request by request, many times. */
import { describe, expect, it } from "@jest/globals";
import { clusteredQueue, clusteredShare, leftWaiting } from "../../../lib/sim/physics/clustering.ts";
import { stream } from "../../../lib/sim/random.ts";

const NOBODY = { over: 0, late: 0 };
const ROUNDS = 1_000;

interface Played {
  /** How many each request found waiting, over all rounds, ascending. */
  readonly found: readonly number[];
  readonly left: number;
}

/** Steps of one second in which `capacity` requests can be served; `before` wait as each begins. */
function play(arrivals: number, capacity: number, before: number): Played {
  const source = stream(1, `${arrivals} ${capacity} ${before}`);
  const found: number[] = [];
  let left = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const instants = Array.from({ length: arrivals }, source).sort((a, b) => a - b);
    let waiting = before;
    let last = 0;
    for (const instant of instants) {
      waiting = Math.max(0, waiting - capacity * (instant - last));
      found.push(waiting);
      waiting += 1;
      last = instant;
    }
    left += Math.max(0, waiting - capacity * (1 - last));
  }
  return { found: found.sort((a, b) => a - b), left: left / ROUNDS };
}

const CASES = [
  [500, 520, 14],
  [500, 550, 17],
  [500, 575, 12],
  [100, 105, 6],
  [100, 120, 6],
  [50, 60, 5],
] as const;

describe("the share of requests that find more than the room waiting", () => {
  it.each(CASES)(
    "%d requests, %d could be served, room for %d: as played, to 2.5 points",
    (arrivals, capacity, room) => {
      const { found } = play(arrivals, capacity, 0);
      const share = found.filter((waiting) => waiting > room).length / found.length;
      expect(share).toBeGreaterThan(0.003);
      expect(Math.abs(clusteredShare(NOBODY, arrivals, capacity, room) - share)).toBeLessThan(0.025);
    },
  );

  it.each([
    [10, 500, 550, 17],
    [15, 500, 600, 17],
    [4, 100, 120, 6],
  ])(
    "%d that waited before are in the way of %d, of whom %d could be served; room for %d",
    (before, arrivals, capacity, room) => {
      const { found } = play(arrivals, capacity, before);
      const share = found.filter((waiting) => waiting > room).length / found.length;
      const said = clusteredShare({ over: before, late: 0 }, arrivals, capacity, room);
      expect(said).toBeGreaterThan(clusteredShare(NOBODY, arrivals, capacity, room));
      expect(Math.abs(said - share)).toBeLessThan(0.04);
    },
  );

  it.each([
    ["a lone request", 1, 0.1, 0],
    ["no requests", 0, 10, 1],
    ["capacity far above the load", 500, 1_000, 20],
    ["no room at all, which is no matter of chance", 500, 520, -1],
  ])("is nothing for %s", (_, arrivals, capacity, room) => {
    expect(clusteredShare(NOBODY, arrivals, capacity, room)).toBe(0);
  });

  it("grows with the load and shrinks with capacity and room", () => {
    const shares = [470, 490, 510, 540].map((arrivals) => clusteredShare(NOBODY, arrivals, 520, 14));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(clusteredShare(NOBODY, 500, 540, 14)).toBeLessThan(clusteredShare(NOBODY, 500, 520, 14));
    expect(clusteredShare(NOBODY, 500, 520, 20)).toBeLessThan(clusteredShare(NOBODY, 500, 520, 14));
  });
});

describe("how many wait when the step ends", () => {
  it.each([
    [500, 520, 0],
    [500, 560, 0],
    [500, 500, 10],
    [500, 480, 30],
    [100, 110, 25],
    [50, 90, 0],
  ])(
    "%d requests, %d could be served, %d waited before: as played, to 1.2 requests",
    (arrivals, capacity, before) => {
      const { left } = play(arrivals, capacity, before);
      const { over, late } = leftWaiting({ over: before, late: 0 }, arrivals, arrivals - capacity);
      expect(Math.abs(over + late - left)).toBeLessThan(1.2);
    },
  );

  it("is what is over where a queue cannot run empty, and never more than came", () => {
    expect(leftWaiting({ over: 1_000, late: 0 }, 500, -100)).toEqual({ over: 900, late: 0 });
    expect(leftWaiting(NOBODY, 0, -50)).toEqual({ over: 0, late: 0 });
    expect(leftWaiting(NOBODY, 1, 1)).toEqual({ over: 1, late: 0 });
  });

  it("settles, step after step, at what a server that is 95 % full leaves waiting: ρ² ÷ 2(1 − ρ), give or take its step", () => {
    let waiting = NOBODY;
    for (let step = 0; step < 50; step++) waiting = leftWaiting(waiting, 475, -25);
    expect(waiting.over).toBe(0);
    expect(waiting.late).toBeGreaterThan(6);
    expect(waiting.late).toBeLessThan(10);
  });
});

describe("how many a share of the requests finds", () => {
  it.each(CASES)(
    "%d requests, %d could be served: more than played, by less than a third of the spread",
    (arrivals, capacity, _room) => {
      const { found } = play(arrivals, capacity, 0);
      for (const share of [0.125, 0.375, 0.625]) {
        const played = found[Math.floor((1 - share) * found.length)] ?? Number.NaN;
        const said = clusteredQueue(arrivals, capacity, share);
        expect(said).toBeGreaterThanOrEqual(played - 1);
        expect(said - played).toBeLessThan(Math.sqrt(arrivals) / 3);
      }
    },
  );

  it("is none for a lone request", () => {
    expect(clusteredQueue(1, 0.5, 0.125)).toBe(0);
  });
});
