/** The bundler, on an entry of its own; test/bundle runs the real ones. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { bundleFunctions } from "../../lib/infra/bundleFunctions.ts";
import { defaultBundleFolder } from "../../lib/infra/bundles.ts";

const ENTRY = `
/** @license kept nowhere */
import { readFileSync } from "node:fs";
import { half } from "./half.ts";
declare const require: (name: string) => { sep: string };
export const handler = async (event: { n: number }): Promise<object> => ({
  half: half(event.n), sep: require("node:path").sep, hasFs: typeof readFileSync === "function",
});
`;

function aFolderWith(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "forewarm-sources-"));
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "index.ts"), ENTRY);
  writeFileSync(join(folder, name, "half.ts"), "export const half = (n: number): number => n / 2;");
  return folder;
}

describe("bundleFunctions", () => {
  it("makes one module of an entry, in which CommonJS can require, and nothing beside it", async () => {
    const out = join(aFolderWith("one"), "dist");
    await bundleFunctions(aFolderWith("on-x"), out, ["on-x"]);
    expect(readdirSync(join(out, "on-x"))).toEqual(["index.mjs"]);
    const { handler } = await import(pathToFileURL(join(out, "on-x", "index.mjs")).href);
    expect(await handler({ n: 6 })).toEqual({ half: 3, sep: "/", hasFs: true });
  });

  it("names every entry that is missing, and makes nothing", async () => {
    const out = join(aFolderWith("one"), "dist");
    await expect(bundleFunctions(aFolderWith("on-x"), out, ["on-x", "on-y", "on-z"])).rejects.toThrow(
      /there is no .*on-y.index\.ts, no .*on-z.index\.ts/,
    );
    expect(existsSync(out)).toBe(false);
  });
});

describe("the folder of bundles", () => {
  it("is the same for sources and for the installed package", () => {
    expect(defaultBundleFolder("file:///checkout/lib/infra/bundles.ts")).toBe("/checkout/dist/functions");
    expect(defaultBundleFolder("file:///app/node_modules/forewarm/dist/lib/infra/bundles.js")).toBe(
      "/app/node_modules/forewarm/dist/functions",
    );
  });
});
