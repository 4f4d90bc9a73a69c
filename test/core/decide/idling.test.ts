/** The last unit of a target that may have none: kept, released and started by when the next request comes. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../../lib/core/decide/decide.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import type { ForecastView, IdleTable } from "../../../lib/core/forecast/forecast.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import {
  aPolicy,
  aPromotion,
  aRule,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  holdBy,
  loadOf,
  metricOf,
  minutes,
  NO_FORECAST,
  NOW,
  needBy,
  repeat,
} from "../arrange.ts";
import { bursts, endOf, fitted, historyOfMinutes, hourly, memoryless } from "../idle/arrange.ts";

const NONE_ALLOWED = aPolicy({ capacity: { min: 0, max: 20 } });

const PROMISING = { ...NONE_ALLOWED, objective: { latencyP95Ms: null, share: 0.999 } };

/** A forecast of next to nothing that begins an hour before now, with what pauses taught. */
function viewWith(load: (minute: number) => number): ForecastView {
  const history = historyOfMinutes(load);
  const idle: IdleTable = fitted(history);
  const view = forecastOf(0.5);
  return { ...view, idle: { ...idle, rate: view.median.map((_, slot) => idle.rate[slot] ?? 1) } };
}

const HOURLY = viewWith(hourly);
const RARE = viewWith(memoryless(200));
const FREQUENT = viewWith(memoryless(4));
const BURSTS = viewWith(bursts());

/** Idle for so many minutes after an hour with a request in each. */
const quietFor = (idle: number) => loadOf([...repeat(60 - idle, 1), ...repeat(idle, 0)]);
const idleSituation = (
  idle: number,
  forecast: Situation["forecast"],
  units = 1,
  parts: Partial<Situation> = {},
) => aSituation({ load: quietFor(idle), forecast, capacity: capacityOf(units), ...parts });

describe("an idle target", () => {
  it.each([
    ["requests every 4 minutes", FREQUENT, 5, 1],
    ["requests every 200 minutes", RARE, 5, 0],
    ["a burst that may go on", BURSTS, 3, 0],
  ])("after which come %s has %d units after 5 idle minutes", (_case, forecast, idle, units) => {
    expect(decided(NONE_ALLOWED, idleSituation(idle, forecast)).desired).toBe(units);
  });

  it("says what it idles for", () => {
    const decision = decided(NONE_ALLOWED, idleSituation(5, FREQUENT));
    expect(holdBy(decision, "idle")?.units).toBe(1);
    expect(decision.reason).toMatch(
      /^Keep 1: idle, next request within \d+ min: \d+(\.\d+)? % likely \(idle for 5 min, \d+ pauses known\), and a cold start costs as much as \d+ min of idling; otherwise 0$/,
    );
  });

  it("says why it stops", () => {
    const decision = decided(NONE_ALLOWED, idleSituation(5, RARE));
    expect(needBy(decision, "next request")).toMatchObject({ units: 0 });
    expect(decision.reason).toMatch(/^Scale in 1 → 0: next request within .* likely/);
  });

  it("is not kept by what it needed a while ago: the price of coming back is in the account already", () => {
    const memory = { ...EMPTY_MEMORY, recommendations: [{ at: NOW - minutes(6), units: 1 }] };
    expect(decided(NONE_ALLOWED, idleSituation(5, RARE), memory).desired).toBe(0);
    const more = { ...EMPTY_MEMORY, recommendations: [{ at: NOW - minutes(6), units: 3 }] };
    expect(decided(NONE_ALLOWED, idleSituation(5, RARE, 4), more).desired).toBe(3);
  });

  it.each([
    ["a minimum of one", aPolicy(), 1],
    ["a real-time variant", aPolicy({ kind: "sagemaker-variant", capacity: { min: 1, max: 20 } }), 1],
  ])("keeps its unit with %s", (_case, policy, units) => {
    const decision = decided(policy, idleSituation(5, RARE));
    expect(decision.desired).toBe(units);
    expect(needBy(decision, "next request")).toBeUndefined();
  });

  it("is no matter of the gate: that scores the level, not when requests come", () => {
    const gate = {
      state: "bad" as const,
      since: NOW - 3_600,
      clearSince: null,
      scoredUntil: NOW - 300,
      minutes: 300,
      loss: 100,
      naiveLoss: 10,
      covered: 100,
      recentLoad: 0,
      recentMedian: 0,
    };
    expect(
      holdBy(decided(NONE_ALLOWED, idleSituation(5, FREQUENT), { ...EMPTY_MEMORY, gate }), "idle"),
    ).toBeDefined();
  });

  it("that a promotion wants keeps what that wants", () => {
    const promotions = [aPromotion({ start: NOW - 60, end: NOW + 3_600, expect: { units: 2 } })];
    expect(decided(NONE_ALLOWED, idleSituation(5, RARE, 2, { promotions })).desired).toBe(2);
  });
});

