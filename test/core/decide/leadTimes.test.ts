/** That what was measured of starts is used wherever a decision looks ahead, for the step that it is about. */
import { describe, expect, it } from "@jest/globals";
import { REVIEW_SECONDS, reachOf } from "../../../lib/core/decide/context.ts";
import { decide } from "../../../lib/core/decide/decide.ts";
import { needsOf } from "../../../lib/core/decide/needs.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import type { MeasuredStart } from "../../../lib/core/leadTime/measuredStart.ts";
import { EMPTY_MEMORY, type Memory } from "../../../lib/core/memory.ts";
import {
  aLockingPolicy,
  aPolicy,
  aPromotion,
  aSituation,
  capacityOf,
  contextFor,
  forecastOf,
  loadOf,
  minutes,
  NO_BANDS,
  NOW,
  repeat,
} from "../arrange.ts";

const start = (seconds: number, units: number, hour = 8): MeasuredStart => ({ seconds, units, hour });
const remembering = (starts: readonly MeasuredStart[]): Memory => ({ ...EMPTY_MEMORY, starts });

/** Steps of one take five minutes, of eight fifteen; a second apart, so that they can be told. */
const BY_SIZE = remembering(
  Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? start(300 + i, 1) : start(900 + i, 8))),
);

describe("the lead time of a decision", () => {
  const leadTime = (parts: Partial<Situation>, memory = BY_SIZE): number =>
    contextFor(aPolicy(), aSituation({ capacity: capacityOf(2), ...parts }), memory).leadTimeSeconds;

  it("is that of the step that the forecast has in sight", () => {
    const small = leadTime({ forecast: forecastOf(250, { bands: NO_BANDS }) });
    const large = leadTime({ forecast: forecastOf(1_000, { bands: NO_BANDS }) });
    expect(large).toBeGreaterThan(1.5 * small);
  });

  it("does not change with the readings", () => {
    const forecast = forecastOf(250, { bands: NO_BANDS });
    expect(leadTime({ forecast, load: loadOf(1_900) })).toBe(leadTime({ forecast, load: loadOf(10) }));
  });

  it("is that of starts in general without a forecast", () => {
    expect(leadTime({})).toBeGreaterThan(900);
  });

  it("is raised by a start under way that takes longer than all before", () => {
    const memory = remembering(repeat(12, start(300, 1)));
    const underWay = { ...memory, starting: { at: NOW - 500, to: 3, units: 1 } };
    expect(leadTime({}, memory)).toBe(300);
    expect(leadTime({}, underWay)).toBe(500);
  });

  it("of nodes that nobody counts is the policy's", () => {
    const nodes = aPolicy({ kind: "eks-nodegroup", resource: { cluster: "k", nodegroup: "n" } });
    const underWay = { ...BY_SIZE, starting: { at: NOW - 3_000, to: 3, units: 1 } };
    expect(contextFor(nodes, aSituation(), underWay).leadTimeSeconds).toBe(300);
  });
});

describe("a promotion", () => {
  /** Seconds before the start at which it is asked for. */
  function askedAhead(units: number): number {
    const isAsked = (inSeconds: number): boolean => {
      const start = NOW + inSeconds;
      const promotions = [aPromotion({ start, end: start + minutes(60), expect: { units } })];
      const situation = aSituation({ capacity: capacityOf(2), promotions });
      const policy = aPolicy({ capacity: { min: 0, max: 100 } });
      return needsOf(contextFor(policy, situation, BY_SIZE)).some(
        (need) => need.by === "promotion" && need.units === units,
      );
    };
    let seconds = minutes(60);
    while (seconds > 0 && !isAsked(seconds)) seconds--;
    return seconds;
  }

  it("is asked for by the lead time of its own size", () => {
    const [small, large] = [askedAhead(3), askedAhead(10)];
    expect(small).toBeGreaterThan(300 + REVIEW_SECONDS);
    expect(large).toBeGreaterThan(900 + REVIEW_SECONDS);
    expect(small).toBeLessThan(large / 1.5);
  });
});

describe("how far ahead is read", () => {
  const reach = (memory: Memory, capacity = capacityOf(2)): number =>
    reachOf(aLockingPolicy(), memory, capacity, NOW);

  it("grows with the starts that were measured", () => {
    expect(reach(BY_SIZE)).toBeGreaterThan(reach(remembering(repeat(12, start(300, 1)))));
  });

  it("counts the start that is seen to end now", () => {
    const before: Memory = {
      ...remembering(repeat(11, start(300, 1))),
      seen: { at: NOW - 60, desired: 2, ready: 1 },
      starting: { at: NOW - 1_100, to: 2, units: 1 },
    };
    const ended = decide(aLockingPolicy(), aSituation({ capacity: capacityOf(2) }), before).memory;
    expect(ended.starts.at(-1)?.seconds).toBe(1_100);
    expect(reach(before)).toBe(reach(ended));
  });
});

describe("the notice that the policy's lead time is wrong", () => {
  const told = (memory: Memory): readonly string[] =>
    decide(aPolicy(), aSituation({ forecast: forecastOf(100) }), memory)
      .notices.filter(({ kind }) => kind === "lead time")
      .map(({ text }) => text);

  it("says what was measured and what to write", () => {
    expect(told(remembering([540, 570, 600, 620, 655, 660].map((each) => start(each, 1))))).toEqual([
      "the policy says that a start takes 5 min, the last 6 starts took 9 min to 11 min: what was measured is used; write leadTime: { expected: 11m, worst: 11m }",
    ]);
  });

  it.each([
    ["of starts that took a third of it too", repeat(5, 100), 1],
    ["not of three", repeat(3, 900), 0],
    ["not of starts that differ by less than half", repeat(9, 440), 0],
    ["not before anything was measured", [], 0],
  ])("is given %s", (_case, seconds, count) => {
    expect(told(remembering(seconds.map((each) => start(each, 1))))).toHaveLength(count);
  });

  it("is given once, and again only after the starts have come near the policy", () => {
    const before = { ...EMPTY_MEMORY, noticed: ["lead time"] };
    const holds = (seconds: number): boolean =>
      decide(aPolicy(), aSituation({ forecast: forecastOf(100) }), {
        ...before,
        starts: repeat(6, start(seconds, 1)),
      }).memory.noticed.includes("lead time");
    expect([600, 440, 380, 360, 310].map(holds)).toEqual([true, true, true, false, false]);
    expect(told({ ...before, starts: repeat(6, start(600, 1)) })).toEqual([]);
  });
});
