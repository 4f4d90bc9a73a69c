/** Makes `dist/`, what the package ships: compiled JavaScript with declarations, the page's parts, examples, bundles. */
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleFunctions } from "../lib/infra/bundleFunctions.ts";

const inProject = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

rmSync(inProject("dist"), { recursive: true, force: true });
const tsc = inProject("node_modules/typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", inProject("tsconfig.build.json")], {
  stdio: "inherit",
});
if (status !== 0) process.exit(1);
for (const page of ["page", "replay/page", "score/page", "comparison/page", "forecast/page"]) {
  cpSync(inProject(`lib/report/${page}`), inProject(`dist/lib/report/${page}`), { recursive: true });
}
// The LSTM has packages of its own, which may be installed beside it; it is for a checkout.
cpSync(inProject("examples"), inProject("dist/examples"), {
  recursive: true,
  filter: (path) => basename(path) !== "lstm",
});
await bundleFunctions(inProject("functions"), inProject("dist/functions"));
