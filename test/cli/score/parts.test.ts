/** What finished parts of a score depend on: rivals and bounds on nothing of the controller, ours on everything. */
import { relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { entriesOf, Parts, pathOfEntry } from "../../../lib/cli/score/parts.ts";
import { hashOfSources, importsIn, reachedFrom } from "../../../lib/cli/score/sources.ts";
import type { ScoreSetup, ScoreTask } from "../../../lib/cli/score/tasks.ts";
import { CANDIDATES, CANDIDATES_BY_FILE } from "../../../lib/sim/score/candidates.ts";
import { aPolicy } from "../../core/arrange.ts";
import { aKey } from "../../sim/score/arrange.ts";
import { type Folder, tempFolder } from "../arrange.ts";

const FILE = { path: "wave.csv", name: "wave" };
const bound: ScoreTask = { kind: "bound", key: aKey(), file: FILE };
const policyTask = (policy: string): ScoreTask => ({ kind: "policy", key: aKey(), file: FILE, policy });

const reachedBy = (task: ScoreTask): readonly string[] =>
  reachedFrom(entriesOf(task).map(pathOfEntry)).files.map((file) => relative("lib", file));

const OF_THE_CONTROLLER = /^(usecases|adapters|policy)\/|^core\/(forecast|decide)\/(?!say)|runForewarm/;
const isOurs = ({ kind }: (typeof CANDIDATES)[number]): boolean => kind === "forewarm" || kind === "ablation";

describe("the parts of", () => {
  it.each(CANDIDATES.filter((each) => !isOurs(each)).map(({ name }) => [name]))(
    "%s depend on the simulator and on nothing of the controller",
    (name) => {
      const files = reachedBy(policyTask(name));
      expect(files).toEqual(
        expect.arrayContaining(["sim/runPeer.ts", "sim/physics/queue.ts", "sim/score/tune.ts"]),
      );
      expect(files.filter((file) => OF_THE_CONTROLLER.test(file))).toEqual([]);
    },
  );

  it("bounds depend on neither the controller nor rivals", () => {
    const files = reachedBy(bound);
    expect(files).toEqual(expect.arrayContaining(["sim/bound/linearProgramme.ts", "sim/physics/fleet.ts"]));
    expect(files.filter((file) => OF_THE_CONTROLLER.test(file) || file.startsWith("sim/peers"))).toEqual([]);
  });

  it.each(CANDIDATES.filter(isOurs).map(({ name }) => [name]))("%s depend on everything", (name) => {
    expect(reachedBy(policyTask(name))).toEqual(
      expect.arrayContaining([
        "core/decide/decide.ts",
        "usecases/refreshForecast.ts",
        "usecases/runScaling.ts",
        "sim/runForewarm.ts",
        "sim/peers/knative.ts",
        "adapters/memory/inMemoryMemoryStore.ts",
      ]),
    );
  });

  it("all are run by a worker that reaches every candidate's file", () => {
    const files = reachedBy(policyTask("forewarm"));
    for (const name of Object.keys(CANDIDATES_BY_FILE)) {
      expect(files).toContain(`sim/score/candidates/${name}.ts`);
    }
  });
});

describe("importsIn", () => {
  it.each([
    ['import { a } from "./a.ts";', ["./a.ts"]],
    ['import {\n  type A,\n  b,\n} from "./a.ts";', ["./a.ts"]],
    ['import "./a.ts";', ["./a.ts"]],
    ['import A, { b } from "pkg/b";', ["pkg/b"]],
    ['export { a } from "./a.ts";\nexport * from "./b.ts";', ["./a.ts", "./b.ts"]],
    ['const a = await import("./a.ts");', ["./a.ts"]],
    ['const url = new URL("./a.wasm", import.meta.url);', ["./a.wasm"]],
    ['import type { A } from "./a.ts";\nexport type { B } from "./b.ts";', []],
    ['export const a = "from";\nconst b = "./b.ts";', []],
  ])("%j", (text, names) => expect(importsIn(text)).toEqual(names));
});

describe("hashOfSources", () => {
  let folder: Folder;
  beforeAll(async () => {
    folder = await tempFolder();
    await folder.write("entry.ts", 'import { a } from "./a.ts";\nimport type { T } from "./types.ts";\n');
    await folder.write("a.ts", 'import "./b.ts";\n');
    await folder.write("b.ts", 'import "./entry.ts";\n');
    await folder.write("types.ts", "export type T = 1;\n");
    await folder.write("worker.ts", 'import "./types.ts";\n');
  });
  afterAll(() => folder.remove());

  const hash = (): string => hashOfSources([folder.of("entry.ts")], [folder.of("worker.ts")]);

  it.each([
    ["b.ts", true],
    ["worker.ts", true],
    ["types.ts", false],
  ])("after a change of %s: another is %p", async (name, changes) => {
    const before = hash();
    expect(hash()).toBe(before);
    await folder.write(name, `export const changed = ${JSON.stringify(name)};\n`);
    expect(hash() !== before).toBe(changes);
  });
});

describe("a part that takes another's settings", () => {
  const setup = (policies: readonly string[]): ScoreSetup => ({
    target: aPolicy({}),
    platforms: ["sagemaker"],
    leadTimesSeconds: [300],
    units: [5],
    policies,
    seeds: [1],
    trials: 5,
    knobValues: 3,
    quick: true,
    mostScoredDays: null,
  });

  it("is not the one that had to find them itself; others do not mind who else takes part", async () => {
    const folder = await tempFolder();
    const parts = (policies: readonly string[]): Parts =>
      new Parts(folder.of("out"), setup(policies), new Map([["wave.csv", "text"]]));
    const ablation = policyTask("forewarm-no-reactive");
    const result = { factor: 1, maxUnits: 2 };
    await parts(["forewarm-no-reactive"]).write(ablation, result);
    await parts(["forewarm-no-reactive"]).write(bound, result);
    expect(await parts(["forewarm-no-reactive", "hpa"]).read(ablation)).toEqual(result);
    expect(await parts(["forewarm", "forewarm-no-reactive"]).read(ablation)).toBeNull();
    expect(await parts(["forewarm", "forewarm-no-reactive"]).read(bound)).toEqual(result);
    await folder.remove();
  });
});
