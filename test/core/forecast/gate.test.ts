/** What the gate makes of forecasts that are right, wrong, late or silent, told as timelines in hours. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { ForecastView } from "../../../lib/core/forecast/forecast.ts";
import {
  coverageOf,
  type Gate,
  type GateState,
  gateAfter,
  lossRatioOf,
} from "../../../lib/core/forecast/gate.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, HOUR_SECONDS } from "../../../lib/core/time.ts";
import { instant } from "../arrange.ts";
import { noise } from "./arrangeHistory.ts";

const START = instant("2025-11-11T00:00Z");
const SLOT = 300;
const hours = (at: EpochSeconds): number => (at - START) / HOUR_SECONDS;

/** From 300 by night to 1 500 by day. */
const day = (at: EpochSeconds): number =>
  900 - 600 * Math.cos((2 * Math.PI * (at % DAY_SECONDS)) / DAY_SECONDS);

/** About normal, with a deviation of 1; the same for the same `at`. */
const deviation = (at: number): number =>
  Array.from({ length: 12 }, (_, i) => noise(at / SLOT + 1_000 * i)).reduce((sum, each) => sum + each, -6);

/** Slots that are off by 8 % of the load, each by itself. */
const around = (path: (at: EpochSeconds) => number, key: number) => (at: EpochSeconds) =>
  path(at) * (1 + 0.08 * deviation(at + key));

interface Story {
  readonly hours: number;
  readonly load?: (at: EpochSeconds) => number | null;
  readonly median?: (at: EpochSeconds) => number;
  readonly naive?: (at: EpochSeconds) => number;
  /** False where no forecast is stored. */
  readonly isStored?: (at: EpochSeconds) => boolean;
  readonly slotSeconds?: number;
}

const honest = { load: around(day, 0), median: day, naive: around(day, 7) };

interface Path {
  readonly median: (at: EpochSeconds) => number;
  readonly naive: (at: EpochSeconds) => number;
  readonly slotSeconds?: number;
}

function viewAt(now: EpochSeconds, { median, naive, slotSeconds = SLOT }: Path): ForecastView {
  const start = floorTo(now - HOUR_SECONDS, slotSeconds);
  const slots = Array.from(
    { length: Math.ceil((2 * HOUR_SECONDS) / slotSeconds) + 1 },
    (_, slot) => start + slot * slotSeconds,
  );
  const path = slots.map(median);
  return {
    kind: "known",
    model: "ensemble",
    madeAt: start,
    slotSeconds,
    start,
    median: path,
    // A deviation of 8 % of the load is one of 4 % of its root.
    scale: path.map((each) => 0.04 * Math.sqrt(each)),
    naive: slots.map(naive),
    minuteOfHour: new Array<number>(60).fill(1),
    bands: { leadsSeconds: [DAY_SECONDS], levels: [0.5, 0.95], quantiles: [[0, 1.7]] },
    historyEnd: START - DAY_SECONDS,
    errors: { horizonsSeconds: [], levels: [], response: [], spread: [], size: [], quantiles: [] },
  };
}

/** The gate, slot by slot. */
function* told(story: Story, before: Gate | null = null): Generator<Gate | null> {
  const { load, median, naive, isStored = () => true } = { ...honest, ...story };
  const step = Math.min(SLOT, story.slotSeconds ?? SLOT);
  let gate = before;
  for (let now = START; now <= START + story.hours * HOUR_SECONDS; now += step) {
    const forecast = isStored(now) ? viewAt(now, { ...story, median, naive }) : null;
    const mean = (from: EpochSeconds): number | null => (from < START ? null : load(from));
    gate = gateAfter(gate, { forecast, end: now, load: mean, quantile: 0.95, idleBelow: 10 });
    yield gate;
  }
}

/** `good from 0.1, bad from 6.8 …`: each state that is reached, with its hour. */
function statesOf(story: Story): string {
  const changes: string[] = [];
  let state: GateState | null = null;
  for (const gate of told(story)) {
    if (gate === null || gate.state === state) continue;
    state = gate.state;
    changes.push(`${state} ${hours(gate.since).toFixed(1)}`);
  }
  return changes.join(", ");
}

const when =
  (from: number, to: number, inside: (at: EpochSeconds) => number, outside = day) =>
  (at: EpochSeconds) =>
    hours(at) >= from && hours(at) < to ? inside(at) : outside(at);

