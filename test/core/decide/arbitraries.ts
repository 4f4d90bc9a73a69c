/** Arbitrary policies, situations and memories, valid by construction: whatever comes out could have been observed. */
import fc from "fast-check";
import { decide } from "../../../lib/core/decide/decide.ts";
import type { Bound, Decision, Situation } from "../../../lib/core/decision.ts";
import { RESPONSE_TERMS, SPREAD_TERMS } from "../../../lib/core/forecast/conditional/terms.ts";
import type { ForecastView } from "../../../lib/core/forecast/forecast.ts";
import type { Gate } from "../../../lib/core/forecast/gate.ts";
import { type MeasuredStart, STARTS_KEPT } from "../../../lib/core/leadTime/measuredStart.ts";
import type { Memory } from "../../../lib/core/memory.ts";
import { type Rule, type Step, TARGET_KINDS, type TargetPolicy } from "../../../lib/core/policy.ts";
import { type Achieved, LEAST_MARGIN, MOST_MARGIN } from "../../../lib/core/promise/achieved.ts";
import { INSIDE_OBJECTIVE } from "../../../lib/core/promise/counting.ts";
import type { LearnedUplift, Override, Promotion } from "../../../lib/core/promotion.ts";
import type { Series } from "../../../lib/core/reading.ts";
import { aPolicy, EVEN_HOUR, minutes, NOW } from "../arrange.ts";

const METRICS = ["gpuUtilization", "latency", "errorRate", INSIDE_OBJECTIVE.metric] as const;
const STALE_SECONDS = minutes(3);

const share = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ units: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ share: share(0.05, 1) }),
);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    metric: fc.constantFrom(...METRICS),
    comparison: fc.constantFrom("above" as const, "below" as const),
    threshold: fc.integer({ min: 0, max: 100 }),
    minutes: fc.integer({ min: 1, max: 5 }),
    slack: fc.nat(3),
    scale: fc.constantFrom("out" as const, "in" as const, "freeze" as const),
    by: fc.oneof(fc.constant("proportional" as const), step),
  })
  .map(({ slack, ...rest }) => ({
    ...rest,
    path: `rules.${rest.metric}.${rest.scale}`,
    statistic: "average",
    ofMinutes: rest.minutes + slack,
  }));

export const policies: fc.Arbitrary<TargetPolicy> = fc
  .record({
    kind: fc.constantFrom(...TARGET_KINDS),
    mode: fc.constantFrom("full" as const, "full" as const, "floor" as const, "shadow" as const),
    min: fc.nat(4),
    room: fc.nat(20),
    perUnit: fc.option(fc.integer({ min: 10, max: 300 }), { freq: 6 }),
    quantile: fc.option(share(0.5, 0.99), { freq: 2 }),
    headroom: share(0, 1),
    expectedSeconds: fc.integer({ min: 30, max: 900 }),
    spreadSeconds: fc.nat(900),
    rules: fc.array(rule, { maxLength: 3 }),
    outCooldownSeconds: fc.constantFrom(0, 0, 180),
    inCooldownSeconds: fc.constantFrom(0, 0, 300),
    stabilizationSeconds: fc.constantFrom(0, 60, 300, 900, 7_200),
    reactiveStabilizationSeconds: fc.constantFrom(0, 900),
    maxStepOut: fc.option(step),
    maxStepIn: fc.option(step),
    paybackSeconds: fc.nat(1_800),
  })
  .map((parts) =>
    aPolicy({
      kind: parts.kind,
      mode: parts.mode,
      capacity: { min: parts.min, max: Math.max(1, parts.min + parts.room) },
      load:
        parts.perUnit === null ? null : { metric: "invocations", statistic: "sum", perUnit: parts.perUnit },
      demand: {
        ...aPolicy().demand,
        quantile: parts.quantile,
        reactiveHeadroom: parts.headroom,
        recentHeadroom: parts.headroom / 4,
      },
      leadTime: {
        expectedSeconds: parts.expectedSeconds,
        worstSeconds: parts.expectedSeconds + parts.spreadSeconds,
      },
      rules: parts.rules,
      scaleOut: { cooldownSeconds: parts.outCooldownSeconds, maxStep: parts.maxStepOut },
      scaleIn: {
        stabilizationSeconds: parts.stabilizationSeconds,
        reactiveStabilizationSeconds: parts.reactiveStabilizationSeconds,
        cooldownSeconds: parts.inCooldownSeconds,
        maxStep: parts.maxStepIn,
        paybackSeconds: parts.paybackSeconds,
      },
      staleAfterSeconds: STALE_SECONDS,
    }),
  );

/** Mostly known, here and there missing or nonsense. */
const reading = (max: number): fc.Arbitrary<number | null> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: 0, max }) },
    { weight: 1, arbitrary: fc.constantFrom(null, Number.NaN, -1, Number.POSITIVE_INFINITY) },
  );

