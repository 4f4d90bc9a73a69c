/** The highest load of the next minutes, term by term, and what holds for it whatever was measured. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  highestLoad,
  highestPathRoot,
  pathOfMinute,
  type Seen,
  sizeAt,
} from "../../../../lib/core/forecast/conditional/highestLoad.ts";
import { momentOf, TREND_TERMS } from "../../../../lib/core/forecast/conditional/moment.ts";
import { RESPONSE_TERMS, SPREAD_TERMS } from "../../../../lib/core/forecast/conditional/terms.ts";
import type { ErrorTable } from "../../../../lib/core/forecast/forecast.ts";
import { EVEN_HOUR, forecastOf, minutes, NO_ERRORS, NOW, repeat, stepAt } from "../../arrange.ts";

/** One horizon. A term counts the deviations of 2, 5, 15 and 60 minutes, the same in proportion, the path's change, and the trend. */
const errorsOf = (parts: {
  readonly response?: Readonly<Record<number, number>>;
  readonly spread?: Readonly<Record<number, number>>;
  readonly size?: readonly number[];
  readonly quantiles?: readonly [number, number];
}): ErrorTable => {
  const row = (length: number, given: Readonly<Record<number, number>> = {}): number[] =>
    Array.from({ length }, (_, term) => given[term] ?? 0);
  return {
    horizonsSeconds: [300],
    levels: [0.5, 0.95],
    response: [row(RESPONSE_TERMS, parts.response)],
    spread: [row(SPREAD_TERMS, parts.spread ?? { 0: 1 })],
    size: [parts.size ?? [1]],
    quantiles: [parts.quantiles ?? [0, 0]],
  };
};

/** The hour before now, at a load where a path was forecast. */
const seenAt = (load: number, path: number, parts: Partial<Seen> = {}): Seen => ({
  ...(momentOf(repeat(60, load), repeat(60, path)) as Seen),
  at: NOW,
  ...parts,
});
const next = (seconds: number) => ({ from: NOW, to: NOW + seconds });

describe("the response", () => {
  it.each([
    ["nothing", {}, 900],
    ["the deviation of two minutes", { 0: 1 }, (30 + 3) ** 2],
    ["that of five minutes", { 1: 1 }, (30 + 1) ** 2],
    ["half that of a quarter of an hour", { 2: 0.5 }, (30 + 0.5 * 2) ** 2],
    ["that of the hour", { 3: 1 }, (30 + 4) ** 2],
    ["that of the hour, in proportion to a path three halves as high", { 7: 1 }, (30 + 4 * 1.5) ** 2],
    ["half of the path's rise, which is undone", { 8: 0.5 }, (30 - 0.5 * 10) ** 2],
    ["by how much two minutes are more than five", { 9: 1 }, (30 + 3 - 1) ** 2],
    ["by how much five minutes are less than a quarter of an hour", { 10: 0.5 }, (30 + 0.5 * (1 - 2)) ** 2],
    ["several at once", { 0: 1, 3: 0.25, 4: 1, 9: 0.5 }, (30 + 3 + 1 + 4.5 + 1) ** 2],
  ])("carries over %s", (_what, response, expected) => {
    const view = forecastOf(stepAt(NOW, 400, 900), { errors: errorsOf({ response }) });
    const seen = { ...seenAt(400, 400), deviations: [3, 1, 2, 4], trend: [2, -1] };
    expect(highestLoad(view, seen, next(300), 0.95)).toBeCloseTo(expected);
  });

  it.each([
    ["tenfold", 40_000, 3],
    ["to nothing", 1, 0.3],
  ])("is in proportion within limits, when the path goes %s", (_how, path, ratio) => {
    const view = forecastOf(stepAt(NOW, 400, path), { errors: errorsOf({ response: { 7: 1 } }) });
    const seen = { ...seenAt(400, 400), deviations: [4, 4, 4, 4] };
    expect(highestLoad(view, seen, next(300), 0.5)).toBeCloseTo((Math.sqrt(path) + 4 * ratio) ** 2);
  });
});

describe("the error", () => {
  it.each([
    ["the size of its time of day", { spread: { 0: 2 }, size: [3] }, 6],
    ["the hour's unrest", { spread: { 1: 1 } }, 0.5],
    ["the height of load and path, the higher of them", { spread: { 2: 0.1 } }, 3],
    ["a constant", { spread: { 3: 10 } }, 2],
  ])("is as wide as %s", (_what, parts, width) => {
    const errors = errorsOf({ ...parts, quantiles: [0, 1] });
    const seen = seenAt(900, 400, { unrest: 0.5, deviations: [0, 0, 0, 0] });
    expect(highestLoad(forecastOf(400, { errors }), seen, next(300), 0.95)).toBeCloseTo((20 + width) ** 2);
    expect(highestLoad(forecastOf(400, { errors }), seen, next(300), 0.725)).toBeCloseTo(
      (20 + width / 2) ** 2,
    );
    expect(highestLoad(forecastOf(400, { errors }), seen, next(300), 0.5)).toBeCloseTo(400);
  });

  it("is never of no width, whatever was fitted", () => {
    const errors = errorsOf({ spread: {}, quantiles: [0, 2] });
    expect(highestLoad(forecastOf(400, { errors }), seenAt(400, 400), next(300), 0.95)).toBeGreaterThan(400);
  });

  it("has the size of the time of day when the readings end", () => {
    const ofDay = Array.from({ length: 48 }, (_, part) => part);
    expect([0, 29 * 60, 30 * 60, 86_399].map((at) => sizeAt(ofDay, NOW - (NOW % 86_400) + at))).toEqual([
      0, 0, 1, 47,
    ]);
    expect(sizeAt([7], NOW)).toBe(7);
  });
});

