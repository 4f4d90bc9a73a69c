/** The CDK app: one stack from one policy, checked by cdk-nag. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
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
new ForewarmStack(app, app.node.tryGetContext("stackName") ?? "Forewarm", { policy: path });
