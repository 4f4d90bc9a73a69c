/** Crane's EffectiveHPA: the HPA, and the highest load that is expected in its window. A pod carries a request a second. */
import { describe, expect, it } from "@jest/globals";
import { type CraneForecast, type CraneOptions, crane } from "../../../lib/sim/peers/crane.ts";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import { loadBefore, NOW, seen, steady, stepsBefore } from "./arrange.ts";
import { DAY_STEPS, repeated, waves } from "./crane/arrange.ts";

const HOUR = 3600;
const options: CraneOptions = { targetPerUnit: 1, min: 1, max: 100, forecaster: "dsp", windowSeconds: HOUR };

/** So many requests a second now, on as many pods as are desired. */
const at = (perSecond: number, change: Partial<PeerObservation> = {}) =>
  seen([], { steps: stepsBefore(steady(10 * perSecond, 6), steady(0, 6)), ...change });

const first = (observation: PeerObservation, change: Partial<CraneOptions> = {}) => {
  const peer = crane({ ...options, ...change });
  return peer.step(peer.initial, observation, NOW);
};

describe("a level that is expected at any time", () => {
  /** 600 a minute, by buckets of six: its end is at 606, which is 10.1 a second. */
  const usual = loadBefore(steady(600, 60));
  const percentile = { forecaster: "percentile" } as const;

  it.each([
    ["as much as that, rounded up", 4, 8, 11],
    ["no more than doubling", 4, 4, 8],
    ["what there is, within the tolerance: 10.1 on 10", 4, 10, 10],
    ["what the HPA asks for, where that is more", 14, 10, 14],
  ])("asks for %s", (_, perSecond, desired, wanted) => {
    expect(first(at(perSecond, { desired, load: usual }), percentile).desired).toBe(wanted);
  });

  it.each([
    ["adds to what there is", 8, 11],
    ["takes nothing away", 20, 20],
  ])("without a reading %s", (_, desired, wanted) => {
    const blind = seen([], { desired, load: usual });
    const { desired: found, state } = first(blind, percentile);
    expect(found).toBe(wanted);
    expect(state.hpa.log).toContainEqual({ replicas: desired, at: NOW });
  });

  it("looks at a week", () => {
    const [aDay, threeDays, fourDays] = [1440, 3 * 1440, 4 * 1440];
    const missing = steady(Number.NaN, fourDays);
    const load = loadBefore([...steady(60_000, aDay), ...steady(600, threeDays), ...missing]);
    expect(first(at(4, { load }), percentile).state.forecast).toEqual({ kind: "level", perMinute: 606 });
  });
});

describe("a day that repeats, highest an hour from now: 1700 a minute, and 1651 ten minutes from now", () => {
  const day = waves(DAY_STEPS, 1000, [
    [1, 400],
    [2, 200],
    [3, 100],
  ]);
  // Six steps of ten minutes before the height of the day.
  const history = repeated(day, 5).subarray(DAY_STEPS - 6, 5 * DAY_STEPS - 6);
  const load = loadBefore([...history].flatMap((value) => steady(value, 10)));
  const quiet = at(1, { desired: 20, load });

  it.each([
    ["an hour: 1.01 × 1700 / 60 = 28.6", HOUR, 29],
    ["ten minutes: 1.01 × 1651 / 60 = 27.8", 600, 28],
  ])("within %s", (_, windowSeconds, wanted) => {
    expect(first(quiet, { windowSeconds }).desired).toBe(wanted);
  });

  it("is forecast again after twelve hours, not before", () => {
    const peer = crane(options);
    const { state } = peer.step(peer.initial, quiet, NOW);
    const later = (seconds: number) =>
      peer.step(state, at(1, { desired: 20 }), NOW + seconds).state.forecast.kind;
    expect(state.forecast.kind).toBe("periodic");
    expect(later(12 * HOUR - 15)).toBe("periodic");
    expect(later(12 * HOUR)).toBe("none");
  });
});

describe("forecasts that were made before", () => {
  it("are used again for the same time", () => {
    const known: CraneForecast = { kind: "level", perMinute: 420 };
    const forecasts = new Map([[NOW, known]]);
    expect(first(at(4), { forecasts }).desired).toBe(7);
  });

  it("are kept for others", () => {
    const forecasts = new Map<number, CraneForecast>();
    first(at(4), { forecasts });
    expect(forecasts).toEqual(new Map([[NOW, { kind: "none" }]]));
  });
});

describe("without a period it is the HPA", () => {
  it.each([
    ["half as much again", 6, 6],
    ["within the tolerance", 4.3, 4],
    ["no more than doubling", 40, 8],
    ["the window of scale-in", 1, 4],
  ])("%s", (_, perSecond, wanted) => {
    expect(first(at(perSecond)).desired).toBe(wanted);
  });

  it.each([
    [299, 4],
    [300, 4],
    [301, 2],
  ])("scales in when the window of five minutes has passed: after %i s there are %i", (seconds, wanted) => {
    const peer = crane(options);
    const { state } = peer.step(peer.initial, at(4), NOW);
    expect(peer.step(state, at(2), NOW + seconds).desired).toBe(wanted);
  });
});
