import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { DecisionRecord } from "../../lib/core/decision.ts";
import type { ReplayResult } from "../../lib/core/replayResult.ts";
import { isoOf } from "../../lib/core/time.ts";
import { A_STACK, type Folder, run, shopCsv, tempFolder } from "./arrange.ts";

let folder: Folder;
let path: string;
let result: ReplayResult;
let decisions: readonly DecisionRecord[];

beforeAll(async () => {
  folder = await tempFolder();
  const trace = await folder.write("shop.csv", shopCsv());
  const said = await run(
    ...["replay", trace, "--units", "5", "--history", "2d", "--out", folder.path, "--json"],
  );
  path = folder.of("result.json");
  result = JSON.parse(said.out);
  decisions = result.runs[0]?.decisions ?? [];
});
afterAll(() => folder.remove());

const explain = (at: string, ...words: readonly string[]) => run("explain", path, "--at", at, ...words);
const held = (): DecisionRecord => {
  const found = decisions.find((each) => each.decision.holds.length > 0 && each.decision.bounds.length === 0);
  if (found === undefined) throw new Error("the replay holds no decision with a hold");
  return found;
};

describe("explain", () => {
  it("prints the decision with its needs and holds, and decides it again alike", async () => {
    const { id, decision, outcome } = held();
    const { code, out, err } = await explain(isoOf(decision.at));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")[0]).toBe(`${isoOf(decision.at)}  ${decision.reason}`);
    for (const need of decision.needs) expect(out).toMatch(new RegExp(`need +${need.by}: ${need.units}`));
    for (const hold of decision.holds) {
      expect(out).toContain(`${hold.by}: not below ${hold.units}, ${hold.reason}`);
    }
    expect(out).toMatch(/lead +.* min in 90 % of starts: .*the policy says 5 min, at worst 10 min/);
    expect(out).toContain(`outcome  ${outcome.kind}: `);
    expect(out).toContain(id);
    expect(out).toContain("Decided again from the record: the same.\n");
  });

  it("finds the decision in force between two records", async () => {
    const gap = decisions.findIndex(
      (each, i) => (decisions[i + 1]?.decision.at ?? 0) - each.decision.at > 120,
    );
    const { decision } = decisions[gap] as DecisionRecord;
    const { out } = await explain(isoOf(decision.at + 90));
    expect(out.split("\n")[0]).toBe(`${isoOf(decision.at)}  ${decision.reason}`);
  });

  it("reads times of any offset, and takes those without one as UTC", async () => {
    const { out } = await explain("2025-11-05T12:00Z");
    expect(out).toContain("Decided again");
    expect((await explain("2025-11-05T20:00+08:00")).out).toBe(out);
    expect((await explain("2025-11-05T12:00")).out).toBe(out);
  });

  it("--json prints the record and what came out again", async () => {
    const record = held();
    const { code, out } = await explain(isoOf(record.decision.at), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ record, again: record.decision, same: true });
  });

  it.each([
    ["before", -60],
    ["after", 86_400],
  ])("%s the replay says its range", async (_, offset) => {
    const { code, out, err } = await explain(isoOf(result.start + offset));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(
      `forewarm: --at: the replay runs from 2025-11-05T00:00Z to 2025-11-06T00:00Z, got ${isoOf(result.start + offset)}\n`,
    );
  });

  it("reaches the first minute and the last", async () => {
    expect((await explain(isoOf(result.start + 60))).code).toBe(0);
    expect((await explain(isoOf(result.start + 86_399))).code).toBe(0);
  });

  it.each(["noon", "", "2025-13-01T00:00Z"])("time %p is refused", async (at) => {
    const { code, err } = await explain(at);
    expect(code).toBe(2);
    expect(err).toContain(`--at: got ${at}, allowed is an ISO time such as 2025-11-11T00:05Z`);
  });

  it.each([
    ["missing.json", null, "there is no such file"],
    ["text.json", "timestamp,requests", "is not JSON"],
    ["array.json", "[]", "got schema undefined, allowed is forewarm.replay/1"],
    ["null.json", "null", "got schema undefined"],
    [
      "newer.json",
      '{"schema":"forewarm.replay/9"}',
      "got schema forewarm.replay/9, allowed is forewarm.replay/1",
    ],
    ["hollow.json", '{"schema":"forewarm.replay/1"}', "has the schema forewarm.replay/1 but no decisions"],
    ["noRuns.json", '{"schema":"forewarm.replay/1","runs":[]}', "but no decisions"],
  ])("file %s is refused", async (name, content, message) => {
    if (content !== null) await folder.write(name, content);
    const { code, out, err } = await run("explain", folder.of(name), "--at", "2025-11-05T12:00Z");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).not.toMatch(A_STACK);
  });

  it("fails when the record does not lead to its decision", async () => {
    const because = ({ decision, ...record }: DecisionRecord): DecisionRecord => ({
      ...record,
      decision: { ...decision, reason: "because" },
    });
    const changed = {
      ...result,
      runs: result.runs.map((each) => ({ ...each, decisions: each.decisions.map(because) })),
    };
    const other = await folder.write("changed.json", JSON.stringify(changed));
    const { code, out, err } = await run("explain", other, "--at", "2025-11-05T12:00Z");
    expect(code).toBe(1);
    expect(out).toContain("Decided again from the record: DIFFERENT, ");
    expect(err).toBe(
      "forewarm: the decision came out differently; the record was made by another version of Forewarm\n",
    );
  });
});
