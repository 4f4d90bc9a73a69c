/** KEDA's own part: from none to some at once, back after a cooldown, and what failing triggers keep. */
import { describe, expect, it } from "@jest/globals";
import {
  activation,
  isActive,
  KEDA_DEFAULTS,
  type KedaOptions,
  type KedaPoll,
} from "../../../../lib/sim/peers/keda/activation.ts";
import { NOW } from "../arrange.ts";

const POLL: KedaPoll = {
  replicas: 3,
  active: false,
  failed: false,
  lastActiveAt: NOW - 3600,
  createdAt: NOW - 7200,
};

const answer = (poll: Partial<KedaPoll>, options: Partial<KedaOptions> = {}) =>
  activation({ ...POLL, ...poll }, { ...KEDA_DEFAULTS, ...options }, NOW);

describe("isActive", () => {
  it.each([
    ["exactly at the threshold", [5, 5], 5, false],
    ["one is above it", [0, 5.01], 5, true],
    ["nothing at a threshold of 0", [0], 0, false],
    ["without a trigger", [], 0, false],
  ])("%s", (_case, values, threshold, expected) => expect(isActive(values, threshold)).toBe(expected));
});

describe("an active poll", () => {
  it.each<readonly [string, Partial<KedaPoll>, Partial<KedaOptions>, number | null, number]>([
    ["from none to one at once", { replicas: 0 }, {}, 1, 0],
    ["from none to the minimum", { replicas: 0 }, { minReplicas: 4 }, 4, 0],
    ["from none although another trigger failed", { replicas: 0, failed: true }, {}, 1, 0],
    ["from the idle count to the minimum", { replicas: 1 }, { idleReplicas: 1, minReplicas: 4 }, 4, 0],
    ["at the minimum the HPA scales", { replicas: 4 }, { idleReplicas: 1, minReplicas: 4 }, null, 0],
    ["below a minimum without an idle count too", { replicas: 2 }, { minReplicas: 4 }, null, 0],
    ["with replicas only the time counts", {}, {}, null, 0],
    ["nor that while a trigger fails", { failed: true }, {}, null, 3600],
    ["nothing while scale-out is paused", { replicas: 0 }, { scaleOutPaused: true }, null, 3600],
    ["paused, with replicas the time counts", {}, { scaleOutPaused: true }, null, 0],
  ])("%s", (_case, poll, options, replicas, activeSecondsAgo) => {
    expect(answer({ active: true, ...poll }, options)).toEqual({
      replicas,
      lastActiveAt: NOW - activeSecondsAgo,
    });
  });
});

describe("a poll that is not active", () => {
  it.each<readonly [string, Partial<KedaPoll>, Partial<KedaOptions>, number | null]>([
    ["exactly at the end of the cooldown it stays", { lastActiveAt: NOW - 300 }, {}, null],
    ["a second later it goes to none", { lastActiveAt: NOW - 301 }, {}, 0],
    ["a cooldown of its own", { lastActiveAt: NOW - 61 }, { cooldownSeconds: 60 }, 0],
    ["never active, just made", { lastActiveAt: null, createdAt: NOW }, {}, null],
    ["never active, the poll after", { lastActiveAt: null, createdAt: NOW - 1 }, {}, 0],
    [
      "never active, in the initial cooldown",
      { lastActiveAt: null, createdAt: NOW - 600 },
      { initialCooldownSeconds: 600 },
      null,
    ],
    [
      "never active, after the initial cooldown",
      { lastActiveAt: null, createdAt: NOW - 601 },
      { initialCooldownSeconds: 600 },
      0,
    ],
    ["above a minimum the HPA scales", {}, { minReplicas: 1 }, null],
    ["to the idle count, not to none", { replicas: 6 }, { idleReplicas: 1, minReplicas: 4 }, 1],
    ["at the idle count it rests", { replicas: 1 }, { idleReplicas: 1, minReplicas: 4 }, null],
    ["below a minimum it is raised", { replicas: 0 }, { minReplicas: 4 }, 4],
    ["at none it rests", { replicas: 0 }, {}, null],
    ["nothing while scale-in is paused", {}, { scaleInPaused: true }, null],
    ["raised although scale-in is paused", { replicas: 2 }, { minReplicas: 4, scaleInPaused: true }, 4],
  ])("%s", (_case, poll, options, replicas) => {
    const { lastActiveAt } = { ...POLL, ...poll };
    expect(answer(poll, options)).toEqual({ replicas, lastActiveAt });
  });

  it.each<readonly [string, number | null, number | null]>([
    ["no fallback keeps what there is", null, null],
    ["a fallback is the HPA's to reach", 5, null],
    ["a fallback of none lets it cool", 0, 0],
  ])("while a trigger fails, %s", (_case, fallbackReplicas, replicas) => {
    expect(answer({ failed: true }, { fallbackReplicas }).replicas).toBe(replicas);
  });

  it("is not raised to the minimum while a trigger fails", () => {
    expect(answer({ failed: true, replicas: 0 }, { minReplicas: 4 }).replicas).toBeNull();
  });
});
