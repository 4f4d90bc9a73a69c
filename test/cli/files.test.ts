import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { UsageError } from "../../lib/cli/exit.ts";
import { readPolicy, readText, readTrace, writeInto } from "../../lib/cli/files.ts";
import { A_STACK, type Folder, run, tempFolder } from "./arrange.ts";

let folder: Folder;
beforeAll(async () => {
  folder = await tempFolder();
});
afterAll(() => folder.remove());

const ROWS = ["2025-11-03T00:00:00Z,10", "2025-11-03T00:01:00Z,12", "2025-11-03T00:02:00Z,11"];
const csv = (...rows: readonly string[]): string => `timestamp,requests\n${rows.join("\n")}\n`;

describe("a trace that cannot be read ends replay with 2", () => {
  it.each([
    ["missing.csv", null, "cannot read {path}: there is no such file"],
    ["empty.csv", "", "{path}: the file is empty"],
    ["header.csv", csv(), "{path}: the file has a header and no rows"],
    ["words.csv", csv("2025-11-03T00:00:00Z,ten", ...ROWS), "line 2: the number of requests is not a number"],
    ["negative.csv", csv(...ROWS, "2025-11-03T00:03:00Z,-4"), "line 5: the number of requests is negative"],
    ["prose.csv", "Dear reader,\nhello\n", "{path}: "],
    ["short.csv.gz", gzipSync(csv(...ROWS)).subarray(0, 30), "{path} begins like a gzip file but cannot be"],
    ["nothing.csv.gz", gzipSync(""), "{path}: the file is empty"],
  ])("%s", async (name, content, message) => {
    const path = folder.of(name);
    if (content !== null) await folder.write(name, content);
    const { code, out, err } = await run("replay", path, "--out", folder.of("out"));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message.replace("{path}", path));
    expect(err).not.toMatch(A_STACK);
  });

  it("a folder", async () => {
    const { code, err } = await run("replay", folder.path);
    expect(code).toBe(2);
    expect(err).toBe(`forewarm: cannot read ${folder.path}: it is a folder; name a file\n`);
  });
});

describe("readTrace", () => {
  it.each([
    ["shop.csv", csv(...ROWS)],
    ["shop.csv.gz", gzipSync(csv(...ROWS))],
    ["shop", gzipSync(csv(...ROWS))],
  ])("%s: zipped or not, by its bytes and not by its name", async (name, content) => {
    const trace = await readTrace(await folder.write(name, content));
    expect(trace).toMatchObject({ name: "shop", start: Date.UTC(2025, 10, 3) / 1000, stepSeconds: 60 });
    expect([...trace.requests]).toEqual([10, 12, 11]);
  });
});

describe("readPolicy", () => {
  it("throws a UsageError that names the file", async () => {
    const path = await folder.write("bad.yaml", "targets: 5\n");
    await expect(readPolicy(path)).rejects.toThrow(UsageError);
    await expect(readPolicy(path)).rejects.toThrow(`${path}:1:10 targets`);
  });
});

describe("writeInto", () => {
  it("makes the folder and writes the pieces in order", async () => {
    const path = await writeInto(folder.of("new/deep"), "a.txt", ["one ", "twö ", "three"]);
    expect(path).toBe(folder.of("new/deep/a.txt"));
    expect(await readFile(path, "utf8")).toBe("one twö three");
  });

  it("replaces what was there, also by less, and reads back", async () => {
    await writeInto(folder.path, "b.txt", "a long text");
    const path = await writeInto(folder.path, "b.txt", "short");
    expect(await readText(path)).toBe("short");
  });
});
