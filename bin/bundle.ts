/** Makes the bundles that the stack deploys; `cdk.json` runs it before each synthesis. */
import { fileURLToPath } from "node:url";
import { bundleFunctions } from "../lib/infra/bundleFunctions.ts";

const inProject = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

await bundleFunctions(inProject("functions"), inProject("dist/functions"));
