/** Every policy gets as many trials as any other, and only what was tried chooses. */
import { describe, expect, it } from "@jest/globals";
import { defaultsOf, KNOB_RANGE } from "../../../lib/sim/score/candidate.ts";
import { CANDIDATES } from "../../../lib/sim/score/candidates.ts";
import {
  bestSettings,
  knobsToScore,
  knobValues,
  nextKnob,
  settingsToTry,
  type Tried,
  trialsOf,
} from "../../../lib/sim/score/tune.ts";

const tried = (name: string, knob: number, violations: number, cost: number): Tried => ({
  settings: { name },
  knob,
  violations,
  cost,
});

describe.each(CANDIDATES.map((candidate) => [candidate.name, candidate] as const))(
  "%s",
  (_name, candidate) => {
    it.each([1, 5, 10, 40, 41])("gets exactly %i trials", (trials) => {
      expect(trialsOf(candidate, trials).length).toBe(trials);
    });

    it("is tried with its shipped settings first, and never twice with the same", () => {
      const settings = settingsToTry(candidate, 8);
      expect(settings[0]).toEqual(defaultsOf(candidate));
      expect(new Set(settings.map((each) => JSON.stringify(each))).size).toBe(settings.length);
      for (const each of settings) {
        for (const [name, value] of Object.entries(each)) expect(candidate.settings[name]).toContain(value);
      }
    });

    it("is tried over the whole range of the knob", () => {
      const knobs = trialsOf(candidate, 40).map(({ knob }) => knob);
      expect(Math.min(...knobs)).toBe(KNOB_RANGE.lowest);
      expect(Math.max(...knobs)).toBe(KNOB_RANGE.highest);
    });
  },
);

describe("the best settings", () => {
  it("are the cheapest at one violation in a hundred, read off their hull", () => {
    const cheaper = [tried("b", 1, 0.005, 90), tried("b", 2, 0.02, 80)];
    expect(bestSettings([tried("a", 1, 0.005, 100), tried("a", 2, 0.02, 50), ...cheaper])).toEqual({
      name: "a",
    });
    expect(bestSettings([tried("a", 1, 0.005, 100), ...cheaper])).toEqual({ name: "b" });
  });

  it("are those that came nearest where none got there", () => {
    expect(bestSettings([tried("a", 1, 0.3, 10), tried("b", 1, 0.2, 99)])).toEqual({ name: "b" });
  });

  it("do not come from nothing", () => expect(() => bestSettings([])).toThrow("got no trial"));
});

describe("the knob's values for the scored part", () => {
  it("rise by the same factor from the lowest to the highest", () => {
    expect(knobValues(4, 0.2, 1.6)).toEqual([0.2, 0.4, 0.8, 1.6]);
    expect(knobValues(1, 0.4, 1.6)).toEqual([0.8]);
    expect(knobValues(0, 0.4, 1.6)).toEqual([]);
  });

  it("span from where training hardly violated to where it violated too much, with room", () => {
    const runs = [0.2, 0.4, 0.8, 1.2, 1.6].map((knob, i) =>
      tried("a", knob, [0, 0.0001, 0.01, 0.2, 0.9][i] as number, 1),
    );
    const knobs = knobsToScore(runs, 6);
    expect(knobs.length).toBe(6);
    expect(knobs[0]).toBeCloseTo(0.4 / 1.2, 3);
    expect(knobs.at(-1)).toBeCloseTo(1.2 * 1.2, 3);
  });

  it.each([
    ["always", 0.9],
    ["never", 0],
  ])("stay inside the range when training %s violated", (_when, violations) => {
    const knobs = knobsToScore(
      [0.2, 1.6].map((knob) => tried("a", knob, violations, 1)),
      5,
    );
    expect(Math.min(...knobs)).toBeGreaterThanOrEqual(KNOB_RANGE.lowest);
    expect(Math.max(...knobs)).toBeLessThanOrEqual(KNOB_RANGE.highest);
    expect(new Set(knobs).size).toBe(5);
  });
});

describe("the knob's value that is looked at next", () => {
  const runs = (...pairs: readonly (readonly [knob: number, violations: number])[]) =>
    pairs.map(([knob, violations]) => ({ knob, violations }));

  it.each([
    [
      "half way, on logarithmic scales, where the share is",
      [
        [0.4, 0.001],
        [1.6, 0.1],
      ],
      0.01,
      0.8,
    ],
    [
      "nearer to the run that is nearer to the share",
      [
        [0.4, 0.002],
        [1.6, 0.2],
      ],
      0.01,
      0.4 * 4 ** (Math.log(5) / Math.log(100)),
    ],
    [
      "never right beside a run, however near it is to the share",
      [
        [0.4, 0.00999],
        [1.6, 0.9],
      ],
      0.01,
      0.4 * 4 ** 0.25,
    ],
    [
      "between the nearest runs on either side, in whatever order they are given",
      [
        [1.6, 0.5],
        [0.2, 0],
        [0.8, 0.1],
        [0.4, 0.001],
      ],
      0.01,
      0.4 * 2 ** 0.5,
    ],
    [
      "beyond the last run that keeps the share, where runs go up and down",
      [
        [0.2, 0.02],
        [0.4, 0.001],
        [1.6, 0.1],
      ],
      0.01,
      0.8,
    ],
    [
      "half of the most careful run's where all of them miss too much",
      [
        [0.8, 0.02],
        [1.6, 0.9],
      ],
      0.01,
      0.4,
    ],
    [
      "no further than the range of the knob goes",
      [
        [0.3, 0.02],
        [1.6, 0.9],
      ],
      0.01,
      KNOB_RANGE.lowest,
    ],
    [
      "more daring where every run keeps the share",
      [
        [0.4, 0],
        [0.9, 0.001],
      ],
      0.01,
      KNOB_RANGE.highest,
    ],
    [
      "a quarter of the way at the most from where hardly anything is missed",
      [
        [0.4, 0],
        [1.6, 0.011],
      ],
      0.01,
      0.4 * 4 ** 0.75,
    ],
  ] as const)("is %s", (_where, pairs, share, expected) => {
    expect(nextKnob(runs(...pairs), share)).toBeCloseTo(expected, 3);
  });

  it.each([
    [
      "no run keeps the share, however careful",
      [
        [KNOB_RANGE.lowest, 0.02],
        [1.6, 0.9],
      ],
    ],
    [
      "every run keeps it, however daring",
      [
        [0.4, 0],
        [KNOB_RANGE.highest, 0.001],
      ],
    ],
    [
      "the runs around it are near to each other",
      [
        [0.99, 0.001],
        [1, 0.02],
      ],
    ],
    ["there is no run", []],
  ] as const)("is none where %s", (_when, pairs) => {
    expect(nextKnob(runs(...pairs), 0.01)).toBeNull();
  });
});
