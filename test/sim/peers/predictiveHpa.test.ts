/** The predictive HPA on its clock: two proposals, what it remembers, its limits. A pod carries one request a second. */
import { describe, expect, it } from "@jest/globals";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import { type PhpaModel, type PhpaOptions, predictiveHpa } from "../../../lib/sim/peers/predictiveHpa.ts";
import { NOW, seen, steady, stepsBefore } from "./arrange.ts";

const linear = (lookAheadSeconds: number, historySize = 6): PhpaModel => ({
  type: "linear",
  historySize,
  lookAheadSeconds,
});
/** It expects what was proposed last, as the HPA does. */
const last = linear(0, 1);

const make = (change: Partial<PhpaOptions> = {}) =>
  predictiveHpa({ targetPerUnit: 1, min: 1, max: 50, model: last, perSyncPeriod: 1, ...change });

/** So many requests a second on so many pods. */
const at = (perSecond: number, change: Partial<PeerObservation> = {}) =>
  seen([], { steps: stepsBefore(steady(10 * perSecond, 6), steady(0, 6)), ...change });

/** With the proposal of 6 that 6 requests a second make now, a rise of one in five seconds. */
const rise = [
  { at: NOW - 20, replicas: 2 },
  { at: NOW - 10, replicas: 4 },
];

describe("what it proposes", () => {
  it.each([
    ["maximum", 5, 7],
    ["maximum", 8, 8],
    ["minimum", 8, 6],
    ["mean", 5, 7],
    ["mean", 8, 7],
    ["median", 5, 6],
  ] as const)("the %s of 6 and of what a line says %i s ahead: %i", (decisionType, ahead, desired) => {
    const peer = make({ model: linear(ahead), history: rise, decisionType });
    expect(peer.step(peer.initial, at(6), NOW).desired).toBe(desired);
  });

  it.each([
    ["inside the tolerance the proposal is what there is", 4.4, 4],
    ["outside of it, rounded up", 4.5, 5],
  ])("%s", (_, perSecond, desired) => {
    const peer = make();
    expect(peer.step(peer.initial, at(perSecond), NOW).desired).toBe(desired);
  });

  it("expects of Holt-Winters the step that comes next in a season", () => {
    const model = { type: "holt-winters", alpha: 0.5, beta: 0.1, gamma: 0.2, storedSeasons: 6 } as const;
    const history = Array.from({ length: 17 }, (_, i) => ({
      at: NOW - (17 - i) * 15,
      replicas: [7, 5, 4][i % 3] as number,
    }));
    const peer = make({
      model: { ...model, seasonLength: 3, trend: "additive", seasonal: "additive" },
      history,
    });
    // The proposal of 4 completes the sixth season; the seventh begins with 7.
    const answer = peer.step(peer.initial, at(4), NOW);
    expect(answer.state.expected).toBe(7);
    expect(answer.desired).toBe(7);
  });

  it("changes nothing, and remembers nothing, without readings", () => {
    const peer = make({ history: rise });
    const answer = peer.step(peer.initial, at(Number.NaN), NOW);
    expect(answer.desired).toBe(4);
    expect(answer.state.history).toEqual(rise);
    expect(answer.state.syncs).toBe(0);
  });
});

describe("its history", () => {
  it("holds proposals, not load or what was made of them", () => {
    const peer = make({ model: linear(0), max: 5, history: rise });
    const { desired, state } = peer.step(peer.initial, at(6), NOW);
    expect(desired).toBe(5);
    expect(state.history).toEqual([...rise, { at: NOW, replicas: 6 }]);
  });

  it("grows every second sync; in between the model's last word stands", () => {
    const peer = make({ model: linear(8), perSyncPeriod: 2, history: rise });
    const first = peer.step(peer.initial, at(6), NOW);
    const second = peer.step(first.state, at(4, { desired: 8, ready: 4 }), NOW + 15);
    const third = peer.step(second.state, at(4, { desired: 8, ready: 4 }), NOW + 30);
    expect([first, second, third].map(({ state }) => state.history.length)).toEqual([3, 3, 4]);
    expect([first.state.expected, second.state.expected]).toEqual([8, 8]);
    expect(third.state.expected).not.toBe(8);
  });

  it("keeps the newest points of the size", () => {
    const peer = make({ model: linear(0, 2), history: rise });
    const { state } = peer.step(peer.initial, at(6), NOW);
    expect(state.history.map(({ replicas }) => replicas)).toEqual([4, 6]);
  });
});

describe("its limits", () => {
  it("doubles at most in a minute, and goes on when that is over", () => {
    const peer = make();
    const first = peer.step(peer.initial, at(40), NOW);
    expect(first.desired).toBe(8);
    const then = (seconds: number) =>
      peer.step(first.state, at(40, { desired: 8, ready: 8 }), NOW + seconds).desired;
    expect([15, 59, 60].map(then)).toEqual([8, 8, 16]);
  });

  it("adds four where that is more than double", () => {
    const peer = make();
    expect(peer.step(peer.initial, at(40, { desired: 2 }), NOW).desired).toBe(6);
  });

  it("counts no change that a locked platform did not take", () => {
    const peer = make();
    const first = peer.step(peer.initial, at(40, { locked: true }), NOW);
    expect(first.state.hpa.events).toEqual({ up: [], down: [] });
  });

  it.each([
    [undefined, 299, 4],
    [undefined, 300, 2],
    [60, 59, 4],
    [60, 60, 2],
  ])("scales in after a window of %p s: %i s later there are %i", (window, seconds, desired) => {
    const change = window === undefined ? {} : { downscaleStabilizationSeconds: window };
    const peer = make(change);
    const first = peer.step(peer.initial, at(4), NOW);
    expect(peer.step(first.state, at(2), NOW + seconds).desired).toBe(desired);
  });

  it.each([
    ["the minimum", 0, { min: 3, downscaleStabilizationSeconds: 0 }, 3],
    ["the maximum", 8, { max: 6 }, 6],
  ])("ends at %s", (_, perSecond, change, desired) => {
    const peer = make(change);
    expect(peer.step(peer.initial, at(perSecond), NOW).desired).toBe(desired);
  });
});
