/** Ray Serve's policy: the replicas that a load asks for, and how long it has to ask. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RAY_DEFAULTS, type RayConfig, rayDesired, rayPolicy } from "../../../../lib/sim/peers/ray/policy.ts";

/** Two ongoing requests for each replica, 300 iterations up and 6000 down. */
const CONFIG: RayConfig = { ...RAY_DEFAULTS, min: 0, max: 100 };

describe("rayDesired", () => {
  it.each<readonly [string, number, number, Partial<RayConfig>, number]>([
    ["half of the way up from 8 to 20", 8, 40, { upscalingFactor: 0.5 }, 14],
    ["half of the way down from 12 to 3: 7.5", 12, 6, { downscalingFactor: 0.5 }, 8],
    ["a quarter of the way from 5 to 4 is one at least", 5, 8, { downscalingFactor: 0.25 }, 4],
    ["unless less than one is too many: 4.5", 5, 9, { downscalingFactor: 0.25 }, 5],
    ["twice the way up from 4 to 6", 4, 12, { upscalingFactor: 2 }, 8],
    ["upwards the downscaling factor plays no part", 4, 12, { downscalingFactor: 0.1 }, 6],
    ["downwards the upscaling factor plays none", 4, 4, { upscalingFactor: 0.1 }, 2],
    ["all the way as shipped, a part is a replica: 4.5", 4, 9, {}, 5],
    ["exactly at the target", 4, 8, {}, 4],
    ["no load", 4, 0, {}, 0],
    ["no load and the shipped minimum", 4, 0, { min: 1 }, 1],
    ["the maximum", 4, 40, { max: 6 }, 6],
    ["the minimum after the factor", 12, 0, { min: 7, downscalingFactor: 0.5 }, 7],
  ])("%s", (_case, running, totalOngoing, change, expected) => {
    expect(rayDesired(running, totalOngoing, { ...CONFIG, ...change })).toBe(expected);
  });
});

describe("rayPolicy", () => {
  it.each<readonly [string, number, number, number, number, Partial<RayConfig>, number, number]>([
    ["up: the 300th iteration only counts", 4, 4, 12, 299, {}, 4, 300],
    ["up: the 301st decides, and counting begins anew", 4, 4, 12, 300, {}, 6, 0],
    ["up: the newest wish is taken", 4, 4, 14, 300, {}, 7, 0],
    ["up after down: counting begins at 1", 4, 4, 12, -250, {}, 4, 1],
    ["down: the 6000th iteration only counts", 4, 4, 4, -5999, {}, 4, -6000],
    ["down: the 6001st decides", 4, 4, 4, -6000, {}, 2, 0],
    ["down after up: counting begins at 1", 4, 4, 4, 250, {}, 4, -1],
    ["neither: counting begins anew", 4, 4, 8, 250, {}, 4, 0],
    ["what was asked for counts, not what runs", 4, 6, 12, 250, {}, 6, 0],
    ["more was asked for than is needed", 4, 8, 12, 0, {}, 8, -1],
    ["no delay: at once", 4, 4, 12, 0, { upscaleDelaySeconds: 0 }, 6, 0],
    ["from many to one at most", 4, 4, 0, -6000, {}, 1, 0],
    ["from one to none after the same delay", 1, 1, 0, -6000, {}, 0, 0],
    ["to none by a shorter delay", 1, 1, 0, -600, { downscaleToZeroDelaySeconds: 60 }, 0, 0],
    ["to none not before it", 1, 1, 0, -599, { downscaleToZeroDelaySeconds: 60 }, 1, -600],
    ["to none by a longer delay", 1, 1, 0, -6000, { downscaleToZeroDelaySeconds: 900 }, 1, -6001],
    ["that delay is not for the way to one", 4, 4, 0, -600, { downscaleToZeroDelaySeconds: 60 }, 4, -601],
    ["from none at once", 0, 0, 1, 0, {}, 1, 0],
    ["from none by the upscaling factor", 0, 0, 1, 0, { upscalingFactor: 2.5 }, 3, 0],
    ["while none runs, no fewer than were asked for", 0, 5, 1, 7, {}, 5, 7],
    ["none without a request", 0, 0, 0, 7, {}, 0, 7],
  ])("%s", (_case, running, target, totalOngoing, counter, change, wanted, next) => {
    const answer = rayPolicy({ running, target, totalOngoing }, counter, { ...CONFIG, ...change });
    expect(answer).toEqual({ target: wanted, counter: next });
  });

  it.each<readonly [RayConfig["delayIs"], number, number]>([
    ["iterations", 0, 1],
    ["iterations", 0.25, 3],
    ["iterations", 30, 301],
    ["elapsed", 0, 1],
    ["elapsed", 0.25, 4],
    ["elapsed", 30, 301],
  ])("where the delay is %s, one of %p s ends with iteration %p", (delayIs, upscaleDelaySeconds, last) => {
    const config = { ...CONFIG, delayIs, upscaleDelaySeconds };
    const input = { running: 4, target: 4, totalOngoing: 12 };
    expect(rayPolicy(input, 0, config, last).target).toBe(6);
    expect(rayPolicy(input, 0, config, last - 1).target).toBe(4);
  });

  it("never moves under a load that alternates around the target", () => {
    let answer = { target: 4, counter: 0 };
    for (let i = 0; i < 20_000; i++) {
      const totalOngoing = i % 2 === 0 ? 20 : 1;
      answer = rayPolicy({ running: 4, target: answer.target, totalOngoing }, answer.counter, CONFIG);
      expect(answer.target).toBe(4);
    }
  });

  it("decides many iterations at once as one after the other", () => {
    const config = fc.record({
      delayIs: fc.constantFrom("iterations" as const, "elapsed" as const),
      upscaleDelaySeconds: fc.integer({ min: 0, max: 5 }),
      downscaleDelaySeconds: fc.integer({ min: 0, max: 5 }),
      downscaleToZeroDelaySeconds: fc.option(fc.integer({ min: 0, max: 5 })),
      min: fc.integer({ min: 0, max: 1 }),
    });
    const input = fc.record({
      running: fc.integer({ min: 0, max: 6 }),
      target: fc.integer({ min: 1, max: 6 }),
      totalOngoing: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(config, input, fc.integer({ min: 1, max: 150 }), (change, seen, iterations) => {
        const all = { ...CONFIG, ...change };
        let single = { target: seen.target, counter: 0 };
        for (let i = 0; i < iterations; i++) {
          single = rayPolicy({ ...seen, target: single.target }, single.counter, all);
        }
        expect(rayPolicy(seen, 0, all, iterations)).toEqual(single);
      }),
    );
  });
});
