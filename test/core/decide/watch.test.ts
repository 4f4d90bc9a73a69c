/** What the memory learns from looking at the capacity. */
import { describe, expect, it } from "@jest/globals";
import { decide } from "../../../lib/core/decide/decide.ts";
import { watch } from "../../../lib/core/decide/watch.ts";
import { STARTS_KEPT } from "../../../lib/core/leadTime/measuredStart.ts";
import { EMPTY_MEMORY, type Memory } from "../../../lib/core/memory.ts";
import { aPolicy, aSituation, capacityOf, loadOf, minutes, NOW } from "../arrange.ts";

/**
 * The memory after looks written as `minute desired/ready`, with `@minute` where the platform says when it began to
 * change: `0 4/4, 1 6/4@0.5, 6 6/6`.
 */
function watched(looks: string, memory: Memory = EMPTY_MEMORY): Memory {
  return looks.split(", ").reduce((known, look) => {
    const [at = 0, desired = 0, ready = 0, changedAt] = look.split(/[ /@]/).map(Number);
    const began = changedAt === undefined ? null : NOW + minutes(changedAt);
    return watch(known, capacityOf(desired, { ready, changedAt: began }), NOW + minutes(at));
  }, memory);
}

const secondsOf = ({ starts }: Memory): readonly number[] => starts.map(({ seconds }) => seconds);

it("the first look tells no change from what was never seen before", () => {
  expect(watched("0 4/4")).toEqual({
    ...EMPTY_MEMORY,
    lastDecisionAt: NOW,
    seen: { at: NOW, desired: 4, ready: 4 },
  });
});

describe("a change of the desired units", () => {
  it.each<[string, string, Partial<Memory>]>([
    ["up is seen, whoever asked for it", "0 4/4, 1 6/4", { lastOutAt: NOW + 60, lastInAt: null }],
    ["down is seen, whoever asked for it", "0 4/4, 1 3/4", { lastOutAt: null, lastInAt: NOW + 60 }],
    ["that did not happen is not", "0 4/4, 1 4/4", { lastOutAt: null, lastInAt: null }],
    ["is dated by the platform where it says when", "0 4/4, 2 6/4@1", { lastOutAt: NOW + 60 }],
    ["is not dated before it was last seen undone", "0 4/4, 2 6/4@-30", { lastOutAt: NOW }],
    ["is not dated in the future", "0 4/4, 2 6/4@30", { lastOutAt: NOW + 120 }],
  ])("%s", (_case, looks, expected) => {
    expect(watched(looks)).toMatchObject(expected);
  });
});

describe("the ready units", () => {
  it.each([
    ["are as they are since nobody knows when, at first", "0 4/4, 1 4/4", null],
    ["are as they are since they were seen to rise", "0 4/3, 1 4/4, 2 4/4", NOW + 60],
    ["or to fall", "0 4/4, 1 4/3, 2 4/3", NOW + 60],
  ])("%s", (_case, looks, since) => {
    expect(watched(looks).readySince).toBe(since);
  });
});