describe("a load beyond all errors that were measured", () => {
  /** The largest measured error is 2 roots, and half of a deviation carries over. */
  const errors = errorsOf({ response: { 3: 0.5 }, quantiles: [0, 2] });
  const root = (load: number, level = 0.95): number =>
    Math.sqrt(highestLoad(forecastOf(400, { errors }), seenAt(load, 400), next(300), level));

  it.each([
    ["carries over as measured up to the largest error", 22, 20 + 1 + 2],
    ["half way to belief, as a mean of both", 22.25, 20 + (1.125 + 2.25) / 2 + 2 * (1 + 0.5 * (2.25 / 20))],
    [
      "is wholly believed from a quarter more on, and its errors grow with it",
      22.5,
      22.5 + 2 * (1 + 2.5 / 20),
    ],
    ["is believed when it is twice the path", Math.sqrt(800), Math.SQRT2 * (20 + 2)],
  ])("%s", (_what, load, expected) => {
    expect(root(load * load)).toBeCloseTo(expected, 6);
  });

  it("goes on in proportion to the path", () => {
    const view = forecastOf(stepAt(NOW, 400, 900), { errors });
    expect(highestLoad(view, seenAt(800, 400), next(300), 0.5)).toBeCloseTo(2 * 900);
  });
});

describe("horizons", () => {
  const errors: ErrorTable = {
    ...NO_ERRORS,
    horizonsSeconds: [300, 900, 3_600],
    response: repeat(3, NO_ERRORS.response[0] as number[]),
    spread: repeat(3, [1, 0, 0, 0]),
    size: repeat(3, [1]),
    quantiles: [
      [0, 1],
      [0, 3],
      [0, 6],
    ],
  };
  const view = forecastOf(400, { errors });
  const root = (stretch: { from: number; to: number }, at = NOW): number =>
    Math.sqrt(highestLoad(view, seenAt(400, 400, { at }), stretch, 0.95));

  it.each([
    [60, 21],
    [300, 21],
    [600, 22],
    [900, 23],
    [2_250, 24.5],
    [3_600, 26],
    [9_000, 26],
  ])("between stored ones are interpolated, and beyond them as the nearest: %i s", (seconds, expected) => {
    expect(root(next(seconds))).toBeCloseTo(expected);
  });

  it("count from the end of the readings to the end of the stretch", () => {
    expect(root(next(300), NOW - 600)).toBeCloseTo(23);
    expect(root({ from: NOW + 600, to: NOW + 900 })).toBeCloseTo(23);
  });
});

describe("the path", () => {
  const burst = EVEN_HOUR.map((even, minute) => (minute === 2 ? 3 : minute === 3 ? 0 : even));

  it("is the slot's load times what comes at that minute of the hour", () => {
    const view = forecastOf(100, { minuteOfHour: burst });
    expect([1, 2, 3, 62].map((minute) => pathOfMinute(view, NOW + minutes(minute)))).toEqual([
      100, 300, 0, 300,
    ]);
  });

  it.each([
    ["from its first minute", 0, 2, 100],
    ["with the minute that it ends in", 0, 2.1, 300],
    ["and from the middle of a minute on", 2.9, 3.5, 300],
    ["not the minute before", 3, 3.5, 0],
  ])("of a stretch is its highest minute, %s", (_what, from, to, expected) => {
    const view = forecastOf(100, { minuteOfHour: burst });
    const stretch = { from: NOW + minutes(from), to: NOW + minutes(to) };
    expect(highestPathRoot(view, stretch) ** 2).toBeCloseTo(expected);
  });

  it("is unknown outside the view, and the answer with it", () => {
    const view = forecastOf(100);
    const after = view.start + view.median.length * 300;
    expect(pathOfMinute(view, view.start - 60)).toBeNaN();
    expect(pathOfMinute(view, after)).toBeNaN();
    expect(highestLoad(view, seenAt(100, 100), { from: after, to: after + 600 }, 0.95)).toBeNaN();
    expect(highestLoad(view, seenAt(100, 100), { from: after - 60, to: after + 600 }, 0.95)).toBeCloseTo(100);
  });
});

