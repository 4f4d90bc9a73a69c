/** The bundles as Lambda code, each with the complete policy beside it: code and policy change in one step. */
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { POLICY_FILE } from "../contract/environment.ts";
import type { Policy } from "../core/policy.ts";
import type { FunctionName } from "./functionNames.ts";

const BUNDLE = "index.mjs";

/** `dist/functions` of the package: seen from the sources of a checkout, or from `dist/lib/infra` where it is installed. */
export function defaultBundleFolder(here: string = import.meta.url): string {
  return fileURLToPath(new URL(here.endsWith(".ts") ? "../../dist/functions" : "../../functions", here));
}

/** The asset of one function. Throws an Error when its bundle has not been made. */
export function codeOf(bundleFolder: string, name: FunctionName, policy: Policy): Code {
  const folder = join(bundleFolder, name);
  const bundle = join(folder, BUNDLE);
  if (!existsSync(bundle)) {
    throw new Error(`there is no bundle of ${name} at ${bundle}; make the bundles with: npm run bundle`);
  }
  const tryBundle = (out: string): boolean => {
    copyFileSync(bundle, join(out, BUNDLE));
    writeFileSync(join(out, POLICY_FILE), JSON.stringify(policy));
    return true;
  };
  // The image is required by the type and never used: the local attempt always succeeds.
  const bundling = { image: DockerImage.fromRegistry("none"), local: { tryBundle } };
  return Code.fromAsset(folder, { assetHashType: AssetHashType.OUTPUT, bundling });
}
