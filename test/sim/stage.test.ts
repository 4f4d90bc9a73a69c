/** A run's world is made from the policy: physics in proportion to unit load and objective, and the same draws for every run. */
import { describe, expect, it } from "@jest/globals";
import { DAY_SECONDS } from "../../lib/core/time.ts";
import { makeStage, queueOptionsOf, type StageOptions } from "../../lib/sim/stage.ts";
import { aPolicy, repeat } from "../core/arrange.ts";
import { aStage, stageOptions } from "./arrange.ts";
import { START } from "./physics/arrange.ts";

describe("the queue of a policy", () => {
  const queueFor = (latencyP95Ms: number | null, perUnit = 240) =>
    queueOptionsOf(aPolicy({ objective: { latencyP95Ms, share: 0.99 } }), perUnit);

  it("is full at a quarter more than the unit load, and slows from 40 to 80 % of the objective", () => {
    const { idleServiceSeconds, fullServiceSeconds, ...rest } = queueFor(800);
    expect(rest).toEqual({
      saturationPerUnit: 5,
      objectiveSeconds: 0.8,
      timeoutSeconds: 60,
      instants: "random",
    });
    expect([idleServiceSeconds, fullServiceSeconds].map((each) => each.toFixed(6))).toEqual([
      "0.320000",
      "0.640000",
    ]);
  });

  it("has an objective of one second where none is stated", () => {
    expect(queueFor(null).objectiveSeconds).toBe(1);
  });

  it("gives up after a minute, or twice the objective where that is longer", () => {
    expect([30_000, 30_001, 120_000].map((ms) => queueFor(ms).timeoutSeconds)).toEqual([60, 60.002, 240]);
  });

  it("keeps what a unit carries inside the objective inside it but for what chance brings together, and not a third more", () => {
    const violationsAt = (perStep: number): number => {
      const stage = aStage({ arrivals: Uint32Array.from(repeat(60, perStep)) });
      while (stage.advance());
      return stage.endpoint.log.violations.reduce((sum, each) => sum + each, 0);
    };
    expect(violationsAt(160)).toBeLessThan(0.01 * 60 * 160);
    expect(violationsAt(213)).toBeGreaterThan(0.9 * 60 * 213);
  });
});

describe("every run of a replay", () => {
  const options: StageOptions = stageOptions();

  /** When each of six units is ready that were asked for at once. */
  function readyTimes(parts: Partial<StageOptions> = {}): readonly number[] {
    const stage = makeStage({ ...options, arrivals: Uint32Array.from(repeat(360, 0)), ...parts });
    stage.capacity.change((fleet, now) => fleet.ask(10, now));
    const times: number[] = [];
    let goesOn = true;
    while (goesOn) {
      goesOn = stage.advance();
      while (times.length < stage.endpoint.fleet.ready - 4) times.push(stage.endpoint.now - START);
    }
    return times;
  }

  it("has the same lead times by its seed, around the median", () => {
    expect(readyTimes().length).toBe(6);
    expect(readyTimes()).toEqual(readyTimes());
    expect(readyTimes({ seed: 2 })).not.toEqual(readyTimes());
    for (const seconds of readyTimes()) {
      expect(seconds).toBeGreaterThan(150);
      expect(seconds).toBeLessThan(600);
    }
  });

  it("has lead times whose median is as stated and of which a twentieth takes 28 % longer", () => {
    const draws = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => {
      const stage = makeStage({ ...options, seed, arrivals: Uint32Array.from(repeat(180, 0)) });
      stage.capacity.change((fleet, now) => fleet.ask(504, now));
      const seen: number[] = [];
      do while (seen.length < stage.endpoint.fleet.ready - 4) seen.push(stage.endpoint.now - START);
      while (stage.advance());
      return seen;
    });
    expect(draws.length).toBeGreaterThan(3_900);
    const shareAbove = (seconds: number): number =>
      draws.filter((each) => each > seconds).length / draws.length;
    expect(shareAbove(300)).toBeCloseTo(0.5, 1);
    expect(shareAbove(1.28 * 300)).toBeGreaterThan(0.03);
    expect(shareAbove(1.28 * 300)).toBeLessThan(0.07);
  });

  it("has a fleet and a log of its own", () => {
    const [one, other] = [makeStage(options), makeStage(options)];
    one.capacity.change((fleet, now) => fleet.ask(1, now));
    one.advance();
    expect(other.endpoint.fleet.asked).toBe(4);
    expect(other.endpoint.now).toBe(START);
  });

  it("begins with the initial units", () => {
    expect(aStage({ initialUnits: 7 }).endpoint.fleet.state(START)).toMatchObject({ desired: 7, ready: 7 });
  });
});

describe("the platform", () => {
  /** Releases one of four units while 40 requests wait and a few by chance, and says how many are lost and how long it is locked. */
  function releaseOn(platform: StageOptions["platform"]): { lost: number; lockedSeconds: number } {
    const stage = aStage({ platform, arrivals: Uint32Array.from([240, ...repeat(59, 0)]) });
    stage.advance();
    stage.capacity.change((fleet, now) => fleet.ask(3, now));
    const { fleet, now } = stage.endpoint;
    const locks = [10, 20, 30, 60, 110, 120, 300].filter((after) => !fleet.isLocked(now + after));
    return { lost: Math.floor(stage.endpoint.log.dropped[0] as number), lockedSeconds: locks[0] as number };
  }

  it("of endpoints drains and locks for two minutes", () => {
    expect(releaseOn("sagemaker")).toEqual({ lost: 0, lockedSeconds: 120 });
  });

  it("of node groups kills and locks for half a minute", () => {
    expect(releaseOn("nodegroup")).toEqual({ lost: 10, lockedSeconds: 30 });
  });
});

describe("progress", () => {
  it("is told after each day and at the end", () => {
    const start = START - (START % DAY_SECONDS) + DAY_SECONDS / 2;
    const heard: number[] = [];
    const steps = (2.5 * DAY_SECONDS) / 10;
    const stage = makeStage(stageOptions({ start, arrivals: new Uint32Array(steps) }), (share) =>
      heard.push(share),
    );
    while (stage.advance());
    expect(heard).toEqual([0.2, 0.6, 1]);
  });
});

it("tells of changes to whoever listens at the time", () => {
  const stage = aStage();
  stage.capacity.change((fleet, now) => fleet.ask(3, now));
  const heard: (readonly [number, number])[] = [];
  stage.onChange = (from, to) => heard.push([from, to]);
  for (let step = 0; step < 12; step++) stage.advance();
  stage.capacity.change((fleet, now) => fleet.ask(2, now));
  expect(heard).toEqual([[3, 2]]);
  expect(stage.minutes).toBe(10);
});
