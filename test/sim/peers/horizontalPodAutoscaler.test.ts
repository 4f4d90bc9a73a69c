/** The HPA as a rival: requests a second for each pod over a minute, pods that start, bounds, windows and its events. */
import { describe, expect, it } from "@jest/globals";
import {
  type HpaOptions,
  type HpaState,
  horizontalPodAutoscaler,
  proposalFor,
} from "../../../lib/sim/peers/horizontalPodAutoscaler.ts";
import { BEHAVIOR_DEFAULTS } from "../../../lib/sim/peers/hpa/behavior.ts";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import { NOW, seen, steady, stepsBefore } from "./arrange.ts";

/** Ten requests a second for each pod; between 2 and 10 pods. */
const OPTIONS: HpaOptions = { targetPerUnit: 10, min: 2, max: 10 };
const peer = horizontalPodAutoscaler(OPTIONS);
const withBlock = horizontalPodAutoscaler({ ...OPTIONS, max: 100, behavior: BEHAVIOR_DEFAULTS });

/** A minute of `perSecond` requests in all, and what there is. */
const under = (perSecond: number, change: Partial<PeerObservation>): PeerObservation =>
  seen([], { steps: stepsBefore(steady(perSecond * 10, 6), []), ...change });

describe("Kubernetes HPA", () => {
  it.each([
    ["exactly at the tolerance: 11 for each of 4", 44, 4, 0, 4],
    ["1.2 × 4", 48, 4, 0, 5],
    ["up to the double, 1.9 × 5", 95, 5, 0, 10],
    ["not above the maximum", 120, 8, 0, 10],
    ["a pod that starts counts as one without load: 60 / 4 is 1.5", 60, 3, 1, 6],
    ["which turns the change round: 33 / 4 is 0.825", 33, 3, 1, 4],
  ])("%s", (_case, perSecond, ready, starting, expected) => {
    const observation = under(perSecond, {
      desired: ready + starting,
      ready,
      starting: steady(NOW, starting),
    });
    expect(peer.step(peer.initial, observation, NOW).desired).toBe(expected);
  });

  it("takes the mean of the newest minute: (3 × 20 + 3 × 60) / 6 is 40", () => {
    const steps = stepsBefore([9999, 200, 200, 200, 600, 600, 600], []);
    expect(peer.step(peer.initial, seen([], { desired: 4, steps }), NOW).desired).toBe(4);
    expect(peer.step(peer.initial, seen([], { desired: 3, ready: 3, steps }), NOW).desired).toBe(4);
  });

  it.each([
    ["above the maximum", 14, 10],
    ["below the minimum", 1, 2],
    ["at 0, where it is switched off", 0, 0],
  ])("needs no metric %s", (_case, desired, expected) => {
    expect(peer.step(peer.initial, seen([], { desired }), NOW).desired).toBe(expected);
  });

  it.each([
    ["nothing is published", []],
    ["a step is missing", [999, 999, Number.NaN, 999, 999, 999]],
    ["no pod serves", steady(999, 6), 0],
  ])("keeps what there is while %s", (_case, arrivals, ready = 4) => {
    const observation = seen([], { desired: 4, ready, steps: stepsBefore(arrivals, []) });
    expect(peer.step(peer.initial, observation, NOW).desired).toBe(4);
  });

  it.each([
    ["with a metric", 60],
    ["without one", Number.NaN],
  ])("takes what there is at first sight for its first recommendation, %s", (_case, perSecond) => {
    const first = peer.step(peer.initial, under(perSecond, { desired: 10 }), NOW);
    const atWindow = peer.step(first.state, under(20, { desired: 10 }), NOW + 300);
    expect(atWindow.desired).toBe(10);
    expect(peer.step(atWindow.state, under(20, { desired: 10 }), NOW + 315).desired).toBe(2);
  });
});

describe("proposalFor", () => {
  it.each([
    ["keeps both those that serve and those that start where the change would turn round", 3, 1, 33, 4],
    ["takes no load of those that start on the way in: 0.5 × 3", 3, 1, 15, 2],
  ])("%s", (_case, ready, starting, perSecond, replicas) => {
    expect(proposalFor(OPTIONS, ready, starting, perSecond, NOW)).toEqual({ kind: "replicas", replicas });
  });
});

describe("Kubernetes HPA with a behavior block", () => {
  it("has a name of its own, and none without a block", () => {
    const names = [withBlock, peer, horizontalPodAutoscaler({ ...OPTIONS, behavior: null })];
    expect(names.map(({ name }) => name)).toEqual(["hpa-behavior", "hpa", "hpa"]);
  });

  const desiredAfter = (state: HpaState, desired: number, now: number): number =>
    withBlock.step(state, under(1000, { desired }), now).desired;

  it("doubles once in 15 s, or adds four", () => {
    const first = withBlock.step(withBlock.initial, under(1000, { desired: 3 }), NOW);
    expect(first.desired).toBe(7);
    expect(desiredAfter(first.state, 7, NOW + 14)).toBe(7);
    expect(desiredAfter(first.state, 7, NOW + 15)).toBe(14);
  });

  it.each([
    ["what the metric asks for", 3],
    ["the minimum", 1],
  ])("leaves no event of a change that the platform did not take: %s", (_case, desired) => {
    const lost = withBlock.step(withBlock.initial, under(1000, { desired, locked: true }), NOW);
    expect(lost.desired).toBeGreaterThan(desired);
    expect(desiredAfter(lost.state, 3, NOW + 1)).toBe(7);
  });

  it("counts a change to the minimum as an event: from 2 of which 1 is new, 5 at most", () => {
    const raised = withBlock.step(withBlock.initial, under(1000, { desired: 1 }), NOW);
    expect(raised.desired).toBe(2);
    expect(desiredAfter(raised.state, 2, NOW + 1)).toBe(5);
  });

  it("goes down all at once, 300 s after it wanted more", () => {
    const first = withBlock.step(withBlock.initial, under(600, { desired: 60 }), NOW);
    const later = withBlock.step(first.state, under(20, { desired: 60 }), NOW + 299);
    expect(later.desired).toBe(60);
    expect(withBlock.step(later.state, under(20, { desired: 60 }), NOW + 300).desired).toBe(2);
  });
});