/** Of one hour, as flat as load is or wild, sometimes at rest. */
const loadValues: fc.Arbitrary<(number | null)[]> = fc.oneof(
  fc.array(reading(2_000), { minLength: 60, maxLength: 60 }),
  fc
    .tuple(fc.nat(1_500), fc.array(reading(200), { minLength: 60, maxLength: 60 }))
    .map(([base, values]) => values.map((value) => (value === null ? null : base + value))),
  fc.constant(new Array<number>(60).fill(0)),
  fc.array(reading(2_000), { maxLength: 10 }),
);

const endOf = (now: number): fc.Arbitrary<number> =>
  fc
    .oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(6) })
    .map((late) => Math.floor(now / 60) * 60 - minutes(late));

function series(metric: string, now: number, values: fc.Arbitrary<(number | null)[]>): fc.Arbitrary<Series> {
  const statistic = metric === "invocations" ? "sum" : "average";
  return fc.record({ end: endOf(now), values }).map((parts) => ({ metric, statistic, ...parts }));
}

/** Weights of the conditional terms, most of them none, as they are when they are fitted. */
const weightsOf = (terms: number): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof(fc.constant(0), share(0, 1)), { minLength: terms, maxLength: terms });

const horizonsSeconds = [300, 900, 3_600];
const forecast = (now: number): fc.Arbitrary<ForecastView> => {
  const slots = 60;
  const rising = fc
    .array(share(0, 3), { minLength: 2, maxLength: 2 })
    .map((row) => row.sort((a, b) => a - b));
  return fc
    .record({
      median: fc.oneof(
        fc.array(fc.nat(2_000), { minLength: slots, maxLength: slots }),
        fc.nat(1_500).map((base) => new Array<number>(slots).fill(base)),
      ),
      scale: share(0.05, 3),
      naive: fc.array(fc.nat(2_000), { minLength: slots, maxLength: slots }),
      errors: rising,
      response: fc.array(weightsOf(RESPONSE_TERMS), { minLength: 3, maxLength: 3 }),
      spread: fc.array(weightsOf(SPREAD_TERMS), { minLength: 3, maxLength: 3 }),
      minuteOfHour: fc.oneof(fc.constant(EVEN_HOUR), fc.array(share(0, 4), { minLength: 60, maxLength: 60 })),
      quantiles: fc.array(rising, { minLength: 3, maxLength: 3 }),
    })
    .map(({ median, scale, naive, minuteOfHour, errors, response, spread, quantiles }) => ({
      kind: "known",
      model: "ensemble",
      madeAt: now - 3_600,
      slotSeconds: 300,
      start: Math.floor((now - 3_600) / 300) * 300,
      median,
      scale: median.map(() => scale),
      naive,
      minuteOfHour,
      bands: { leadsSeconds: [86_400], levels: [0.5, 0.95], quantiles: [errors] },
      historyEnd: now - 3_600,
      errors: {
        horizonsSeconds,
        levels: [0.5, 0.95],
        response,
        spread,
        size: horizonsSeconds.map(() => [scale]),
        quantiles,
      },
    }));
};

const learned: fc.Arbitrary<LearnedUplift> = fc
  .record({ multiplier: share(0.5, 5), spread: share(0, 1), occurrences: fc.integer({ min: 1, max: 8 }) })
  .map((each) => ({ ...each, lowest: each.multiplier, highest: each.multiplier }));

const promotion = (now: number): fc.Arbitrary<Promotion> =>
  fc
    .record({
      inMinutes: fc.integer({ min: -120, max: 120 }),
      minutes: fc.integer({ min: 1, max: 180 }),
      priority: fc.nat(2),
      expect: fc.oneof(
        fc.record({ units: fc.nat(30) }),
        fc.record({ load: fc.nat(3_000) }),
        fc.record({ multiplier: share(0.5, 5) }),
        fc.record({ learned: fc.option(learned) }),
      ),
    })
    .map((parts) => ({
      id: "p",
      name: "launch",
      target: "chat",
      start: now + minutes(parts.inMinutes),
      end: now + minutes(parts.inMinutes + parts.minutes),
      expect: parts.expect,
      priority: parts.priority,
    }));

/** At most one of each kind, as there is at most one in force; some have ended. */
const overrides = (now: number): fc.Arbitrary<Override[]> =>
  fc.uniqueArray(
    fc
      .record({
        kind: fc.constantFrom("pause" as const, "pin" as const, "freeze-scale-in" as const),
        units: fc.nat(30),
        until: fc.option(fc.integer({ min: now - 60, max: now + 600 })),
      })
      .map(({ kind, units, until }) => ({
        id: kind,
        target: "chat",
        kind,
        until,
        reason: "ops: test",
        ...(kind === "pin" ? { units } : {}),
      })),
    { maxLength: 3, selector: ({ kind }) => kind },
  );

export const situationsAt = (now: number): fc.Arbitrary<Situation> =>
  fc.record({
    now: fc.constant(now),
    capacity: fc.record({
      desired: fc.nat(25),
      ready: fc.nat(28),
      locked: fc.option(fc.constant({ why: "Updating" }), { freq: 2 }),
      changedAt: fc.option(fc.integer({ min: now - 3_600, max: now + 60 })),
      problem: fc.option(fc.constant("no capacity"), { freq: 1 }),
      minimum: fc.option(fc.nat(25)),
    }),
    load: fc.option(series("invocations", now, loadValues), { freq: 12 }),
    metrics: fc
      .tuple(...METRICS.map((metric) => series(metric, now, fc.array(reading(100), { maxLength: 10 }))))
      .chain((all) => fc.subarray(all, { minLength: 1 })),
    forecast: fc.oneof(
      { weight: 3, arbitrary: forecast(now) },
      { weight: 1, arbitrary: fc.constant({ kind: "missing" as const, why: "none" }) },
    ),
    promotions: fc.array(promotion(now), { maxLength: 3 }),
    overrides: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: overrides(now) }),
  });

