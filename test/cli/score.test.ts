/** `forewarm score` end to end on a small trace, with real processes: what it writes, resumes, sets aside and refuses. */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { SCORE_SCHEMA, type ScoreResult, SHARES } from "../../lib/core/scoreResult.ts";
import { traceToCsv } from "../../lib/sim/traces/traceToCsv.ts";
import { aTrace } from "../sim/score/arrange.ts";
import { A_STACK, type Folder, run, tempFolder } from "./arrange.ts";

let folder: Folder;
beforeAll(async () => {
  folder = await tempFolder();
  await folder.write("wave.csv", traceToCsv(aTrace(4)));
  await folder.write("short.csv", traceToCsv({ ...aTrace(1), name: "short" }));
});
afterAll(() => folder.remove());

const FEW = ["--policies", "forewarm,forewarm-no-reactive,target-tracking,static-peak", "--trials", "5"];
const small = (out: string): string[] => ["--quick", ...FEW, "--units", "5", "--out", folder.of(out)];
const resultIn = async (out: string): Promise<ScoreResult> =>
  JSON.parse(await readFile(folder.of(`${out}/score.json`), "utf8"));

describe("a score", () => {
  let said: Awaited<ReturnType<typeof run>>;
  let result: ScoreResult;
  beforeAll(async () => {
    said = await run("score", "--traces", folder.of("wave.csv"), ...small("out"));
    result = await resultIn("out");
  }, 120_000);

  it("says before it starts how long it takes, and at the end what each policy costs", () => {
    expect({ code: said.code, err: said.err }).toEqual({ code: 0, err: "" });
    expect(said.out).toMatch(/^5 parts; about \d+ \w+ to go/);
    expect(said.out).toContain("AWS target tracking");
    expect(said.out).toContain("Forewarm wins/ties/loses at 1 %");
    expect(said.out).toContain("Every number above is simulated");
    expect(said.out).toContain(folder.of("out/score.html"));
  });

  it("writes what was assumed, who took part, and one case for each choice", () => {
    const { schema, simulation, assumptions, policies, cases, traces } = result;
    expect({ schema, simulation }).toEqual({ schema: SCORE_SCHEMA, simulation: true });
    expect(assumptions).toMatchObject({ trials: 5, quick: true, seeds: [1] });
    expect(policies.map(({ name }) => name)).toEqual([
      "forewarm",
      "forewarm-no-reactive",
      "target-tracking",
      "static-peak",
    ]);
    expect(cases.map(({ trace, platform, units }) => [trace, platform, units])).toEqual([
      ["wave", "sagemaker", 5],
    ]);
    expect(traces[0]?.training.to).toBe(traces[0]?.scored.from);
  });

  it("writes a page with the same result", async () => {
    const page = await readFile(folder.of("out/score.html"), "utf8");
    expect(page).toContain("<title>Forewarm: a score (simulation)</title>");
    expect(page).toContain('"trace":"wave"');
  });

  it("gives equal trials to all but those who take another's settings", () => {
    const trials = result.cases[0]?.policies.map(({ policy, trials, versions }) => [
      policy,
      trials,
      versions.length,
    ]);
    expect(trials).toEqual([
      ["forewarm", 5, 2],
      ["forewarm-no-reactive", 5, 1],
      ["target-tracking", 5, 2],
      ["static-peak", 5, 2],
    ]);
    const settings = result.cases[0]?.policies.map(({ versions }) => versions.at(-1)?.settings);
    expect(settings?.[1]).toEqual(settings?.[0]);
  });

  it("undercuts the bound nowhere", () => {
    const [only] = result.cases;
    for (const [i, share] of SHARES.entries()) {
      const { bound = Number.NaN, clairvoyant } = only?.bounds[i] ?? {};
      expect(bound).toBeGreaterThan(0);
      expect(clairvoyant ?? bound).toBeGreaterThanOrEqual(bound);
      for (const { versions } of only?.policies ?? []) {
        for (const { costs, outcomes } of versions) {
          expect(costs[i]?.unitHours ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(bound);
          expect(costs[i]?.share).toBe(share);
          expect(outcomes.every(({ violations }) => violations >= 0 && violations <= 1)).toBe(true);
        }
      }
    }
  });

  it("goes on where it stopped, and gets the same result", async () => {
    const before = await readFile(folder.of("out/score.json"), "utf8");
    const parts = (await readdir(folder.of("out/parts"))).sort();
    expect(parts.length).toBe(5);
    await rm(folder.of(`out/parts/${parts[0]}`));
    await writeFile(folder.of(`out/parts/${parts[1]}`), '{"half');
    const { code, out } = await run("score", "--traces", folder.of("wave.csv"), ...small("out"));
    expect(code).toBe(0);
    expect(out).toContain("5 parts, 3 of them are there from an earlier run");
    expect(await readFile(folder.of("out/score.json"), "utf8")).toBe(before);
    const again = await run("score", "--traces", folder.of("wave.csv"), ...small("out"), "--json");
    expect(JSON.parse(again.out)).toEqual(result);
  }, 120_000);

  it("does not take the parts of another trace for its own", async () => {
    const other = await folder.write("other/../wave2.csv", traceToCsv(aTrace(4, (_, count) => count + 1)));
    await rm(folder.of("copy"), { recursive: true, force: true });
    const said = await run("score", "--traces", other, ...small("out"), "--policies", "static-peak");
    expect(said.out).toMatch(/^2 parts; about/);
  }, 120_000);
});

describe("how much is scored", () => {
  it("at most so many days as are asked for", async () => {
    const words = ["--quick", "--policies", "static-peak,scheduled", "--trials", "1", "--days", "1"];
    const { code } = await run(
      "score",
      "--traces",
      folder.of("wave.csv"),
      ...words,
      "--out",
      folder.of("day"),
    );
    expect(code).toBe(0);
    const { scored } = (await resultIn("day")).traces[0] as ScoreResult["traces"][number];
    expect(scored.to - scored.from).toBe(86_400);
  }, 120_000);
});

describe("what cannot be scored", () => {
  const refused = async (...words: readonly string[]) => {
    const { code, err } = await run("score", ...words, "--out", folder.of("refused"));
    expect(code).toBe(2);
    expect(err).not.toMatch(A_STACK);
    return err;
  };

  it.each([
    ["no trace", [], "required option '--traces <paths...>'"],
    ["a file that is not there", ["--traces", "nope.csv"], "there is no such file"],
    [
      "a platform that nobody has",
      ["--traces", "x.csv", "--platform", "azure"],
      "allowed are sagemaker, kubernetes",
    ],
    [
      "a policy that nobody knows",
      ["--traces", "x.csv", "--policies", "magic"],
      "got magic, allowed are all, forewarm",
    ],
    ["a lead time without a unit", ["--traces", "x.csv", "--lead", "60"], "such as 300s"],
    ["no units", ["--traces", "x.csv", "--units", "10,0"], "allowed is a number above 0"],
  ])("%s", async (_what, words, message) => {
    expect(await refused(...words)).toContain(message);
  });

  it("a trace of one day, with the reason", async () => {
    const err = await refused("--traces", folder.of("short.csv"));
    expect(err).toContain("no trace can be scored");
    expect(err).toContain("at least two days are needed");
  });

  it("in a folder, is set aside and named", async () => {
    const bad = await tempFolder();
    await bad.write("bad.csv", "a,b\n1,2\n");
    await bad.write("short.csv", traceToCsv({ ...aTrace(1), name: "short" }));
    await bad.write("wave.csv", traceToCsv(aTrace(2)));
    const words = ["--quick", "--policies", "static-peak", "--trials", "1", "--out", bad.of("out")];
    const { code, err } = await run("score", "--traces", bad.path, ...words);
    expect(code).toBe(0);
    expect(err).toContain("bad.csv");
    expect(err).toContain("short.csv: it has 24.0 hours");
    const { setAside } = JSON.parse(await readFile(bad.of("out/score.json"), "utf8")) as ScoreResult;
    expect(setAside.length).toBe(2);
    await bad.remove();
  }, 60_000);
});
