import { describe, expect, it } from "@jest/globals";
import { type PolicyFileSources, policyFileOf } from "../../lib/infra/policyFile.ts";

const nothing: PolicyFileSources = {
  context: undefined,
  environment: {},
  exists: () => false,
  example: "examples/forewarm.yaml",
};
const usual = { ...nothing, exists: (path: string) => path === "forewarm.yaml" };
const environment = { FOREWARM_POLICY_FILE: "ours.yaml" };

describe("the policy that the app deploys", () => {
  it("is the one that was asked for, on the command line first", () => {
    expect(policyFileOf({ ...usual, environment, context: "mine.yaml" })).toEqual({
      path: "mine.yaml",
      note: null,
    });
    expect(policyFileOf({ ...usual, environment })).toEqual({ path: "ours.yaml", note: null });
  });

  it("is forewarm.yaml where nothing was asked for", () => {
    expect(policyFileOf(usual)).toEqual({ path: "forewarm.yaml", note: null });
  });

  it("is the example where there is nothing, and says so", () => {
    expect(policyFileOf(nothing)).toEqual({
      path: "examples/forewarm.yaml",
      note: expect.stringContaining("-c policy=PATH"),
    });
  });

  it("is never an empty wish", () => {
    expect(() => policyFileOf({ ...usual, context: "" })).toThrow('got "" for the policy');
    expect(() => policyFileOf({ ...usual, environment: { FOREWARM_POLICY_FILE: "" } })).toThrow('got ""');
  });
});
