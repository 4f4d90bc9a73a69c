/** KEDA as a rival: its polls between none and one, the generated HPA between one and many. */
import { describe, expect, it } from "@jest/globals";
import { type KedaPeerOptions, type KedaState, keda } from "../../../lib/sim/peers/keda.ts";
import type { PeerAnswer } from "../../../lib/sim/peers/peer.ts";
import { NOW, seen, steady, stepsBefore } from "./arrange.ts";

const OPTIONS: KedaPeerOptions = { targetPerUnit: 25, min: 0, max: 20 };
const peer = keda(OPTIONS);

/** After a minute of `perSecond` requests in all. */
function step(
  rival: typeof peer,
  state: KedaState,
  desired: number,
  perSecond: number,
  now: number,
): PeerAnswer<KedaState> {
  const steps = stepsBefore(steady(perSecond * 10, 6), []);
  return rival.step(state, seen([], { desired, steps }), now);
}

describe("between one and many", () => {
  it.each([
    ["within the tolerance: 1.093", 3, 82, 3],
    ["above it: 1.107", 3, 83, 4],
    ["the double at most", 5, 500, 10],
    ["4 at least", 1, 500, 4],
    ["the maximum at most", 15, 1000, 20],
    ["from above the maximum", 30, 500, 20],
  ])("the HPA scales %s", (_case, desired, perSecond, expected) => {
    expect(step(peer, peer.initial, desired, perSecond, NOW).desired).toBe(expected);
  });

  it("does so between two polls, too", () => {
    const first = step(peer, peer.initial, 3, 75, NOW);
    expect(step(peer, first.state, 3, 150, NOW + 15).desired).toBe(6);
  });

  it.each([
    ["with a metric", 125],
    ["without one", Number.NaN],
  ])("goes down 300 s after it was first seen %s, and not by the cooldown", (_case, perSecond) => {
    const options = { ...OPTIONS, min: 1, cooldownSeconds: 30 };
    const rival = keda(options);
    const first = step(rival, rival.initial, 5, perSecond, NOW);
    const atWindow = step(rival, first.state, 5, 5, NOW + 300);
    expect(atWindow.desired).toBe(5);
    expect(step(rival, atWindow.state, 5, 5, NOW + 315).desired).toBe(1);
  });

  it("leaves the last one to KEDA, however long it has had nothing to do", () => {
    const rival = keda({ ...OPTIONS, cooldownSeconds: 3600 });
    const active = step(rival, rival.initial, 1, 10, NOW);
    expect(step(rival, active.state, 1, 0, NOW + 600).desired).toBe(1);
  });

  it.each([0, 3])("keeps %p without a reading", (desired) => {
    expect(step(peer, peer.initial, desired, Number.NaN, NOW).desired).toBe(desired);
  });
});

describe("between none and one", () => {
  it.each([
    ["one at the first request", {}, 0.1, 1],
    ["none without", {}, 0, 0],
    ["none exactly at the activation threshold", { activationThreshold: 5 }, 5, 0],
    ["one above it", { activationThreshold: 5 }, 5.1, 1],
    ["the minimum with requests", { min: 3 }, 1, 3],
    ["the minimum without", { min: 3 }, 0, 3],
  ])("%s", (_case, change, perSecond, expected) => {
    const rival = keda({ ...OPTIONS, ...change });
    expect(step(rival, rival.initial, 0, perSecond, NOW).desired).toBe(expected);
  });

  it("looks every 30 s only, and the HPA does not raise none", () => {
    const first = step(peer, peer.initial, 0, 0, NOW);
    const between = step(peer, first.state, 0, 100, NOW + 15);
    expect(between.desired).toBe(0);
    expect(step(peer, between.state, 0, 100, NOW + 30).desired).toBe(1);
  });

  it("goes to none once more than the cooldown has passed since it was active", () => {
    const active = step(peer, peer.initial, 1, 10, NOW);
    const cooling = step(peer, active.state, 1, 0, NOW + 300);
    expect(cooling.desired).toBe(1);
    expect(step(peer, cooling.state, 1, 0, NOW + 330).desired).toBe(0);
  });

  it("goes from many to none at the second poll where it was never active", () => {
    const first = step(peer, peer.initial, 5, 0, NOW);
    expect(first.desired).toBe(5);
    expect(step(peer, first.state, 5, 0, NOW + 30).desired).toBe(0);
  });
});
