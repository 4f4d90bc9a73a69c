/**
 * The tables of docs/benchmarks.md by one command. What it is given goes to `forewarm score`, which goes on with the parts
 * that are there from an earlier run; a result that is there already is only read:
 * `npm run -s bench:scores -- --traces FOLDER [--platform …] [--lead …] [--units …] [--quick] [--out score]`, or
 * `npm run -s bench:scores -- score/score.json`. The tables are all that is written to standard output.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ScoreResult } from "../../lib/core/scoreResult.ts";
import { scoreTables } from "./scoreTables.ts";

const PROGRAM = fileURLToPath(new URL("../../bin/forewarm.ts", import.meta.url));

/** Runs the score with its words on standard error; returns where its result is. */
function scored(words: readonly string[]): string {
  const out = words.indexOf("--out");
  const { status } = spawnSync(process.execPath, [PROGRAM, "score", ...words], { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  return join(out === -1 ? "score" : (words[out + 1] ?? "score"), "score.json");
}

const words = process.argv.slice(2);
const [first = ""] = words;
if (first === "") throw new Error("say which traces (--traces FOLDER), or which score.json");
const path = first.endsWith(".json") ? first : scored(words);
process.stdout.write(scoreTables(JSON.parse(readFileSync(path, "utf8")) as ScoreResult));
