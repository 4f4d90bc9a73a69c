/** Finished tasks on disk, so that a score that was interrupted goes on where it stopped. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TargetPolicy } from "../../core/policy.ts";
import { CANDIDATES, CANDIDATES_BY_FILE } from "../../sim/score/candidates.ts";
import type { TaskResult } from "./scoreWorker.ts";
import { hashOfSources } from "./sources.ts";
import type { ScoreSetup, ScoreTask } from "./tasks.ts";

/** Every part is run by this, which loads everybody; by itself it only hands over. */
const WORKER = "cli/score/scoreWorker";

/** Every part begins with these: a trace is read, scaled, and cut in two. */
const CASE = ["sim/traces/parseTrace", "sim/score/scoreCase"];

/**
 * Where the work of a task begins. Parts of ours depend on all that a worker loads; those of rivals and of bounds on
 * nothing of the controller, so that they outlast a change of it.
 */
export function entriesOf(task: ScoreTask): readonly string[] {
  if (task.kind === "bound") return [...CASE, "sim/score/scoreBounds"];
  const [file] =
    Object.entries(CANDIDATES_BY_FILE).find(([, all]) => all.some(({ name }) => name === task.policy)) ?? [];
  if (file === undefined || file === "forewarm") return [WORKER];
  return [...CASE, "sim/score/scorePolicy", `sim/score/candidates/${file}`];
}

function isOfController(task: ScoreTask): boolean {
  return entriesOf(task).includes(WORKER);
}

export class Parts {
  private readonly folder: string;
  private readonly setup: Omit<ScoreSetup, "platforms" | "leadTimesSeconds" | "units" | "policies">;
  private readonly policies: readonly string[];
  private readonly traces: ReadonlyMap<string, string>;
  private readonly programs = new Map<string, string>();

  /** `traces`: what the files hold, by path. */
  constructor(out: string, setup: ScoreSetup, traces: ReadonlyMap<string, string>) {
    this.folder = join(out, "parts");
    const { platforms: _p, leadTimesSeconds: _l, units: _u, policies, ...shared } = setup;
    this.policies = policies;
    this.setup = shared;
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
    const traces = this.traces.get(file.path);
    const setup = { ...this.setup, target: this.targetOf(task) };
    const key = [what, traces, setup, this.takesSettings(task), this.programOf(task)];
    return join(this.folder, `${hashOf(JSON.stringify(key))}.json`);
  }

  /** Rivals and bounds are told the objective and the lead time; the rest of a policy is the controller's. */
  private targetOf(task: ScoreTask): Partial<TargetPolicy> {
    const { target } = this.setup;
    return isOfController(task) ? target : { objective: target.objective, leadTime: target.leadTime };
  }

  /** Whose settings another policy of this score finds is run otherwise than where it has to find them itself. */
  private takesSettings(task: ScoreTask): boolean {
    const leader =
      task.kind === "bound" ? undefined : CANDIDATES.find(({ name }) => name === task.policy)?.settingsOf;
    return leader !== undefined && this.policies.includes(leader);
  }

  private programOf(task: ScoreTask): string {
    const entries = entriesOf(task);
    const name = entries.join();
    const known = this.programs.get(name) ?? hashOfSources(entries.map(pathOfEntry), [pathOfEntry(WORKER)]);
    this.programs.set(name, known);
    return known;
  }
}

/** The file of an entry: TypeScript in a checkout, JavaScript in the package. */
export function pathOfEntry(entry: string): string {
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`../../${entry}.${ending}`, import.meta.url));
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
