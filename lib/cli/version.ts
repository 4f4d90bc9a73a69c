/** The version of the package, which `package.json` alone states. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const manifest = z.object({ name: z.literal("forewarm"), version: z.string() });

/** Looks for the package's own manifest in the folders above, two in a checkout and three where it is compiled. */
export function versionOf(folder: string = dirname(fileURLToPath(import.meta.url))): string {
  const parent = dirname(folder);
  if (parent === folder) throw new Error("the package.json of forewarm is missing; install it again");
  return versionIn(folder) ?? versionOf(parent);
}

function versionIn(folder: string): string | null {
  try {
    const text = readFileSync(join(folder, "package.json"), "utf8");
    return manifest.safeParse(JSON.parse(text)).data?.version ?? null;
  } catch {
    return null;
  }
}