describe("whatever was measured", () => {
  const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true }));
  const weights = (terms: number) => fc.array(weight, { minLength: terms, maxLength: terms });
  const rising = (count: number) =>
    fc
      .array(fc.double({ min: -5, max: 9, noNaN: true }), { minLength: count, maxLength: count })
      .map((row) => row.sort((a, b) => a - b));
  const LEVELS = [0.1, 0.5, 0.9, 0.99];
  const tables: fc.Arbitrary<ErrorTable> = fc.record({
    horizonsSeconds: fc.constant([60, 600, 3_600]),
    levels: fc.constant(LEVELS),
    response: fc.array(weights(RESPONSE_TERMS), { minLength: 3, maxLength: 3 }),
    spread: fc.array(weights(SPREAD_TERMS), { minLength: 3, maxLength: 3 }),
    size: fc.array(fc.array(weight, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 3 }),
    quantiles: fc.array(rising(LEVELS.length), { minLength: 3, maxLength: 3 }),
  });
  const hour = fc.array(fc.nat(5_000), { minLength: 60, maxLength: 60 });
  const worlds = fc.record({
    errors: tables,
    load: hour,
    before: fc.nat(5_000),
    after: fc.nat(5_000),
    seconds: fc.integer({ min: 1, max: 7_200 }),
    level: fc.double({ min: 0.01, max: 0.999, noNaN: true }),
  });
  type Worlds = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

  function loadIn({ errors, load, before, after, seconds, level }: Worlds): number {
    const view = forecastOf(stepAt(NOW, before, after), { errors });
    const seen: Seen = { ...(momentOf(load, repeat(60, before)) as Seen), at: NOW };
    return highestLoad(view, seen, next(seconds), level);
  }

  it("it is finite and never negative", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const load = loadIn(world);
        expect(Number.isFinite(load) && load >= 0).toBe(true);
      }),
    );
  });

  it("it does not fall when the level rises", () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (world, other) => {
        const [low, high] = [Math.min(world.level, other), Math.max(world.level, other)];
        expect(loadIn({ ...world, level: high })).toBeGreaterThanOrEqual(
          loadIn({ ...world, level: low }) - 1e-9,
        );
      }),
    );
  });

  /** Above the middle level, the hour's unrest aside; `trend` is how much of the trend's weights is kept. */
  const upper = (trend: 0 | 1) =>
    worlds.map((world): Worlds => {
      const { response, spread, quantiles } = world.errors;
      return {
        ...world,
        level: Math.max(0.5, world.level),
        errors: {
          ...world.errors,
          response: response.map((row) =>
            row.map((each, term) => (term < RESPONSE_TERMS - TREND_TERMS ? each : trend * each)),
          ),
          spread: spread.map((row) => row.map((each, term) => (term === 1 ? 0 : each))),
          // A middle error below 0 would shrink as the load, and with it the spread, grows.
          quantiles: quantiles.map((row) =>
            row.map((each, l) => (l === 0 ? Math.min(0, each) : Math.abs(each))).sort((a, b) => a - b),
          ),
        },
      };
    });
  const raised = (world: Worlds, ago: number, more: number): Worlds => ({
    ...world,
    load: world.load.map((each, i) => (i === world.load.length - 1 - ago ? each + more : each)),
  });
  const more = fc.integer({ min: 1, max: 5_000 });

  it("it does not fall when a minute's load rises, the hour's unrest and the trend aside, above the middle level", () => {
    fc.assert(
      fc.property(upper(0), fc.nat(59), more, (world, ago, by) => {
        expect(loadIn(raised(world, ago, by))).toBeGreaterThanOrEqual(loadIn(world) - 1e-6);
      }),
      { numRuns: 500 },
    );
  });

  it("it does not fall when one of the last two minutes rises, with the trend", () => {
    fc.assert(
      fc.property(upper(1), fc.nat(1), more, (world, ago, by) => {
        expect(loadIn(raised(world, ago, by))).toBeGreaterThanOrEqual(loadIn(world) - 1e-6);
      }),
      { numRuns: 500 },
    );
  });

  it("it may fall with the trend when an older minute rises: what came down is expected to go on down", () => {
    const errors = errorsOf({ response: { 2: 0.25, 10: 1 } });
    const view = forecastOf(400, { errors });
    const root = (...last: readonly number[]): number => {
      const load = [...repeat(60 - last.length, 400), ...last];
      const seen: Seen = { ...(momentOf(load, repeat(60, 400)) as Seen), at: NOW };
      return Math.sqrt(highestLoad(view, seen, next(300), 0.5));
    };
    expect(root(900, ...repeat(5, 400))).toBeLessThan(root(400, ...repeat(5, 400)));
    const even = repeat(15, (10 * 400 + 5 * 900) / 15);
    expect(root(...repeat(5, 900))).toBeGreaterThan(root(...even));
  });
});