describe("a target that has had requests in the last minutes", () => {
  it.each([0, 1, 2])("%d minutes ago keeps its unit, however rare they are", (idle) => {
    expect(decided(NONE_ALLOWED, idleSituation(idle, RARE)).desired).toBe(1);
  });
});

describe("what is missing", () => {
  it("is no idle time: the unit stays", () => {
    const load = loadOf([...repeat(50, 1), ...repeat(5, 0), null, ...repeat(4, 0)]);
    expect(decided(NONE_ALLOWED, aSituation({ load, forecast: RARE, capacity: capacityOf(1) })).desired).toBe(
      1,
    );
  });

  it.each(["all of it", "the newest"])("of the load, %s, keeps the unit", (which) => {
    const values = which === "all of it" ? repeat(60, null) : [...repeat(50, 1), ...repeat(9, 0), null];
    expect(
      decided(NONE_ALLOWED, aSituation({ load: loadOf(values), forecast: RARE, capacity: capacityOf(1) }))
        .desired,
    ).toBe(1);
  });

  it("while there is no unit does not end the idle time, so that a start ahead is not missed", () => {
    const now = NOW + minutes(55);
    const memory = { ...EMPTY_MEMORY, idle: { since: NOW + 60, until: now - 60 } };
    const load = loadOf(repeat(60, null), now);
    const situation = aSituation({ now, load, forecast: HOURLY, capacity: capacityOf(0) });
    expect(decided(PROMISING, situation, memory).desired).toBe(1);
    expect(needBy(decided(PROMISING, situation), "next request")).toBeUndefined();
  });
});

