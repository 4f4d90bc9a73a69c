import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const ROOT = process.cwd();

/** The rules and nothing else of this project, in a folder where files may be wrong. */
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "forewarm-rules-"));
  for (const name of [".dependency-cruiser.mjs", "tsconfig.json", "package.json", "biome.json", ".biome"]) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
}

interface Ran {
  readonly ok: boolean;
  readonly text: string;
}

/** With the Node that runs this test: the one on the path may be another. */
function tool(file: string, words: readonly string[], cwd: string): Ran {
  const { status, stdout, stderr } = spawnSync(file, words, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, NO_COLOR: "1" },
  });
  return { ok: status === 0, text: `${stdout}${stderr}` };
}

const cruise = (cwd: string, ...folders: readonly string[]): Ran =>
  tool(
    join(ROOT, "node_modules/.bin/depcruise"),
    ["--config", ".dependency-cruiser.mjs", "--output-type", "err", ...folders],
    cwd,
  );

describe("import rules", () => {
  it("are kept by the program", () => {
    const { ok, text } = cruise(ROOT, "bin", "lib");
    expect(text).toMatch(/no dependency violations found \(\d{3,} modules/);
    expect(ok).toBe(true);
  });

  const OTHERS = {
    "lib/core/a.ts": "export const a = 1;\n",
    "lib/sim/a.ts": "export const a = 1;\n",
    "lib/ports/a.ts": "export interface A { readonly a: number }\n",
    "test/a.ts": "export const a = 1;\n",
  };

  const REFUSED = [
    ["the core, a package", "lib/core", 'export { z } from "zod";', "imports-of-lib-core"],
    ["the core, Node", "lib/core", 'export { readFileSync } from "node:fs";', "imports-of-lib-core"],
    ["the core, another folder", "lib/core", 'export { a } from "../sim/a.ts";', "imports-of-lib-core"],
    ["the core, a type", "lib/core", 'export type { A } from "../ports/a.ts";', "imports-of-lib-core"],
    [
      "use cases, the simulator",
      "lib/usecases",
      'export { a } from "../sim/a.ts";',
      "imports-of-lib-usecases",
    ],
    ["the simulator, Node", "lib/sim", 'export { env } from "node:process";', "imports-of-lib-sim"],
    ["the report, the simulator", "lib/report", 'export { a } from "../sim/a.ts";', "imports-of-lib-report"],
    ["the program, a test", "lib/cli", 'export { a } from "../../test/a.ts";', "not-from-test"],
    ["a file that is not there", "lib/core", 'export { a } from "./none.ts";', "resolvable"],
    ["itself in a circle", "lib/core", 'export { x } from "./x9.ts";', "no-circular"],
  ] as const;

  /** What is said of the files that are right, and of those with one wrong line each beside them. */
  let right: Ran;
  let wrong: Ran;
  beforeAll(() => {
    for (const [path, text] of Object.entries(OTHERS)) write(path, text);
    right = cruise(copy, "lib");
    for (const [i, [, folder, line]] of REFUSED.entries()) write(`${folder}/x${i}.ts`, `${line}\n`);
    wrong = cruise(copy, "lib");
    rmSync(join(copy, "lib"), { recursive: true, force: true });
  });

  it("have nothing against files that keep them", () => {
    expect(right).toMatchObject({ ok: true });
    expect(wrong).toMatchObject({ ok: false });
  });

  it.each(REFUSED.map((each, i) => [each[0], `${each[1]}/x${i}.ts`, each[3]]))(
    "refuse: %s",
    (_, file, rule) => {
      expect(
        wrong.text
          .split("\n")
          .filter((line) => line.includes(file))
          .join("\n"),
      ).toContain(rule);
    },
  );
});

describe("the core is pure by its linter", () => {
  const lint = (code: string, folder: string): Ran => {
    write(`${folder}/y.ts`, `${code}\n`);
    return tool(
      join(ROOT, "node_modules/.bin/biome"),
      ["lint", "--vcs-enabled=false", "--error-on-warnings", `${folder}/y.ts`],
      copy,
    );
  };

  it.each([
    ["export const a = Date.now();", "take the time as an argument"],
    ["export const a = [1].map(Date.now);", "take the time as an argument"],
    ["export const a = new Date();", "take the time as an argument"],
    ["export const a = Math.random();", "take randomness as an argument"],
    ['export const a = process.env["HOME"];', "takes the environment as an argument"],
    ["export const a = performance.now();", "takes the time as an argument"],
    ["export const a = crypto.randomUUID();", "takes randomness as an argument"],
  ])("%s", (code, message) => {
    const { ok, text } = lint(code, "lib/core");
    expect(text).toContain(message);
    expect(ok).toBe(false);
  });

  it("which lets an instant be made from a number, and leaves other folders alone", () => {
    expect(lint("export const a = new Date(5);", "lib/core")).toMatchObject({ ok: true });
    expect(lint("export const a = Date.now();", "lib/cli")).toMatchObject({ ok: true });
  });
});

describe("what is checked in", () => {
  it("the lock file names packages by version and hash, not by the address of a registry", () => {
    const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
    const packages: Record<string, { resolved?: string; version?: string }> = lock.packages;
    expect(Object.keys(packages).length).toBeGreaterThan(50);
    const addressed = Object.entries(packages).filter(([, { resolved }]) => resolved?.startsWith("http"));
    expect(addressed).toEqual([]);
  });

  it("no file is over 1 MB", () => {
    const files = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" })
      .split("\0")
      .filter((name) => name !== "");
    expect(files).toContain("package.json");
    const large = files.filter(
      (name) => (statSync(join(ROOT, name), { throwIfNoEntry: false })?.size ?? 0) > 1_000_000,
    );
    expect(large).toEqual([]);
  });
});
