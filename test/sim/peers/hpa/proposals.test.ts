/** The largest of several metrics' proposals, and what a metric that is missing keeps from happening. */
import { describe, expect, it } from "@jest/globals";
import type { Proposal } from "../../../../lib/sim/peers/hpa/podReplicas.ts";
import { largestProposal } from "../../../../lib/sim/peers/hpa/proposals.ts";

describe("largestProposal", () => {
  it.each<readonly [string, readonly (number | string)[], number | null, string | null]>([
    ["the largest, wherever it stands", [3, 7, 5], 7, null],
    ["a scale-in that all ask for", [2, 3], 3, null],
    ["none at all is a proposal", [0], 0, null],
    ["nothing when all failed, with the first reason", ["no sample", "no request"], null, "no sample"],
    ["no scale-in while one failed", ["no sample", 3], null, "no sample"],
    ["what there is while one failed", [4, "no sample"], 4, "no sample"],
    ["a scale-out while one failed", [3, "no sample", 6], 6, "no sample"],
    ["nothing without a metric", [], null, "there is no metric"],
  ])("of 4 replicas: %s", (_case, metrics, replicas, error) => {
    const proposals = metrics.map(
      (each): Proposal =>
        typeof each === "string" ? { kind: "error", why: each } : { kind: "replicas", replicas: each },
    );
    expect(largestProposal(4, proposals)).toEqual({ replicas, error });
  });
});
