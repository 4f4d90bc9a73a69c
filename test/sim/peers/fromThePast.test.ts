/** Rivals that go by what was: a timetable, the same time last week; and the one that is told what will be. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { oracle } from "../../../lib/sim/peers/oracle.ts";
import { type SameTimeLastState, sameTimeLast } from "../../../lib/sim/peers/sameTimeLast.ts";
import { scheduled, timetableOf } from "../../../lib/sim/peers/scheduled.ts";
import { loadBefore, NOW, seen, steady } from "./arrange.ts";

const DAY = 86_400;
const WEEK = 7 * DAY;
const HOUR = 3_600;
const bounds = { perUnit: 100, min: 1, max: 20 };
/** The hour that holds NOW begins forty seconds before it. */
const HOUR_START = NOW - 40;

describe("a timetable", () => {
  const hours = (...loads: number[]) => ({
    start: HOUR_START,
    perMinute: loads.flatMap((load) => [...steady(load, 60)]),
  });

  it("has each hour of the week at its highest minute in all weeks, and the maximum where nothing is known", () => {
    const perMinute = new Float64Array(8 * 24 * 60).fill(Number.NaN);
    perMinute[5] = 310;
    perMinute[7 * 24 * 60 + 30] = 520;
    perMinute[65] = 40;
    const table = timetableOf({ past: { start: HOUR_START, perMinute }, aheadSeconds: 0, ...bounds });
    const first = Math.floor((HOUR_START % WEEK) / HOUR);
    expect([table[first], table[(first + 1) % 168], table[(first + 2) % 168]]).toEqual([6, 1, 20]);
    expect(table).toHaveLength(168);
  });

  it("is asked for ahead of an hour that needs more, and not left ahead of one that needs less", () => {
    const peer = scheduled({ past: hours(300, 900, 100), aheadSeconds: 300, ...bounds });
    const at = (now: number): number => peer.step(null, seen(steady(50)), now).desired;
    expect([at(HOUR_START), at(HOUR_START + HOUR - 301), at(HOUR_START + HOUR - 300)]).toEqual([3, 3, 9]);
    expect([at(HOUR_START + 2 * HOUR - 10), at(HOUR_START + 2 * HOUR)]).toEqual([9, 1]);
  });

  it("can be made larger by a factor", () => {
    const table = timetableOf({ past: hours(300), aheadSeconds: 0, factor: 1.5, ...bounds });
    expect(table[Math.floor((HOUR_START % WEEK) / HOUR)]).toBe(5);
  });
});

describe("same time last week", () => {
  const peer = sameTimeLast({
    ...bounds,
    seasonSeconds: WEEK,
    coverSeconds: 600,
    factor: 1,
    stabilizationSeconds: 600,
  });

  /** A week of one load, but for some minutes counted from the same time last week, and the newest three. */
  function observed(usual: number, then: Readonly<Record<number, number>>, now: number) {
    const perMinute = new Array<number>(7 * 24 * 60 + 120).fill(usual);
    const end = perMinute.length;
    for (const [minute, load] of Object.entries(then)) perMinute[end - 7 * 24 * 60 + Number(minute)] = load;
    for (let i = 1; i <= 3; i++) perMinute[end - i] = now;
    return seen(steady(1), { desired: 4, load: loadBefore(perMinute) });
  }
  const wants = (
    observation: ReturnType<typeof observed>,
    state: SameTimeLastState = peer.initial,
    now = NOW,
  ): number => peer.step(state, observation, now).desired;

  it.each<readonly [string, Readonly<Record<number, number>>, number, number]>([
    ["the highest load of the stretch that it must cover", { 4: 700, 9: 900 }, 100, 9],
    ["not what came after that stretch", { 12: 900 }, 100, 2],
    ["not what was before it", { [-5]: 900 }, 100, 2],
    ["what there is now, if that is more", { 4: 700 }, 1150, 12],
    ["not below the minimum", {}, 0, 2],
  ])("wants %s", (_case, then, now, units) => {
    expect(wants(observed(150, then, now))).toBe(units);
  });

  it("passes over missing minutes, and keeps what there is when nothing is known", () => {
    const missing = seen(steady(1), { desired: 7, load: loadBefore([...steady(Number.NaN, 30)]) });
    expect(wants(missing)).toBe(7);
    expect(wants(observed(Number.NaN, {}, 320))).toBe(4);
  });

  it("releases nothing before the largest wish is ten minutes old", () => {
    const high = peer.step(peer.initial, observed(100, {}, 900), NOW);
    expect(high.desired).toBe(9);
    expect(wants(observed(100, {}, 100), high.state, NOW + 599)).toBe(9);
    expect(wants(observed(100, {}, 100), high.state, NOW + 600)).toBe(1);
  });

  it("does not depend on anything that is not published yet", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(2000), { minLength: 10_200, maxLength: 10_200 }),
        fc.nat(100),
        (loads, cut) => {
          const known = loads.slice(0, loads.length - cut);
          const whole = Float64Array.from(loads);
          const load = loadBefore(known);
          const view = { start: load.start, perMinute: whole.subarray(0, known.length) };
          expect(wants(seen(steady(1), { load }))).toBe(wants(seen(steady(1), { load: view })));
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("the oracle", () => {
  it("wants the highest true rate of the time that it must cover, whatever is published", () => {
    const perMinute = Float64Array.from({ length: 60 }, (_, minute) => (minute === 5 ? 640 : 200));
    const peer = oracle({ ...bounds, truth: { start: HOUR_START, perMinute }, coverSeconds: 300, factor: 1 });
    const at = (minute: number): number => peer.step(null, seen(steady(1)), HOUR_START + minute * 60).desired;
    expect([at(0), at(1), at(5), at(6)]).toEqual([2, 7, 7, 2]);
  });

  it("keeps what there is beyond the end of the truth", () => {
    const peer = oracle({
      ...bounds,
      truth: { start: 0, perMinute: Float64Array.of(1) },
      coverSeconds: 300,
      factor: 1,
    });
    expect(peer.step(null, seen(steady(1), { desired: 6 }), NOW).desired).toBe(6);
  });
});
