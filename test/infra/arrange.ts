/** Synthesises stacks for the tests, with bundles that are a line each, so that no test waits for real ones. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Policy } from "../../lib/core/policy.ts";
import type { ForewarmProps } from "../../lib/infra/forewarm.ts";
import { ForewarmStack } from "../../lib/infra/forewarmStack.ts";
import { FUNCTION_NAMES } from "../../lib/infra/functionNames.ts";
import { parsePolicyObject } from "../../lib/policy/parsePolicy.ts";
import { formatProblems } from "../../lib/policy/problems.ts";
import type { PolicyInput } from "../../lib/policy/schema.ts";

/** A folder with a bundle for each function. */
export function fixtureBundles(): string {
  const folder = mkdtempSync(join(tmpdir(), "forewarm-fixture-"));
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "index.mjs"), "export const handler = async () => {};\n");
  }
  return folder;
}

export const BUNDLES = fixtureBundles();

export interface Synthesised {
  readonly app: App;
  readonly stack: ForewarmStack;
  /** The template of the stack itself, without nested ones. */
  readonly template: Template;
}

/** Without CDK's own validator, which takes most of the time; the test of what others' rules say asks it by itself. */
export function aStack(policy: ForewarmProps["policy"], props: Partial<ForewarmProps> = {}): Synthesised {
  return quietly(() => {
    const app = new App({ builtinCloudFormationValidation: false });
    const stack = new ForewarmStack(app, "Forewarm", { policy, bundleFolder: BUNDLES, ...props });
    return { app, stack, template: Template.fromStack(stack) };
  });
}

/** CDK tells standard error of each asset that it makes. */
export function quietly<T>(work: () => T): T {
  const write = process.stderr.write;
  process.stderr.write = () => true;
  try {
    return work();
  } finally {
    process.stderr.write = write;
  }
}

/** What people would write for one target of the ten-line kind, with more or other keys; undefined takes one away. */
export function aTarget(more: object = {}): PolicyInput["targets"][string] {
  const keys: object = {
    kind: "sagemaker-variant",
    endpoint: "chat-prod",
    variant: "AllTraffic",
    capacity: { min: 1, max: 12 },
    load: { metric: "invocations", perUnit: 240 },
    objective: { latencyP95: "800ms", share: "99.9%" },
    ...more,
  };
  return Object.fromEntries(
    Object.entries(keys).filter(([, value]) => value !== undefined),
  ) as PolicyInput["targets"][string];
}

export const aPolicyOf = (targets: Record<string, object>): PolicyInput => ({
  targets: Object.fromEntries(Object.entries(targets).map(([id, each]) => [id, aTarget(each)])),
});

export const aComponent = (more: object = {}): object => ({
  kind: "sagemaker-inference-component",
  endpoint: undefined,
  variant: undefined,
  component: "summary",
  ...more,
});

export const aNodegroup = (more: object = {}): object => ({
  kind: "eks-nodegroup",
  endpoint: undefined,
  variant: undefined,
  cluster: "inference",
  nodegroup: "gpu",
  load: undefined,
  objective: undefined,
  errorGuard: "off",
  rules: [{ metric: "gpuUtilization", above: "70%", for: "2m" }],
  ...more,
});

/** The completed policy; throws with its problems, since a test's own policy must be right. */
export function completed(input: PolicyInput): Policy {
  const result = parsePolicyObject(input);
  if (result.kind === "policy") return result.policy;
  throw new Error(formatProblems(result.problems, "the test's policy"));
}

/** `count` targets, each on an endpoint of its own with the longest name there is. */
export function manyTargets(count: number, more: object = {}): PolicyInput {
  const targets = Array.from({ length: count }, (_, i) => {
    const id = `model-${String(i).padStart(3, "0")}`;
    return [id, { endpoint: id.padEnd(63, "x"), ...more }] as const;
  });
  return aPolicyOf(Object.fromEntries(targets));
}

/** An object of a template, as far as tests look into it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

export function resourcesOf(
  template: Template,
  type: string,
): readonly (Resource & { readonly id: string })[] {
  return Object.entries(template.findResources(type)).map(([id, each]) => ({
    id,
    ...(each as Resource),
  }));
}
