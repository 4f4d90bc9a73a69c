/** AIBrix on its clock: a minute's mean for each serving pod, the bounds and the cooldowns. */
import { describe, expect, it } from "@jest/globals";
import { aibrix } from "../../../lib/sim/peers/aibrix.ts";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import { NOW, seen, steady, stepsBefore } from "./arrange.ts";

const options = { targetPerUnit: 10, min: 1, max: 20 };

/** Four units with so many requests in service and waiting in all, step by step. */
const busy = (concurrency: readonly number[], change: Partial<PeerObservation> = {}) =>
  seen([], { steps: stepsBefore(steady(0, concurrency.length), concurrency), ...change });

const desiredFor = (observation: PeerObservation, change: Partial<typeof options> = {}): number => {
  const peer = aibrix({ ...options, ...change });
  return peer.step(peer.initial, observation, NOW).desired;
};

describe("AIBrix", () => {
  it.each([
    ["60 requests on 4 pods are 15 each", busy(steady(60, 6)), 6],
    ["44 are within the tolerance", busy(steady(44, 6)), 4],
    ["20 are 5 each, half of the target", busy(steady(20, 6)), 2],
    ["only the newest six steps count", busy([900, ...steady(40, 6)]), 4],
    ["their mean counts, not the newest alone: 360 / 6", busy([...steady(0, 5), 360]), 6],
    ["the use is of the pods that serve: 60 on 3 is 20 each", busy(steady(60, 6), { ready: 3 }), 8],
    ["a step is missing", busy([60, 60, 60, Number.NaN, 60, 60]), 4],
    ["nothing is published", busy([]), 4],
    ["nobody serves", busy(steady(60, 6), { ready: 0 }), 4],
  ])("%s", (_, observation, desired) => {
    expect(desiredFor(observation)).toBe(desired);
  });

  it("stays inside its bounds", () => {
    expect(desiredFor(busy(steady(60, 6)), { max: 5 })).toBe(5);
    expect(desiredFor(busy(steady(0, 6)), { min: 3 })).toBe(3);
  });

  it("is asked every ten seconds", () => {
    expect(aibrix(options).periodSeconds).toBe(10);
  });
});

describe("its cooldowns", () => {
  it.each([
    ["up again at once", 60, 10, {}, 6],
    ["down after 299 s: not yet", 20, 299, {}, 4],
    ["down after 300 s", 20, 300, {}, 2],
    ["up after 59 of 60 s: not yet", 60, 59, { upCooldownSeconds: 60 }, 4],
    ["up after 60 of 60 s", 60, 60, { upCooldownSeconds: 60 }, 6],
    ["down after 100 of 100 s", 20, 100, { downCooldownSeconds: 100 }, 2],
  ])("since a change: %s", (_, concurrency, secondsAgo, change, desired) => {
    const peer = aibrix({ ...options, ...change });
    const answer = peer.step({ changedAt: NOW - secondsAgo }, busy(steady(concurrency, 6)), NOW);
    expect(answer.desired).toBe(desired);
  });

  it("begin with a change that was taken, and with no other", () => {
    const peer = aibrix(options);
    const state = { changedAt: NOW - 1000 };
    const next = (observation: PeerObservation) => peer.step(state, observation, NOW).state;
    expect(next(busy(steady(60, 6)))).toEqual({ changedAt: NOW });
    expect(next(busy(steady(60, 6), { locked: true }))).toEqual(state);
    expect(next(busy(steady(40, 6)))).toEqual(state);
  });
});
