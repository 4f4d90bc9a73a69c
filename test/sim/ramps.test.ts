import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { findRamps, loadInUnits, rampsReady } from "../../lib/sim/ramps.ts";

/** Three hours at 390 a minute, which rises by `perMinute` from minute 60 on, up to 790. */
const rising = (perMinute: number): readonly number[] =>
  Array.from({ length: 180 }, (_, minute) => Math.min(790, 390 + Math.max(0, minute - 60) * perMinute));

const level = (load: number, minutes: number): readonly number[] => new Array<number>(minutes).fill(load);

describe("loadInUnits", () => {
  it.each([
    ["a burst of one minute is left out", [100, 100, 100, 900, 100, 100], [1, 1, 1, 1, 1, 1]],
    ["and one of two minutes", [100, 100, 900, 900, 100, 100], [1, 1, 1, 1, 1, 1]],
    ["three minutes are there, all three", [100, 100, 900, 900, 900, 100, 100], [1, 1, 9, 9, 9, 1, 1]],
    ["a step stays where it is", [100, 100, 100, 500, 500, 500], [1, 1, 1, 5, 5, 5]],
    ["the outermost minutes count again past the ends", [100, 200, 300], [1, 2, 3]],
    ["one minute", [250], [2.5]],
    ["none", [], []],
  ])("%s", (_, load, units) => {
    expect(Array.from(loadInUnits(load, 100))).toEqual(units);
  });

  it("is the middle one of the five minutes around", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 5, maxLength: 30 }), (load) => {
        const units = loadInUnits(load, 1);
        for (let minute = 2; minute < load.length - 2; minute++) {
          expect(units[minute]).toBe(load.slice(minute - 2, minute + 3).sort((a, b) => a - b)[2]);
        }
      }),
    );
  });
});

describe("findRamps", () => {
  it("finds the one climb of the worked example", () => {
    expect(findRamps(rising(20), 100)).toEqual([{ start: 61, end: 76, from: 4, to: 8 }]);
  });

  it("finds in its slow variant only the first unit", () => {
    expect(findRamps(rising(10), 100)).toEqual([{ start: 62, end: 62, from: 4, to: 5 }]);
  });

  it.each([
    ["nothing", [], []],
    ["a level load", level(250, 120), []],
    ["a falling one", [...level(800, 60), ...level(100, 60)], []],
    ["a step", [...level(200, 60), ...level(600, 60)], [{ start: 60, end: 60, from: 2, to: 6 }]],
    [
      "a step in the first half hour",
      [...level(200, 5), ...level(600, 9)],
      [{ start: 5, end: 5, from: 2, to: 6 }],
    ],
    ["from no traffic", [...level(0, 40), ...level(150, 40)], [{ start: 40, end: 40, from: 0, to: 2 }]],
    ["a unit more that is hardly used", [...level(400, 60), ...level(410, 60)], []],
    [
      "a dip and back to the same high does not go on with it",
      [...level(200, 60), ...level(600, 4), ...level(300, 4), ...level(600, 60)],
      [{ start: 60, end: 60, from: 2, to: 6 }],
    ],
    [
      "a quarter more exactly",
      [...level(400, 60), ...level(500, 60)],
      [{ start: 60, end: 60, from: 4, to: 5 }],
    ],
    ["a little under a quarter more", [...level(400, 60), ...level(499, 60)], []],
    ["a quarter more in the same units", [...level(310, 60), ...level(390, 60)], []],
    [
      "the last of it inside the units already counted",
      [...level(400, 60), ...level(410, 9), ...level(500, 60)],
      [{ start: 60, end: 60, from: 4, to: 5 }],
    ],
    [
      "the same, too late to be the same climb",
      [...level(400, 60), ...level(410, 10), ...level(500, 60)],
      [],
    ],
    ["back to a high of 30 minutes ago", [...level(800, 9), ...level(100, 29), ...level(800, 30)], []],
    [
      "back to a high of 31 minutes ago",
      [...level(800, 9), ...level(100, 30), ...level(800, 30)],
      [{ start: 39, end: 39, from: 1, to: 8 }],
    ],
    [
      "two steps 9 minutes apart",
      [...level(200, 60), ...level(400, 9), ...level(800, 60)],
      [{ start: 60, end: 69, from: 2, to: 8 }],
    ],
    [
      "two steps 10 minutes apart",
      [...level(200, 60), ...level(400, 10), ...level(800, 60)],
      [
        { start: 60, end: 60, from: 2, to: 4 },
        { start: 70, end: 70, from: 4, to: 8 },
      ],
    ],
  ])("%s", (_, load, ramps) => {
    expect(findRamps(load, 100)).toEqual(ramps);
  });

  it("counts no climb inside the units that are always there", () => {
    const load = [...level(0, 40), ...level(90, 60), ...level(350, 60)];
    expect(findRamps(load, 100).map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 4],
    ]);
    expect(findRamps(load, 100, 1).map(({ from, to }) => [from, to])).toEqual([[1, 4]]);
    expect(findRamps(load, 100, 2).map(({ from, to }) => [from, to])).toEqual([[2, 4]]);
    expect(findRamps(load, 100, 4)).toEqual([]);
  });

  it("finds climbs in order, apart from each other, by a unit and a quarter, whatever the load", () => {
    const loads = fc.array(fc.nat(2000), { maxLength: 200 });
    fc.assert(
      fc.property(loads, (load) => {
        const units = loadInUnits(load, 100);
        let before = -10;
        for (const { start, end, from, to } of findRamps(load, 100)) {
          expect(start - before).toBeGreaterThanOrEqual(10);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(to).toBeGreaterThan(from);
          expect(to).toBe(Math.ceil(units[end] as number));
          expect(Math.max(...units.slice(start, end + 10))).toBeGreaterThanOrEqual(1.25 * from);
          before = end;
        }
      }),
    );
  });

  it("does not depend on what a unit is called: load and unit load scaled alike give the same", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 100 }), (load) => {
        const twice = load.map((value) => 2 * value);
        expect(findRamps(twice, 200)).toEqual(findRamps(load, 100));
      }),
    );
  });
});

describe("rampsReady", () => {
  const load = loadInUnits(rising(20), 100);
  const ramps = findRamps(rising(20), 100);
  const units = Array.from(load, Math.ceil);

  it.each([
    ["as many as needed, each minute", units, 1],
    ["one too few at the foot", units.with(61, 4), 0],
    ["one too few at the top", units.with(76, 7), 0],
    ["one too few in between", units.with(70, 5), 0],
    ["too few before and after do not matter", units.map((each, i) => (i < 61 || i > 76 ? 0 : each)), 1],
    ["a unit behind all the way", units.map((each) => each - 1), 0],
    ["the peak all day", level(8, 180), 1],
  ])("%s", (_, ready, met) => {
    expect(rampsReady(ramps, ready, load)).toBe(met);
  });

  it("counts each ramp by itself", () => {
    const two = [...level(200, 60), ...level(400, 60), ...level(800, 60)];
    const ready = [...level(4, 120), ...level(5, 60)];
    expect(findRamps(two, 100)).toHaveLength(2);
    expect(rampsReady(findRamps(two, 100), ready, loadInUnits(two, 100))).toBe(1);
  });
});
