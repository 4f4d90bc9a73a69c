/** Finished tasks on disk, so that a score that was interrupted goes on where it stopped. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TaskResult } from "./scoreWorker.ts";
import type { ScoreSetup, ScoreTask } from "./tasks.ts";

/** Whatever may change a result: another version of these begins anew. */
const PROGRAM = ["core", "usecases", "sim", "adapters/memory", "adapters/calendar"] as const;

export class Parts {
  private readonly folder: string;
  private readonly setup: string;
  private readonly traces: ReadonlyMap<string, string>;

  /** `traces`: what the files hold, by path. */
  constructor(out: string, setup: ScoreSetup, traces: ReadonlyMap<string, string>) {
    this.folder = join(out, "parts");
    const { platforms: _p, leadTimesSeconds: _l, units: _u, policies: _n, ...shared } = setup;
    this.setup = JSON.stringify([shared, programHash()]);
    this.traces = new Map([...traces].map(([path, text]) => [path, hashOf(text)]));
  }

  /** Null when the task was not finished yet, with just this trace, setup and program; a damaged part is done again. */
  async read(task: ScoreTask): Promise<TaskResult | null> {
    try {
      return JSON.parse(await readFile(this.pathOf(task), "utf8")) as TaskResult;
    } catch {
      return null;
    }
  }

  /** Under its name only once it is whole. */
  async write(task: ScoreTask, result: TaskResult): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const path = this.pathOf(task);
    await writeFile(`${path}.new`, JSON.stringify(result));
    await rename(`${path}.new`, path);
  }

  private pathOf(task: ScoreTask): string {
    const { file, ...what } = task;
    return join(
      this.folder,
      `${hashOf(JSON.stringify([what, this.traces.get(file.path), this.setup]))}.json`,
    );
  }
}

function programHash(): string {
  const lib = fileURLToPath(new URL("../../", import.meta.url));
  const hash = createHash("sha256");
  for (const folder of PROGRAM) {
    const files = readdirSync(join(lib, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.[jt]s$/.test(name))
      .sort();
    for (const name of files) hash.update(name).update(readFileSync(join(lib, folder, name)));
  }
  return hash.digest("hex");
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
