/** What a part of a score can depend on: source files, found by following imports from where its work begins. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Statements that bring in a module when they run; those of types alone are gone by then. */
const IMPORTS =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\bfrom\s*)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|new URL\(\s*"(\.[^"]+)",\s*import\.meta\.url/g;

/** The entries and all that they import, directly or not: absolute paths of files, and names of packages. */
export function reachedFrom(entries: readonly string[]): {
  readonly files: readonly string[];
  readonly packages: readonly string[];
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = entries.map((entry) => resolve(entry));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    if (!/\.[jt]s$/.test(file)) continue;
    for (const name of importsIn(readFileSync(file, "utf8"))) {
      const path = resolve(dirname(file), name);
      if (!name.startsWith(".")) packages.add(packageOf(name));
      else if (existsSync(path)) open.push(path);
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** `@scope/name/path` and `name/path` without the path. */
const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Specifiers of modules that are loaded when the text runs. */
export function importsIn(text: string): readonly string[] {
  return [...text.matchAll(IMPORTS)].map(([, from, dynamic, url]) => from ?? dynamic ?? url ?? "");
}

/**
 * Changes when one of the files that are reached does, or the version of a package that they use. Files in `alone` count
 * without what they import.
 */
export function hashOfSources(entries: readonly string[], alone: readonly string[] = []): string {
  const { files, packages } = reachedFrom(entries);
  const hash = createHash("sha256");
  for (const file of [...files, ...alone]) hash.update(readFileSync(file)).update("\0");
  const versions = versionsOfPackages();
  for (const name of packages) hash.update(`${name} ${versions[name] ?? ""}\0`);
  return hash.digest("hex");
}

/** As the program's package.json pins them. */
function versionsOfPackages(): Readonly<Record<string, string>> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return dependencies;
}
