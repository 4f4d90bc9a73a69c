/** What others' rules say of the template: cdk-nag, AWS's own validator, and a snapshot that shows every change of it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";
import { afterAll, describe, expect, it } from "@jest/globals";
import { App, Stack, Validations } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { ForewarmStack } from "../../lib/infra/forewarmStack.ts";
import type { PolicyInput } from "../../lib/policy/schema.ts";
import { aComponent, aNodegroup, aPolicyOf, aStack, BUNDLES, manyTargets, quietly } from "./arrange.ts";

const TEN_LINES = aPolicyOf({ chat: {} });

/** Every kind that can be deployed, in every mode. */
const EVERYTHING = aPolicyOf({
  shadowed: {},
  floored: { endpoint: "Floor-Prod", mode: "floor" },
  full: { endpoint: "full-prod", mode: "full" },
  summary: aComponent({ mode: "full" }),
  flooredSummary: aComponent({ component: "other", mode: "floor" }),
  nodes: aNodegroup({ mode: "floor" }),
  moreNodes: aNodegroup({ cluster: "training", mode: "full" }),
});

const POLICIES: readonly (readonly [string, PolicyInput])[] = [
  ["ten lines", TEN_LINES],
  ["every kind and mode", EVERYTHING],
  ["a hundred targets in full mode", manyTargets(100, { mode: "full" })],
];

/** The names of the rules that cdk-nag and CDK's own validation complain of. */
function findingsIn(app: App): readonly string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const printed: string[] = [];
  const { write } = process.stderr;
  const exitCode = process.exitCode;
  process.stderr.write = (text: string | Uint8Array) => printed.push(String(text)) > 0;
  try {
    app.synth();
  } catch (error) {
    printed.push(String(error));
  } finally {
    process.stderr.write = write;
    process.exitCode = exitCode;
  }
  return [...printed.join("\n").matchAll(/Acknowledge with '([^']+)'|(AwsSolutions-\w+)/g)].map(
    ([, id, name]) => id ?? name ?? "",
  );
}

describe("cdk-nag", () => {
  it("is heard when it complains", () => {
    const app = new App();
    new Queue(new Stack(app, "Careless"), "Queue");
    expect(findingsIn(app).join()).toContain("AwsSolutions-SQS");
  });

  it.each(POLICIES)("has nothing against a stack of %s", (_, policy) => {
    const app = new App({ context: { "@aws-cdk/core:validateAgainstDefaultRules": true } });
    quietly(() => new ForewarmStack(app, "Forewarm", { policy, bundleFolder: BUNDLES }));
    expect(findingsIn(app)).toEqual([]);
  });
});

/** CDK writes dependencies that references imply too; alarms can be named only by the prefix of their ARNs. */
const BESIDE_THE_POINT = {
  ids: ["W3005"],
  resourceTypes: [{ ruleId: "W9002", resourceType: "AWS::Lambda::Permission" }],
};

describe("AWS's validator of templates", () => {
  const engine = new RegoEngine();
  afterAll(() => engine.free());

  const complaintsAbout = (template: object): readonly string[] => {
    const file = join(mkdtempSync(join(tmpdir(), "forewarm-template-")), "template.json");
    writeFileSync(file, JSON.stringify(template));
    return engine
      .validateStandard(new TemplateFile(file), { severityLevel: "WARN", exclude: BESIDE_THE_POINT })
      .diagnostics.map(({ ruleId, message, entity }) => `${ruleId} ${entity?.logicalId}: ${message}`);
  };

  it("is heard when it complains", () => {
    const Resources = { Table: { Type: "AWS::DynamoDB::Table", Properties: { TableNam: "x" } } };
    expect(complaintsAbout({ Resources }).join()).toContain("TableNam");
  });

  it.each(POLICIES)("has nothing against a stack of %s", (_, policy) => {
    expect(complaintsAbout(aStack(policy).template.toJSON())).toEqual([]);
  });

  it("has nothing against nested stacks of alarms", () => {
    const rules = [70, 80, 90].map((above) => ({
      metric: "memoryUtilization",
      above: `${above}%`,
      for: "1m",
    }));
    const { stack } = aStack(manyTargets(70, { rules }));
    const nested = stack.node.findAll().filter((each) => Stack.isStack(each) && each !== stack) as Stack[];
    expect(nested.length).toBeGreaterThan(5);
    for (const each of nested) {
      expect(complaintsAbout(quietly(() => Template.fromStack(each)).toJSON())).toEqual([]);
    }
  });
});

describe("the template of the ten-line policy", () => {
  it("is the one of the snapshot, but for the hashes of the code", () => {
    const text = JSON.stringify(aStack(TEN_LINES).template.toJSON());
    expect(JSON.parse(text.replaceAll(/[0-9a-f]{64}/g, "HASH"))).toMatchSnapshot();
  });
});
