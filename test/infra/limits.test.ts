/** A hundred targets stay below what AWS takes: resources and size of templates, sizes of policies. */
import { describe, expect, it } from "@jest/globals";
import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { PolicyInput } from "../../lib/policy/schema.ts";
import { aStack, manyTargets, quietly, resourcesOf } from "./arrange.ts";

const MEGABYTE = 1_000_000;
const MOST_RESOURCES = 500;
const MOST_MANAGED_CHARACTERS = 6_144;
const MOST_INLINE_CHARACTERS = 10_240;
const MOST_FUNCTION_POLICY_CHARACTERS = 20_480;
const MOST_MANAGED_POLICIES = 10;

const SEVEN_RULES = [
  { metric: "gpuUtilization", above: "70%", for: "2m", scale: "out" },
  { metric: "gpuUtilization", below: "30%", for: "15m", scale: "in" },
  { metric: "latency", statistic: "p95", above: "800ms", for: "2 of 3m", scale: "out" },
  { metric: "errorRate", above: "5%", for: "2 of 3m", scale: "freeze" },
  { metric: "concurrentRequests", above: 50, for: "1m", scale: "out", by: 2 },
  { metric: "memoryUtilization", above: "85%", for: "3m" },
  { metric: "gpuMemoryUtilization", above: "90%", for: "3m" },
];

/** Names as long as they may be; the longest partition and region that there are. */
const POLICIES: readonly (readonly [string, PolicyInput])[] = [
  ["ten lines each", manyTargets(100)],
  [
    "seven rules each, in full mode",
    manyTargets(100, { rules: SEVEN_RULES, mode: "full", unit: { gpus: 4 } }),
  ],
  [
    "seven rules each, in floor mode",
    manyTargets(100, { rules: SEVEN_RULES, mode: "floor", unit: { gpus: 4 } }),
  ],
];

const LONGEST: Readonly<Record<string, string>> = {
  "AWS::Partition": "aws-us-gov",
  "AWS::Region": "ap-southeast-99",
  "AWS::AccountId": "123456789012",
};

/** A value as it will be when it is deployed; names that AWS makes are taken to be long. */
function deployed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== "object" || value === null) return value;
  const { Ref, "Fn::GetAtt": attribute, "Fn::Join": join } = value as Record<string, unknown>;
  if (typeof Ref === "string") return LONGEST[Ref] ?? "n".repeat(64);
  if (attribute !== undefined) return "a".repeat(140);
  if (Array.isArray(join)) return join[1].map(deployed).join("");
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deployed(each)]));
}

const charactersOf = (value: unknown): number => JSON.stringify(deployed(value)).length;

describe.each(POLICIES)("a hundred targets with %s", (_, policy) => {
  const { stack, template } = aStack(policy);
  const nested = stack.node.findAll().filter((each) => Stack.isStack(each) && each !== stack) as Stack[];
  const templates = [template, ...nested.map((each) => quietly(() => Template.fromStack(each)))];

  it("have all their alarms", () => {
    const alarms = templates.flatMap((each) => resourcesOf(each, "AWS::CloudWatch::Alarm"));
    const rules = stack.forewarm.policy.targets.reduce((sum, each) => sum + each.rules.length, 0);
    const names = alarms
      .map(({ Properties }) => Properties["AlarmName"])
      .filter((name) => name !== undefined);
    expect(new Set(names).size).toBe(rules);
    expect(rules).toBeGreaterThanOrEqual(200);
  });

  it("fit into templates", () => {
    for (const each of templates) {
      const json = each.toJSON();
      expect(Object.keys(json["Resources"]).length).toBeLessThanOrEqual(MOST_RESOURCES);
      expect(JSON.stringify(json, null, 1).length).toBeLessThan(MEGABYTE);
    }
  });

  it("fit into the policies of the roles", () => {
    const managed = resourcesOf(template, "AWS::IAM::ManagedPolicy").map(({ Properties }) => Properties);
    expect(managed.length).toBeLessThanOrEqual(MOST_MANAGED_POLICIES);
    expect(managed.length).toBeGreaterThan(1);
    for (const each of managed) {
      expect(charactersOf(each["PolicyDocument"])).toBeLessThanOrEqual(MOST_MANAGED_CHARACTERS);
    }
    for (const { Properties } of resourcesOf(template, "AWS::IAM::Policy")) {
      expect(charactersOf(Properties["PolicyDocument"])).toBeLessThanOrEqual(MOST_INLINE_CHARACTERS);
    }
  });

  it("fit into the resource policies of functions and of the queue", () => {
    const permissions = resourcesOf(template, "AWS::Lambda::Permission").map(({ Properties }) => Properties);
    expect(charactersOf(permissions)).toBeLessThan(MOST_FUNCTION_POLICY_CHARACTERS);
    const [queue] = resourcesOf(template, "AWS::SQS::QueuePolicy");
    expect(charactersOf(queue?.Properties["PolicyDocument"])).toBeLessThan(MOST_FUNCTION_POLICY_CHARACTERS);
  });
});

describe("more targets than roles can hold", () => {
  it("are refused with what to do", () => {
    expect(() => aStack(manyTargets(600, { mode: "full" }))).toThrow(
      /need \d+ IAM policies; allowed: 10 for a role/,
    );
  });
});