/** In any state, with any evidence. */
const gateAt = (time: fc.Arbitrary<number>): fc.Arbitrary<Gate> => {
  const sum = fc.oneof(fc.constant(0), share(0, 500));
  return fc.record({
    state: fc.constantFrom("good", "watch", "bad"),
    since: time,
    clearSince: fc.option(time),
    scoredUntil: time,
    minutes: sum,
    loss: sum,
    naiveLoss: sum,
    covered: sum,
    recentLoad: sum,
    recentMedian: sum,
  });
};

/** Any number of starts, of sizes that differ or not; some of before sizes were kept, some given up. */
const startsMeasured: fc.Arbitrary<MeasuredStart[]> = fc.array(
  fc
    .record({
      seconds: fc.integer({ min: 10, max: 2_000 }),
      units: fc.option(fc.integer({ min: 1, max: 20 }), { freq: 8 }),
      hour: fc.option(fc.nat(23), { freq: 8 }),
      slower: fc.constantFrom(0, 0, 1),
      atLeast: fc.constantFrom(...new Array<boolean>(15).fill(false), true),
    })
    .map(({ slower, atLeast, seconds, ...of }) => ({
      ...of,
      seconds: seconds * (1 + slower * (of.units ?? 0)),
      ...(atLeast ? { atLeast } : {}),
    })),
  { maxLength: STARTS_KEPT },
);

/** JSON has no −0. */
const logMargin = share(Math.log(LEAST_MARGIN), Math.log(MOST_MARGIN)).map((each) => each + 0);

const achievedAt = (time: fc.Arbitrary<number>): fc.Arbitrary<Achieved> =>
  fc
    .record({
      countedUntil: time,
      seconds: fc.integer({ min: 0, max: 200_000 }),
      requests: fc.integer({ min: 0, max: 1_000_000 }),
      missed: share(0, 1),
      logMargin,
      movedAt: time,
      logMarginBefore: logMargin,
    })
    .map(({ missed, ...of }) => ({ ...of, outside: missed * of.requests }));

/** Sometimes from a clock that was ahead. */
export const memoriesAt = (now: number): fc.Arbitrary<Memory> => {
  const time = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: now - 3_600, max: now }) },
    { weight: 1, arbitrary: fc.integer({ min: now, max: now + 7_200 }) },
  );
  return fc
    .record({
      lastDecisionAt: fc.option(time),
      seen: fc.option(fc.record({ at: time, desired: fc.nat(25), ready: fc.nat(28) })),
      readySince: fc.option(time),
      lastOutAt: fc.option(time),
      lastInAt: fc.option(time),
      starting: fc.option(
        fc.record({ at: time, to: fc.nat(25), units: fc.option(fc.integer({ min: 1, max: 25 })) }),
      ),
      starts: startsMeasured,
      recommendations: fc
        .tuple(
          fc.uniqueArray(time, { maxLength: 4 }),
          fc.uniqueArray(fc.nat(30), { minLength: 4, maxLength: 4 }),
        )
        .map(([times, units]) => {
          const falling = units.sort((a, b) => b - a);
          return times.sort((a, b) => a - b).map((at, i) => ({ at, units: falling[i] ?? 0 }));
        }),
      noticed: fc.subarray(["maximum", "no forecast", "capacity problem"]),
      gate: fc.option(gateAt(time)),
      achieved: fc.option(achievedAt(time)),
      idle: fc.option(
        fc.record({ until: time, minutes: fc.nat(2_000) }).map((each) => ({
          since: each.until - 60 * each.minutes,
          until: each.until,
        })),
      ),
    })
    .map((memory) => (memory.seen === null ? { ...memory, starting: null } : memory));
};

export interface World {
  readonly policy: TargetPolicy;
  readonly situation: Situation;
  readonly memory: Memory;
}

/** A load is observed exactly where the policy states one; a wake-up falls on any second of a minute. */
export const worlds: fc.Arbitrary<World> = fc.nat(59).chain((second) => {
  const now = NOW + second;
  return fc
    .record({ policy: policies, situation: situationsAt(now), memory: memoriesAt(now) })
    .map(({ policy, situation, memory }) =>
      policy.load === null
        ? { policy, situation: { ...situation, load: null }, memory }
        : { policy, situation, memory },
    );
});

export const decideIn = ({ policy, situation, memory }: World): Decision => decide(policy, situation, memory);

/** Whether one of these bounds changed the outcome. */
export const limitedBy = ({ bounds }: Decision, ...kinds: readonly Bound["by"][]): boolean =>
  bounds.some(({ by }) => kinds.includes(by));
