/** The shipped policies, the documented defaults and the schema for editors all say the same. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { Policy } from "../../lib/core/policy.ts";
import { DEFAULTS } from "../../lib/policy/defaults.ts";
import { policyJsonSchema } from "../../lib/policy/jsonSchema.ts";
import { METRICS } from "../../lib/policy/metrics.ts";
import { parsePolicyText } from "../../lib/policy/parsePolicy.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const EXAMPLES = ["forewarm", "defaults", "thresholds", "shop", "image", "calendar"];

function policyIn(name: string): Policy {
  const result = parsePolicyText(read(`examples/${name}.yaml`), {
    read: (path) => read(`examples/${path}`),
    around: Date.UTC(2026, 2, 1) / 1000,
  });
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
  return result.policy;
}

/** Where a rule stands is not what it is. */
function withoutPlaces(policy: Policy): unknown {
  return policy.targets.map((target) => ({
    ...target,
    rules: target.rules.map((rule) => ({ ...rule, path: "" })),
  }));
}

it("ten lines are enough", () => {
  expect(read("examples/forewarm.yaml").trim().split("\n").length).toBeLessThanOrEqual(10);
  expect(policyIn("forewarm").targets).toHaveLength(1);
});

it("the example with every default spelled out is the ten-line example", () => {
  expect(withoutPlaces(policyIn("defaults"))).toEqual(withoutPlaces(policyIn("forewarm")));
});

describe("the schema for editors", () => {
  const validate = new Ajv2020({ strict: false }).compile(policyJsonSchema());

  it.each(EXAMPLES)("accepts %s.yaml", (name) => {
    expect(validate(parse(read(`examples/${name}.yaml`)))).toBe(true);
  });

  it("refuses an unknown key", () => {
    const policy = parse(read("examples/forewarm.yaml"));
    expect(validate({ ...policy, foo: 1 })).toBe(false);
    expect(validate({ targets: { chat: { ...policy.targets.chat, capacty: 1 } } })).toBe(false);
  });

  it("is the one in docs", () => {
    expect(read("docs/policy.schema.json")).toBe(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  });
});

describe("docs/policy.md", () => {
  const document = read("docs/policy.md");

  /** `demand.quantile` and `95%`, for every default. */
  const leaves = (value: object, path = ""): [string, string][] =>
    Object.entries(value).flatMap(([key, each]) =>
      typeof each === "object"
        ? leaves(each, `${path}${key}.`)
        : [[`${path}${key}`, String(each)] as [string, string]],
    );

  it.each(leaves(DEFAULTS))("states that %s is %s by default", (path, value) => {
    const key = path.replace(/^(promotion|event)\./, "");
    const row = document
      .split("\n")
      .find((line) => line.startsWith("| `") && line.split("|")[1]?.includes(`\`${key}\``));
    expect(row?.split("|").at(-2)).toContain(`\`${value}\``);
  });

  it.each(Object.entries(METRICS))(
    "has %s in its table",
    (name, { unit, statistic, proportional, meaning }) => {
      expect(document).toContain(
        `| \`${name}\` | ${unit} | ${statistic} | ${proportional ? "yes " : ""}| ${meaning} |`,
      );
    },
  );
});