describe("the gate over time (hours)", () => {
  it.each<readonly [string, Story, string]>([
    ["an honest forecast for ten days", { hours: 240 }, "good 0.1"],
    [
      "half the load from 24 h on",
      { hours: 60, median: when(24, 99, (at) => day(at) / 2) },
      "good 0.1, watch 24.8, bad 27.4",
    ],
    [
      "half the load from 36 h on, at noon",
      { hours: 60, median: when(36, 99, (at) => day(at) / 2) },
      "good 0.1, watch 37.0, bad 37.7",
    ],
    ["half the load from the first minute", { hours: 12, median: (at) => day(at) / 2 }, "good 0.1, bad 1.8"],
    [
      "twice the load from 24 h on",
      { hours: 60, median: when(24, 99, (at) => 2 * day(at)) },
      "good 0.1, watch 26.5, bad 27.6",
    ],
    [
      "absurdly high from 24 h on",
      { hours: 60, median: when(24, 99, () => 1e9) },
      "good 0.1, watch 26.3, bad 27.5",
    ],
    [
      "half the load from 24 to 30 h, then right",
      { hours: 60, median: when(24, 30, (at) => day(at) / 2) },
      "good 0.1, watch 24.8, bad 27.4, good 32.8",
    ],
    [
      "absurdly high from 24 to 30 h, then right",
      { hours: 60, median: when(24, 30, () => 1e9) },
      "good 0.1, watch 26.3, bad 27.5, good 32.8",
    ],
    [
      "six hours late",
      { hours: 72, median: when(24, 99, (at) => day(at - 6 * HOUR_SECONDS)) },
      "good 0.1, watch 27.7, bad 28.5",
    ],
    [
      "load that doubles at 24 h, last week too low as well",
      { hours: 48, load: when(24, 99, (at) => 2 * honest.load(at), honest.load) },
      "good 0.1",
    ],
    [
      "an outage of the readings from 24 to 36 h",
      { hours: 60, load: (at) => (hours(at) >= 24 && hours(at) < 36 ? null : honest.load(at)) },
      "good 0.1",
    ],
    ["no load at all from 24 to 30 h", { hours: 60, load: when(24, 30, () => 0, honest.load) }, "good 0.1"],
  ])("%s: %s", (_what, story, states) => {
    expect(statesOf(story)).toBe(states);
  });

  it("leaves days alone that are higher or lower as a whole, as far as they usually are", () => {
    const level = (at: EpochSeconds, key: number): number =>
      1 + 0.1 * deviation(SLOT * (Math.floor(at / DAY_SECONDS) + key));
    const load = (at: EpochSeconds): number => honest.load(at) * level(at, 0);
    const naive = (at: EpochSeconds): number => honest.naive(at) * level(at, 50);
    expect(statesOf({ hours: 24 * 14, load, naive })).not.toContain("bad");
  });

  it.each([60, 900, 3_600])("judges slots of %i s alike", (slotSeconds) => {
    const wrong = statesOf({ hours: 12, slotSeconds, median: (at) => day(at) / 2 });
    expect(wrong).toMatch(/bad [1234]\.\d$/);
    expect(statesOf({ hours: 48, slotSeconds })).toMatch(/^good [01]\.\d$/);
  });

  it("accuses a band that is too narrow, though its middle is right", () => {
    const load = (at: EpochSeconds): number => day(at) * (Math.round(at / SLOT) % 3 === 0 ? 1.18 : 0.95);
    expect(statesOf({ hours: 24, load, naive: (at) => load(at - SLOT) })).toContain("bad");
  });
});

/** The gate at the end of a story. */
function endOf(story: Story, before: Gate | null = null): Gate | null {
  let last: Gate | null = before;
  for (const gate of told(story, before)) last = gate;
  return last;
}

const half: Story = { hours: 12, median: (at) => day(at) / 2 };
const bad = endOf(half) as Gate;
/** The same as `gate`, so many hours earlier. */
const earlier = (gate: Gate, by: number): Gate => ({
  ...gate,
  since: gate.since - by * HOUR_SECONDS,
  scoredUntil: gate.scoredUntil - by * HOUR_SECONDS,
});

