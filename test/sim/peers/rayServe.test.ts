/** Ray Serve as a rival: the mean over its look-back, a hundred iterations a step, and a target of its own. */
import { describe, expect, it } from "@jest/globals";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import { type RayServeOptions, rayServe } from "../../../lib/sim/peers/rayServe.ts";
import { NOW, seen, stepsBefore } from "./arrange.ts";

const OPTIONS: RayServeOptions = { targetOngoingRequests: 2, min: 1, max: 20, downscaleDelaySeconds: 60 };

/** What it wants at each step of 10 s, of four replicas, while each observation says what it changes. */
function wantedAt(
  observations: readonly (Partial<PeerObservation> & { readonly concurrency: readonly number[] })[],
  options: Partial<RayServeOptions> = {},
): readonly number[] {
  const peer = rayServe({ ...OPTIONS, ...options });
  let state = peer.initial;
  return observations.map(({ concurrency, ...change }, i) => {
    const observation = seen([], { desired: 4, steps: stepsBefore([], concurrency), ...change });
    const answer = peer.step(state, observation, NOW + i * 10);
    state = answer.state;
    return answer.desired;
  });
}

const forSteps = <T>(count: number, observation: T): readonly T[] => new Array<T>(count).fill(observation);

describe("Ray Serve", () => {
  it.each<readonly [string, readonly number[], Partial<RayServeOptions>, readonly number[]]>([
    ["30 s of more: iteration 301 is in the fourth step", [12, 12, 12], {}, [4, 4, 4, 6, 6]],
    ["the newest 30 s count", [999, 12, 12, 12], {}, [4, 4, 4, 6, 6]],
    ["the mean of them: (6 + 6 + 24) / 3", [6, 6, 24], {}, [4, 4, 4, 6, 6]],
    ["a look-back of 10 s", [6, 6, 24], { lookBackSeconds: 10 }, [4, 4, 4, 12, 12]],
    ["the maximum", [999, 999, 999], { upscaleDelaySeconds: 0 }, [20, 20, 20, 20, 20]],
    ["as many as there are", [8, 8, 8], { upscaleDelaySeconds: 0 }, [4, 4, 4, 4, 4]],
  ])("%s", (_case, concurrency, options, expected) => {
    expect(wantedAt(forSteps(5, { concurrency }), options)).toEqual(expected);
  });

  it("goes down to the minimum after its delay of 60 s: iteration 601", () => {
    expect(wantedAt(forSteps(7, { concurrency: [0, 0, 0] }))).toEqual([4, 4, 4, 4, 4, 4, 1]);
  });

  it("begins to count anew where the load falls in between", () => {
    const more = { concurrency: [12, 12, 12] };
    const observations = [more, more, { concurrency: [8, 8, 8] }, more, more, more, more];
    expect(wantedAt(observations)).toEqual([4, 4, 4, 4, 4, 4, 6]);
  });

  it("asks again where the platform did not take it, without another delay", () => {
    const locked = { concurrency: [12, 12, 12], locked: true };
    expect(wantedAt([...forSteps(4, locked), { ...locked, locked: false }])).toEqual([4, 4, 4, 6, 6]);
  });

  it.each([
    ["nothing is published", []],
    ["a reading is missing", [99, Number.NaN, 99]],
  ])("keeps what there is while %s", (_case, concurrency) => {
    expect(wantedAt(forSteps(5, { concurrency }), { upscaleDelaySeconds: 0 })).toEqual([4, 4, 4, 4, 4]);
  });

  it("leaves none at once", () => {
    const none = { concurrency: [0, 0, 1], desired: 0, ready: 0 };
    expect(wantedAt([none], { min: 0 })).toEqual([1]);
  });
});
