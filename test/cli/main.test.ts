import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { A_STACK, type Folder, run, shopCsv, tempFolder } from "./arrange.ts";

let folder: Folder;
beforeAll(async () => {
  folder = await tempFolder();
  await folder.write("shop.csv", shopCsv());
});
afterAll(() => folder.remove());

describe("help", () => {
  it("names every command and ends well", async () => {
    const { code, out, err } = await run("--help");
    expect(code).toBe(0);
    expect(err).toBe("");
    for (const command of ["demo", "replay", "score", "explain", "policy"])
      expect(out).toContain(`  ${command} `);
  });

  it.each([["demo"], ["replay"], ["score"], ["explain"], ["policy"]])(
    "of %s describes it",
    async (command) => {
      const { code, out } = await run(command, "--help");
      expect(code).toBe(0);
      expect(out).toContain(`Usage: forewarm ${command}`);
    },
  );

  it("of a command of a command describes that", async () => {
    const { code, out } = await run("policy", "check", "--help");
    expect(code).toBe(0);
    expect(out).toContain("Usage: forewarm policy check [options] <file>");
  });
});

describe("words that are wrong", () => {
  it.each([
    ["a command that is not there", ["nope"], "unknown command 'nope'"],
    ["an option that is not there", ["--nope"], "unknown option '--nope'"],
    ["an option that a command does not have", ["replay", "x.csv", "--nope"], "unknown option '--nope'"],
    ["an option with a slip", ["replay", "x.csv", "--unit", "5"], "Did you mean --units?"],
    ["a sub-command that is not there", ["policy", "mend"], "unknown command 'mend'"],
    ["replay without a trace", ["replay"], "missing required argument 'trace'"],
    ["replay of two traces", ["replay", "a.csv", "b.csv"], "too many arguments"],
    ["explain without a moment", ["explain", "result.json"], "required option '--at <time>'"],
    ["policy check without a file", ["policy", "check"], "missing required argument 'file'"],
    ["an option without its value", ["replay", "x.csv", "--units"], "argument missing"],
  ])("%s", async (_, words, message) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).toContain("--help");
    expect(err).not.toMatch(A_STACK);
  });

  it("no words at all show the help on standard error", async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: forewarm");
  });
});

describe("values of options of replay", () => {
  const durations = "allowed is a duration with its unit, such as 300s, 8m or 14d";
  it.each([
    ["--lead", "soon", `--lead: got soon, ${durations}`],
    ["--lead", "300", `--lead: got 300, ${durations}`],
    ["--lead", "0s", `--lead: got 0s, ${durations}`],
    ["--lead", "-5m", `--lead: got -5m, ${durations}`],
    ["--history", "14", `--history: got 14, ${durations}`],
    ["--history", "3d", "--history: got 4320 minutes, the trace has 4320; at least one minute must be left"],
    ["--units", "many", "--units: got many, allowed is a number above 0"],
    ["--units", "0", "--units: got 0, allowed is a number above 0"],
    ["--units", "-3", "--units: got -3, allowed is a number above 0"],
    ["--units", "Infinity", "--units: got Infinity, allowed is a number above 0"],
    ["--units", "", "--units: got , allowed is a number above 0"],
    ["--seed", "a", "--seed: got a, allowed is a whole number from 0"],
    ["--seed", "-1", "--seed: got -1, allowed is a whole number from 0"],
    ["--seed", "1.5", "--seed: got 1.5, allowed is a whole number from 0"],
    [
      "--platform",
      "lambda",
      "argument 'lambda' is invalid. Allowed choices are sagemaker, nodegroup, kubernetes.",
    ],
    ["--target", "chat", "--target: got chat, the policy has endpoint"],
    ["--policy", "none.yaml", "cannot read none.yaml: there is no such file"],
  ])("%s %s", async (option, word, message) => {
    const { code, out, err } = await run(
      "replay",
      folder.of("shop.csv"),
      "--out",
      folder.of("out"),
      option,
      word,
    );
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).not.toMatch(A_STACK);
  });
});

describe("failures that nobody's words caused", () => {
  it("end with 1 and say what happened", async () => {
    const file = await folder.write("a-file", "");
    const { code, err } = await run(
      ...["replay", folder.of("shop.csv"), "--units", "5", "--history", "71h", "--out", file],
    );
    expect(code).toBe(1);
    expect(err).toBe(
      `forewarm: cannot write ${file}/result.json: a part of its path is a file, not a folder\n`,
    );
  });
});