describe("the gate without evidence", () => {
  it.each<readonly [string, Story]>([
    ["no forecast is stored", { hours: 24, isStored: () => false }],
    ["no reading is known", { hours: 24, load: () => null }],
    ["the target is idle and was expected to be", { hours: 24, load: () => 3, median: () => 5 }],
  ])("says nothing where %s", (_what, story) => {
    expect(endOf(story)).toBeNull();
  });

  it("forgets that a forecast was bad, and tries it again", () => {
    const after = [1, 2, 3, 4].map((silent) => {
      const gate = endOf({ hours: silent, load: () => null }, earlier(bad, 12));
      return gate?.state;
    });
    expect(after).toEqual(["bad", "bad", "watch", "watch"]);
  });

  it("is never bad, whatever was bad before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 1_000 }), (silent) => {
        const before = earlier(bad, 12 + silent);
        const gate = gateAfter(before, {
          forecast: null,
          end: START,
          load: () => 1,
          quantile: 0.95,
          idleBelow: 0,
        });
        expect(gate?.state).not.toBe("bad");
      }),
    );
  });

  it("says nothing of slots that the forecast's history has seen", () => {
    const view = {
      ...viewAt(START + HOUR_SECONDS, honest),
      historyEnd: START + HOUR_SECONDS,
    };
    const evidence = { forecast: view, end: START + HOUR_SECONDS, load: day, quantile: 0.95, idleBelow: 10 };
    expect(gateAfter(null, evidence)).toBeNull();
    expect(gateAfter(null, { ...evidence, forecast: { ...view, historyEnd: START } })).not.toBeNull();
  });

  it.each<readonly [string, Partial<ForecastView>]>([
    ["without a naive path", { naive: [] }],
    ["without bands", { bands: { leadsSeconds: [], levels: [], quantiles: [] } }],
    ["without scales", { scale: [] }],
    ["that ends before", { median: [], scale: [], naive: [] }],
  ])("says nothing of a forecast %s", (_what, parts) => {
    const forecast = { ...viewAt(START, honest), ...parts };
    const gate = gateAfter(null, { forecast, end: START, load: day, quantile: 0.95, idleBelow: 10 });
    expect(gate).toBeNull();
  });
});

describe("the gate's memory", () => {
  it("is the same object until a slot has passed", () => {
    const evidence = { forecast: viewAt(START, honest), load: honest.load, quantile: 0.95, idleBelow: 10 };
    const first = gateAfter(null, { ...evidence, end: START });
    expect(gateAfter(first, { ...evidence, end: START + 299 })).toBe(first);
    expect(gateAfter(first, { ...evidence, end: START - 299 })).toBe(first);
    expect(gateAfter(first, { ...evidence, end: START + 300 })).not.toBe(first);
  });

  it("comes to the same after lost wake-ups, as far as the readings reach", () => {
    const minutely = endOf({ hours: 6 });
    const before = endOf({ hours: 5 });
    const view = viewAt(START + 6 * HOUR_SECONDS, honest);
    const evidence = {
      forecast: view,
      end: START + 6 * HOUR_SECONDS,
      load: honest.load,
      quantile: 0.95,
      idleBelow: 10,
    };
    const late = gateAfter(before, evidence);
    expect(late?.minutes).toBeCloseTo(minutely?.minutes ?? 0, 0);
    expect(late?.loss).toBeCloseTo(minutely?.loss ?? 0, -2);
    expect(late?.scoredUntil).toBe(minutely?.scoredUntil);
  });

  it("starts anew when it comes from a clock that ran far ahead", () => {
    const ahead = { ...bad, scoredUntil: START + 10 * DAY_SECONDS };
    expect(endOf({ hours: 1 }, ahead)).toMatchObject({ state: "good", scoredUntil: START + HOUR_SECONDS });
  });

  it("stays short in JSON: four digits each", () => {
    expect(JSON.stringify(bad).length).toBeLessThan(230);
    expect(bad.loss).toBe(Number(bad.loss.toPrecision(4)));
  });

  it("tells how much worse than last week, and what share was under the quantile", () => {
    expect(lossRatioOf(bad)).toBeGreaterThan(1.3);
    // The level of the minutes before corrects a forecast that is half as high throughout.
    expect(coverageOf(bad)).toBeGreaterThan(0.85);
    expect(lossRatioOf({ ...bad, naiveLoss: 0 })).toBeNull();
    expect(coverageOf({ ...bad, minutes: 0 })).toBeNull();
  });

  it("is made of finite numbers, whatever comes", () => {
    const wild = fc.constantFrom(0, 1e-9, 1, 1e9, 1e38, Number.MAX_VALUE);
    fc.assert(
      fc.property(wild, wild, wild, wild, (load, median, naive, scale) => {
        const forecast = { ...viewAt(START, { median: () => median, naive: () => naive }) };
        const view = { ...forecast, scale: forecast.scale.map(() => scale) };
        const gate = gateAfter(bad, {
          forecast: view,
          end: bad.scoredUntil + 300,
          load: () => load,
          quantile: 0.95,
          idleBelow: 0,
        });
        const sums = [
          gate?.minutes,
          gate?.loss,
          gate?.naiveLoss,
          gate?.covered,
          gate?.recentLoad,
          gate?.recentMedian,
        ];
        expect(sums.every((sum) => Number.isFinite(sum))).toBe(true);
      }),
    );
  });
});