describe("the lead time", () => {
  it.each([
    ["is measured until all are ready", "0 4/4, 1 6/4@1, 2 6/4, 4 6/6", [minutes(3)]],
    ["is not measured while some are missing", "0 4/4, 1 6/4@1, 2 6/4, 4 6/5", []],
    ["counts from the platform's own time", "0 4/4, 2 6/4@1, 4 6/6", [minutes(3)]],
    [
      "counts from the last look before it, where the platform does not say",
      "0 4/4, 1 6/4, 3 6/6",
      [minutes(3)],
    ],
    ["counts from the last of several scale-outs", "0 4/4, 1 6/4@1, 3 8/4@3, 6 8/8", [minutes(3)]],
    ["is measured once", "0 4/4, 1 6/4@1, 4 6/6, 5 6/6", [minutes(3)]],
    ["is measured for each scale-out", "0 4/4, 1 5/4@1, 2 5/5, 3 6/5@3, 5 6/6", [minutes(1), minutes(2)]],
    ["is at most the time between two looks, where all of it lies there", "0 4/4, 1 6/6", [minutes(1)]],
    ["is not measured when it was rolled back", "0 4/4, 1 6/4, 2 4/4, 3 4/6", []],
    ["is not measured when somebody lowered it on the way", "0 4/4, 1 8/4, 2 6/5, 3 6/6", []],
    ["is not measured when the units were ready before, being released", "0 6/6, 1 4/6, 2 6/6@1.5", []],
    ["is not measured when nobody looked while it ended", "0 4/4, 1 6/4, 121 6/6", []],
    ["is not measured when nobody looked while it began", "0 4/4, 120 6/4, 121 6/6", []],
    [
      "is measured even so where the platform says when that was",
      "0 4/4, 120 6/4@118, 121 6/6",
      [minutes(3)],
    ],
  ])("%s", (_case, looks, measured) => {
    expect(secondsOf(watched(looks))).toEqual(measured);
  });

  it("is kept with the units that were started and the hour, of the UTC day, at which they were asked for", () => {
    const { starting, starts } = watched("0 4/3, 1 6/4@1, 4 6/6, 61 7/6@61");
    expect(starts).toEqual([{ seconds: minutes(3), units: 3, hour: 8 }]);
    expect(starting).toEqual({ at: NOW + minutes(61), to: 7, units: 1 });
  });

  it("is kept for the newest scale-outs only", () => {
    const full = {
      ...EMPTY_MEMORY,
      starts: Array.from({ length: STARTS_KEPT }, (_, i) => ({ seconds: 1_000 + i, units: 1, hour: 0 })),
    };
    const { starts } = watched("0 4/4, 1 6/4@1, 4 6/6", full);
    expect(starts).toEqual([...full.starts.slice(1), { seconds: minutes(3), units: 2, hour: 8 }]);
  });

  describe("of a start that is given up", () => {
    const known = { ...EMPTY_MEMORY, starts: [{ seconds: minutes(3), units: 1, hour: 0 }] };

    it.each([
      ["sooner than one that was measured is not kept", "0 4/4, 1 6/4@1, 3 4/4", [minutes(3)]],
      ["after longer than any is kept", "0 4/4, 1 6/4@1, 5 6/4, 6 4/4", [minutes(3), minutes(5)]],
      [
        "is kept once, while the next ones are no longer",
        "0 4/4, 1 6/4@1, 5 6/4, 6 4/4, 7 6/4@7, 11 6/4, 12 4/4",
        [minutes(3), minutes(5)],
      ],
      ["while nobody looked is not kept", "0 4/4, 1 6/4@1, 60 4/4", [minutes(3)]],
    ])("%s", (_case, looks, measured) => {
      expect(secondsOf(watched(looks, known))).toEqual(measured);
    });

    it("is at least what it had taken", () => {
      expect(watched("0 4/4, 1 6/4@1, 5 6/4, 6 4/4", known).starts.at(-1)).toEqual({
        seconds: minutes(5),
        units: 2,
        hour: 8,
        atLeast: true,
      });
    });

    it("is not kept where the platform says that it failed", () => {
      const before = watched("0 4/4, 1 6/4@1, 5 6/4", known);
      const failed = capacityOf(4, { problem: "no capacity" });
      expect(watch(before, failed, NOW + minutes(6)).starts).toEqual(known.starts);
    });
  });
});

describe("a clock that steps back", () => {
  const before = watched("60 4/4, 61 6/4, 62 5/4, 63 7/5");

  it("leaves nothing in the future, where it would be waited for until the clock has caught up", () => {
    const now = { readySince: NOW, lastOutAt: NOW, lastInAt: NOW };
    expect(watched("0 7/5", before)).toMatchObject({ ...now, seen: { at: NOW } });
  });

  it("dates what changed meanwhile by the new clock", () => {
    expect(watched("0 8/5", before).lastOutAt).toBe(NOW);
    expect(watched("0 6/5", before).lastInAt).toBe(NOW);
  });

  it("leaves the lead time of the start under way unmeasured, and measures the next", () => {
    expect(secondsOf(watched("0 7/5, 1 7/7", before))).toEqual([]);
    expect(secondsOf(watched("0 7/5, 1 7/7, 2 8/7@2, 4 8/8", before))).toEqual([minutes(2)]);
  });
});

describe("lead times of a platform that does not count ready units", () => {
  it("are not learned: a node group is settled seconds after it was asked, long before its nodes serve", () => {
    const learned = (kind: "eks-nodegroup" | "sagemaker-inference-component"): readonly number[] => {
      const policy = aPolicy({ kind, resource: { cluster: "k", nodegroup: "n", component: "c" } });
      const states = [capacityOf(2), capacityOf(3, { ready: 2 }), capacityOf(3)];
      const memories = states.reduce<Memory>(
        (memory, capacity, i) =>
          decide(
            policy,
            aSituation({ now: NOW + minutes(i), capacity, load: loadOf(150, NOW + minutes(i)) }),
            memory,
          ).memory,
        EMPTY_MEMORY,
      );
      return secondsOf(memories);
    };
    expect(learned("sagemaker-inference-component")).toEqual([minutes(2)]);
    expect(learned("eks-nodegroup")).toEqual([]);
  });
});
