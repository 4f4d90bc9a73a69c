import { mkdir, readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { REPLAY_SCHEMA, type ReplayResult } from "../../lib/core/replayResult.ts";
import { DAY_SECONDS } from "../../lib/core/time.ts";
import { type Folder, run, type Said, SHOP_START, shopCsv, tempFolder } from "./arrange.ts";

let folder: Folder;
let trace: string;
let first: Said;
let json: string;
let result: ReplayResult;

const words = (out: string): readonly string[] => [
  "--units",
  "5",
  "--history",
  "2d",
  "--out",
  folder.of(out),
];
const resultIn = async (out: string): Promise<ReplayResult> =>
  JSON.parse(await readFile(folder.of(`${out}/result.json`), "utf8"));

beforeAll(async () => {
  folder = await tempFolder();
  trace = await folder.write("shop.csv", shopCsv());
  first = await run("replay", trace, ...words("first"));
  json = await readFile(folder.of("first/result.json"), "utf8");
  result = JSON.parse(json);
});
afterAll(() => folder.remove());

describe("replay", () => {
  it("ends with 0 and leaves a result and a page, and nothing else", async () => {
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: "" });
    expect((await readdir(folder.of("first"))).sort()).toEqual(["report.html", "result.json"]);
    expect(await readFile(folder.of("first/report.html"), "utf8")).toMatch(/^<!doctype html>/);
  });

  it("writes the day after the history", () => {
    expect(result).toMatchObject({ schema: REPLAY_SCHEMA, simulation: true, minutes: 1440 });
    expect(result.start).toBe(SHOP_START + 2 * DAY_SECONDS);
    expect(result.trace).toMatchObject({ name: "shop", synthetic: true, steps: 4320 });
    for (const run of result.runs) expect(run.desired).toHaveLength(1440);
  });

  it("prints a row for every run with its figures, and where the files are", () => {
    expect(result.runs.length).toBeGreaterThan(2);
    const rows = first.out.split("\n").map((line) => line.split("│").map((cell) => cell.trim()));
    for (const { label, summary } of result.runs) {
      const row = rows.find((cells) => cells[1] === label) ?? [];
      expect(row[2]).toBe(summary.unitHours.toLocaleString("en-US", { maximumFractionDigits: 0 }));
      expect(row[3]).toBe(`${summary.cost.toLocaleString("en-US", { maximumFractionDigits: 0 })} USD`);
      expect(row[5]).toBe(`${(100 * summary.insideObjective).toFixed(3)} %`);
      expect(row[7]).toBe(`${summary.scaleOuts}/${summary.scaleIns}`);
    }
    expect(first.out).toContain("Simulation of 1.0 days of the synthetic trace shop");
    expect(first.out).toContain(folder.of("first/result.json"));
    expect(first.out).toContain(folder.of("first/report.html"));
  });

  it("says and writes the same, byte for byte, a second time", async () => {
    const second = await run("replay", trace, ...words("second"));
    expect(second.out.replaceAll("/second/", "/first/")).toBe(first.out);
    for (const name of ["result.json", "report.html"]) {
      const [one, two] = await Promise.all(
        ["first", "second"].map((out) => readFile(folder.of(`${out}/${name}`))),
      );
      expect(two?.equals(one as Buffer)).toBe(true);
    }
  });

  it("--json prints result.json and nothing else", async () => {
    const { code, out, err } = await run("replay", trace, ...words("json"), "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out === json).toBe(true);
  });

  it("a gzipped trace gives the same result", async () => {
    await mkdir(folder.of("zipped"));
    const zipped = await folder.write("zipped/shop.csv.gz", gzipSync(await readFile(trace)));
    const { code, out } = await run("replay", zipped, ...words("gz"), "--json");
    expect(code).toBe(0);
    expect(out === json).toBe(true);
  });

  it("takes lead time, seed, platform and promotions from its words", async () => {
    const start = "2025-11-05T12:00Z";
    const { code } = await run(
      ...["replay", trace, ...words("words"), "--lead", "8m", "--seed", "7", "--platform", "nodegroup"],
      ...["--promotion", `name=noon,start=${start},for=2h,expect=x2`],
      ...["--promotion", "name=evening,start=2025-11-05T18:00Z,for=1h,expect=8 units"],
    );
    expect(code).toBe(0);
    const { assumptions, promotions } = await resultIn("words");
    expect(assumptions).toMatchObject({ leadTimeSeconds: 480, seed: 7, platform: "nodegroup" });
    expect(promotions.map((each) => [each.name, each.start, each.end - each.start])).toEqual([
      ["noon", Date.parse(start) / 1000, 7200],
      ["evening", Date.parse("2025-11-05T18:00Z") / 1000, 3600],
    ]);
  });
});

describe("replay --policy", () => {
  it("notes the rules that cannot be simulated, and replays without them", async () => {
    const { code } = await run(
      ...["replay", trace, "--policy", "examples/thresholds.yaml", "--history", "2d"],
      ...["--out", folder.of("thresholds")],
    );
    expect(code).toBe(0);
    const { assumptions, policy } = await resultIn("thresholds");
    const left = assumptions.notes.find((note) => note.includes("left out: "));
    expect(left).toMatch(/memoryUtilization/);
    expect(policy.load?.perUnit).toBe(240);
    expect(policy.rules.length).toBeGreaterThan(0);
    expect(policy.rules.map((rule) => rule.metric)).not.toContain("memoryUtilization");
  });

  const target = (name: string, perUnit: number): string =>
    `  ${name}:
    kind: sagemaker-variant
    endpoint: ${name}
    variant: AllTraffic
    capacity: { min: 1, max: 20 }
    load: { metric: invocations, perUnit: ${perUnit} }
    objective: { latencyP95: 800ms }
`;

  it("asks for --target when there are several, and takes the chosen one", async () => {
    const path = await folder.write("two.yaml", `targets:\n${target("chat", 240)}${target("image", 300)}`);
    const two = ["replay", trace, "--policy", path, "--history", "2d", "--out", folder.of("two")];
    const none = await run(...two);
    expect(none).toEqual({
      code: 2,
      out: "",
      err: "forewarm: the policy has several targets; choose one with --target: chat, image\n",
    });
    const wrong = await run(...two, "--target", "video");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toBe("forewarm: --target: got video, the policy has chat, image\n");
    expect((await run(...two, "--target", "image")).code).toBe(0);
    const { policy } = await resultIn("two");
    expect(policy).toMatchObject({ id: "image", load: { perUnit: 300 } });
  });
});
