/** What is counted of the promise: known minutes of ordinary load, each once. */
import { describe, expect, it } from "@jest/globals";
import type { Situation } from "../../../lib/core/decision.ts";
import { countedSince, INSIDE_OBJECTIVE } from "../../../lib/core/promise/counting.ts";
import { aSituation, minutes, NOW } from "../arrange.ts";

const situationOf = (
  load: readonly (number | null)[] | null,
  inside: readonly (number | null)[] | null,
  parts: Partial<Situation> = {},
): Situation => ({
  ...aSituation({
    load: load === null ? null : { metric: "invocations", statistic: "sum", end: NOW, values: load },
    metrics: inside === null ? [] : [{ ...INSIDE_OBJECTIVE, end: NOW, values: inside }],
  }),
  ...parts,
});

const counted = (situation: Situation, from: number | null = NOW - minutes(3)) =>
  countedSince(situation, from)?.minutes.map(({ requests, outside }) => [requests, Math.round(outside)]);

describe("the minutes that are counted", () => {
  it.each<[string, Situation, number[][] | undefined]>([
    [
      "all since the last time",
      situationOf([100, 200, 300], [99, 50, 100]),
      [
        [100, 1],
        [200, 100],
        [300, 0],
      ],
    ],
    [
      "none without a share, unless it had no requests",
      situationOf([100, 0, 300], [null, null, 90]),
      [
        [0, 0],
        [300, 30],
      ],
    ],
    ["none without a load", situationOf([null, null, 300], [99, 99, 99]), [[300, 3]]],
    ["nothing where the share is not read", situationOf([100], null), undefined],
    ["nothing where no load is", situationOf(null, [99]), undefined],
    ["a share of more than all is all", situationOf([100], [250]), [[100, 0]]],
  ])("%s", (_case, situation, expected) => {
    expect(counted(situation)).toEqual(expected);
  });

  it("are those of ordinary load only", () => {
    const promotion = {
      id: "launch",
      name: "launch",
      target: "chat",
      start: NOW - minutes(2),
      end: NOW - minutes(1),
      expect: { multiplier: 2 },
      priority: 0,
    };
    const situation = situationOf([100, 200, 300], [99, 99, 99], { promotions: [promotion] });
    expect(counted(situation)).toEqual([
      [100, 1],
      [300, 3],
    ]);
  });

  it("are none while somebody keeps the capacity", () => {
    const override = {
      id: "p",
      target: "chat",
      kind: "pause",
      reason: "maintenance",
      by: "on-call",
      from: NOW - minutes(10),
      until: NOW + minutes(10),
    } as const;
    const situation = situationOf([100], [50], { overrides: [override] });
    expect(counted(situation)).toEqual([]);
  });

  it("are counted once", () => {
    const situation = situationOf([100, 200], [99, 99]);
    expect(countedSince(situation, NOW - minutes(1))?.minutes).toHaveLength(1);
    expect(countedSince(situation, NOW)?.minutes).toHaveLength(0);
    expect(countedSince(situation, NOW)?.until).toBe(NOW);
  });

  it("begin anew at the first time, and after the clock was far ahead", () => {
    const situation = situationOf([100, 200], [99, 99]);
    expect(countedSince(situation, null)).toEqual({ until: NOW, minutes: [] });
    expect(countedSince(situation, NOW + 1e9)).toEqual({ until: NOW, minutes: [] });
  });
});
