/** The CDK app: one stack from one policy, checked by cdk-nag. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { PolicyError } from "../lib/infra/deployablePolicy.ts";
import { ForewarmStack } from "../lib/infra/forewarmStack.ts";
import { policyFileOf } from "../lib/infra/policyFile.ts";

const app = new App();
const { path, note } = policyFileOf({
  context: app.node.tryGetContext("policy"),
  environment: process.env,
  exists: existsSync,
  example: fileURLToPath(new URL("../examples/forewarm.yaml", import.meta.url)),
});
if (note !== null) process.stderr.write(`${note}\n`);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
try {
  new ForewarmStack(app, app.node.tryGetContext("stackName") ?? "Forewarm", { policy: path });
} catch (error) {
  if (!(error instanceof PolicyError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