describe("a job at the start of every hour", () => {
  const at = (idle: number, units: number) => {
    const now = NOW + minutes(idle + 1);
    const load = loadOf([...repeat(59 - idle, 0), 2, ...repeat(idle, 0)], now);
    const view = { ...HOURLY, start: HOURLY.start };
    return decide(
      PROMISING,
      aSituation({ now, load, forecast: view, capacity: capacityOf(units) }),
      EMPTY_MEMORY,
    );
  };

  it("is stopped for after the last minutes, and started for a lead time ahead of the next", () => {
    expect(at(4, 1).desired).toBe(0);
    expect(at(30, 0).desired).toBe(0);
    const first = repeat(56, 0).findIndex((_, idle) => idle >= 3 && at(idle, 0).desired === 1);
    expect(first).toBe(54);
  });

  it("says so", () => {
    expect(at(54, 0).reason).toMatch(
      /^Scale out 0 → 1: next request within \d+ min: 9\d(\.\d+)? % likely \(idle for 54 min/,
    );
  });

  it("keeps what was started for it", () => {
    for (const idle of [55, 56, 57, 58]) expect(at(idle, 1).desired).toBe(1);
  });
});

describe("without known pauses", () => {
  it.each([
    [4, 1],
    [5, 1],
    [40, 0],
  ])("idles for as long as a cold start costs: after %d minutes %d units", (idle, units) => {
    expect(decided(NONE_ALLOWED, idleSituation(idle, NO_FORECAST)).desired).toBe(units);
  });

  it("says so", () => {
    expect(decided(NONE_ALLOWED, idleSituation(40, NO_FORECAST)).reason).toContain(
      "too few pauses are known",
    );
  });
});

describe("a queue that holds requests", () => {
  const policyOf = (latencyP95Ms: number | null): TargetPolicy =>
    aPolicy({
      kind: "sagemaker-async-variant",
      capacity: { min: 0, max: 20 },
      objective: { latencyP95Ms, share: 0.999 },
    });
  const every10 = viewWith(memoryless(10));

  it("costs only the start where waiting through it is no miss", () => {
    expect(decided(policyOf(null), idleSituation(5, every10)).desired).toBe(0);
    expect(decided(policyOf(3_600_000), idleSituation(5, every10)).desired).toBe(0);
  });

  it("costs misses where the objective is shorter than a start", () => {
    expect(decided(policyOf(1_000), idleSituation(5, every10)).desired).toBe(1);
  });
});

describe("the first request", () => {
  it("brings the first unit at the next wake-up", () => {
    const load = loadOf([...repeat(59, 0), 1]);
    expect(decided(NONE_ALLOWED, aSituation({ load, forecast: RARE, capacity: capacityOf(0) })).desired).toBe(
      1,
    );
  });

  const wake = aRule({
    path: "wake",
    metric: "refusedRequests",
    statistic: "sum",
    threshold: 0,
    minutes: 1,
    ofMinutes: 1,
    fromNone: true,
  });
  const policy = { ...NONE_ALLOWED, rules: [wake] };
  const refused = (values: (number | null)[]) => [
    metricOf(values, { metric: "refusedRequests", statistic: "sum" }),
  ];

  it("rings for one unit, and for no second while that starts", () => {
    const parts = { load: loadOf(repeat(60, null)), metrics: refused([3]) };
    expect(decided(policy, aSituation({ ...parts, capacity: capacityOf(0) })).desired).toBe(1);
    expect(decided(policy, aSituation({ ...parts, capacity: capacityOf(1, { ready: 0 }) })).desired).toBe(1);
  });

  it("has no say while a unit serves, and what it cannot see then holds nothing", () => {
    const seen = decided(policy, idleSituation(5, RARE, 1, { metrics: refused([3]) }));
    const unseen = decided(policy, idleSituation(5, RARE, 1, { metrics: refused([null]) }));
    expect([seen.desired, unseen.desired]).toEqual([0, 0]);
  });
});

it("an idle target has one unit or none, whatever pauses taught, and is decided twice alike", () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  const factor = fc.double({ min: 0, max: 50, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(chance, { minLength: 130, maxLength: 130 }),
      fc.array(factor, { minLength: 60, maxLength: 60 }),
      factor,
      fc.integer({ min: 3, max: 59 }),
      fc.nat(1),
      (byAge, minuteOfHour, rate, idle, units) => {
        const view = forecastOf(0.5);
        const table = {
          byAge,
          minuteOfHour,
          rate: view.median.map(() => rate),
          firstLoad: 1,
          laterLoad: 1,
          pauses: 9,
        };
        const situation = idleSituation(idle, { ...view, idle: table }, units);
        const decision = decided(NONE_ALLOWED, situation);
        expect([0, 1]).toContain(decision.desired);
        expect(decided(NONE_ALLOWED, situation)).toEqual(decision);
        // A verdict is not taken back at once: what is started is kept, what is released is not started.
        const next = decided(NONE_ALLOWED, { ...situation, capacity: capacityOf(decision.desired) });
        if (decision.desired !== units) expect(next.desired).toBe(decision.desired);
      },
    ),
    { numRuns: 300 },
  );
});

it("the past that these are learned from ends where the forecast begins", () => {
  expect(endOf(historyOfMinutes(hourly)) % 3_600).toBe(0);
});
