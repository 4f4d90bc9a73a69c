/** What the last hour says, and what it says when minutes of it are missing. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { momentOf, WINDOWS_MINUTES } from "../../../../lib/core/forecast/conditional/moment.ts";
import { repeat } from "../../arrange.ts";
import { NONE } from "../arrangeTable.ts";

const flat = (load: number): number[] => repeat(60, load);
const path = flat(100);
const NONE_OFF = WINDOWS_MINUTES.map(() => 0);
/** `before` until the last minutes, which are given. */
const ending = (before: number, ...last: readonly number[]): number[] => [
  ...repeat(60 - last.length, before),
  ...last,
];

describe("the last hour", () => {
  it("is what it was off its path in two minutes, five, a quarter of an hour and the hour", () => {
    const load = [...repeat(45, 100), ...repeat(10, 400), ...repeat(3, 900), ...repeat(2, 1_600)];
    const moment = momentOf(load, path);
    const five = (3 * 900 + 2 * 1_600) / 5;
    const quarter = (10 * 400 + 5 * five) / 15;
    const hour = (45 * 100 + 15 * quarter) / 60;
    expect(moment?.deviations).toEqual(
      [1_600, five, quarter, hour].map((mean) => expect.closeTo(Math.sqrt(mean) - 10)),
    );
    expect(moment?.pathRoot).toBeCloseTo(10);
    expect(moment?.loadRoot).toBeCloseTo(Math.sqrt(quarter));
  });

  it("is unquiet as its minutes swing around the path, not as it is off as a whole", () => {
    expect(momentOf(flat(400), path)?.unrest).toBeCloseTo(0);
    const swinging = path.map((_, i) => (i % 2 === 0 ? 64 : 144));
    expect(momentOf(swinging, path)?.unrest).toBeCloseTo(2);
  });

  it("follows the path: a load that climbs as it was forecast is not off", () => {
    const climb = Array.from({ length: 60 }, (_, i) => 100 + 10 * i);
    expect(momentOf(climb, climb)).toMatchObject({ deviations: NONE_OFF, unrest: 0 });
  });

  it("ends where it is asked to end, and sees nothing beyond", () => {
    const day = [...repeat(90, 100), ...repeat(60, 400), ...repeat(30, 9e9)];
    expect(momentOf(day, repeat(180, 100), 150)).toEqual(momentOf(flat(400), path));
  });
});

describe("missing minutes", () => {
  it("are left out of load and path, whichever of them lacks it", () => {
    const gap = (values: readonly number[]): number[] => values.map((each, i) => (i >= 50 ? NONE : each));
    const high = path.map((each, i) => (i >= 50 ? 900 : each));
    const expected = momentOf(gap(path), gap(path));
    expect(momentOf(gap(high), path)).toEqual(expected);
    expect(momentOf(path, gap(high))).toEqual(expected);
    expect(expected?.deviations).toEqual(NONE_OFF);
  });

  it("leave a window without any as the next longer one", () => {
    const lost = (count: number): number[] => [
      ...repeat(45, 100),
      ...repeat(10, 400),
      ...repeat(5 - count, 900),
      ...repeat(count, NONE),
    ];
    const [two, ofThree] = momentOf(lost(2), path)?.deviations ?? [];
    expect(two).toBe(ofThree);
    expect(ofThree).toBeCloseTo(20);
    const [none, five, quarter, hour] = momentOf(lost(5), path)?.deviations ?? [];
    expect([none, five]).toEqual([quarter, quarter]);
    expect(quarter).toBeCloseTo(10);
    expect(hour).toBeCloseTo(Math.sqrt((45 * 100 + 10 * 400) / 55) - 10);
  });

  it.each([
    ["half of the hour is enough", [...repeat(30, NONE), ...repeat(30, 100)], true],
    ["less than half is not", [...repeat(31, NONE), ...repeat(29, 100)], false],
    ["one minute of the last quarter is enough", ending(100, 100, ...repeat(14, NONE)), true],
    ["none of the last quarter is not", ending(100, ...repeat(15, NONE)), false],
    ["a short series is not", repeat(29, 100), false],
    ["nothing is not", [], false],
  ])("%s", (_what, load, isTold) => {
    expect(momentOf(load, path.slice(60 - load.length)) !== null).toBe(isTold);
  });
});

it("no deviation falls when a minute's load rises, and all numbers are finite", () => {
  const minute = fc.oneof(
    { weight: 8, arbitrary: fc.nat(10_000) },
    { weight: 1, arbitrary: fc.constant(NONE) },
  );
  const hour = fc.array(minute, { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(hour, hour, fc.nat(59), fc.integer({ min: 1, max: 9_999 }), (load, expected, at, more) => {
      const before = momentOf(load, expected);
      const raised = momentOf(
        load.map((each, i) => (i === at ? each + more : each)),
        expected,
      );
      expect(raised === null).toBe(before === null);
      if (before === null || raised === null) return;
      const { deviations, pathRoot, loadRoot, unrest } = raised;
      expect([...deviations, pathRoot, loadRoot, unrest].every(Number.isFinite)).toBe(true);
      expect(loadRoot).toBeGreaterThanOrEqual(before.loadRoot);
      for (const [w, deviation] of deviations.entries()) {
        expect(deviation).toBeGreaterThanOrEqual((before.deviations[w] as number) - 1e-9);
      }
    }),
    { numRuns: 500 },
  );
});
