/** Bundles each Lambda entry to one ES module with the pinned AWS SDK inside, so that Lambda runs what was tested. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { FUNCTION_NAMES } from "./functionNames.ts";

/** Parts of the AWS SDK are CommonJS and call `require`, which ES modules do not have. */
const REQUIRE = "import { createRequire } from 'module';const require = createRequire(import.meta.url);";

/**
 * Writes `<outFolder>/<name>/index.mjs` from `<sourceFolder>/<name>/index.ts` for each of `names`. Nothing is left out of
 * a bundle, and no source map is written. Throws an Error that names every missing entry, or esbuild's own.
 */
export async function bundleFunctions(
  sourceFolder: string,
  outFolder: string,
  names: readonly string[] = FUNCTION_NAMES,
): Promise<void> {
  const entries = names.map((name) => ({
    in: join(sourceFolder, name, "index.ts"),
    out: join(name, "index"),
  }));
  const missing = entries.filter((entry) => !existsSync(entry.in)).map((entry) => entry.in);
  if (missing.length > 0)
    throw new Error(`there is no ${missing.join(", no ")}; each function has an index.ts`);
  await build({
    entryPoints: entries,
    outdir: outFolder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    conditions: ["import", "node"],
    banner: { js: REQUIRE },
    legalComments: "none",
    logLevel: "error",
  });
}
