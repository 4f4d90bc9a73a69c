/** `forewarm explain`: the decision in force at a moment of a replay, made again from its own record. */
import { Command } from "commander";
import { DateTime } from "luxon";
import { LEAD_TIME_LEVEL, leadTimesOf } from "../../core/decide/context.ts";
import { decide } from "../../core/decide/decide.ts";
import { sayGate } from "../../core/decide/gating.ts";
import type { Decision, DecisionRecord } from "../../core/decision.ts";
import { sayLeadTimes } from "../../core/leadTime/contradiction.ts";
import { REPLAY_SCHEMA, type ReplayResult } from "../../core/replayResult.ts";
import { isoOf } from "../../core/time.ts";
import { UsageError } from "../exit.ts";
import { readText } from "../files.ts";

export function explainCommand(): Command {
  return new Command("explain")
    .description("Show the decision in force at a moment of a replay, decided again from its record")
    .argument("<result>", "result.json of a replay")
    .requiredOption("--at <time>", "ISO time, such as 2025-11-11T00:05Z")
    .option("--json", "print the whole record")
    .action(run);
}

async function run(path: string, words: { readonly at: string; readonly json?: boolean }): Promise<void> {
  const result = parseResult(await readText(path), path);
  const at = DateTime.fromISO(words.at, { zone: "utc" });
  if (!at.isValid)
    throw new UsageError(`--at: got ${words.at}, allowed is an ISO time such as 2025-11-11T00:05Z`);
  const record = recordInForce(result, Math.floor(at.toSeconds()));
  const again = decide(result.policy, record.situation, record.memory);
  const same = JSON.stringify(again) === JSON.stringify(record.decision);
  if (words.json === true) process.stdout.write(`${JSON.stringify({ record, again, same }, null, 2)}\n`);
  else process.stdout.write(`${sayDecision(record, result.policy)}\n${sayAgain(same, again)}\n`);
  if (!same)
    throw new Error("the decision came out differently; the record was made by another version of Forewarm");
}

/** The record is trusted as far as its schema line: it is our own file, and deciding again shows whether it fits. */
function parseResult(text: string, path: string): ReplayResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
  }
  const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
  if (schema !== REPLAY_SCHEMA) {
    throw new UsageError(
      `${path}: got schema ${String(schema)}, allowed is ${REPLAY_SCHEMA}; give a result.json of forewarm replay`,
    );
  }
  const result = value as ReplayResult;
  if (!Array.isArray(result.runs?.[0]?.decisions)) {
    throw new UsageError(`${path}: the file has the schema ${REPLAY_SCHEMA} but no decisions; make it again`);
  }
  return result;
}

function recordInForce({ runs, start, minutes }: ReplayResult, at: number): DecisionRecord {
  const decisions = runs[0]?.decisions ?? [];
  const record = decisions.findLast((each) => each.decision.at <= at);
  const end = start + minutes * 60;
  if (record === undefined || at >= end) {
    throw new UsageError(`--at: the replay runs from ${isoOf(start)} to ${isoOf(end)}, got ${isoOf(at)}`);
  }
  return record;
}

function sayDecision(
  { id, decision, outcome, situation }: DecisionRecord,
  policy: ReplayResult["policy"],
): string {
  const { needs, holds, bounds, overrides } = decision;
  const line = (kind: string, by: string, text: string): string => `  ${kind.padEnd(9)}${by}: ${text}`;
  return [
    `${isoOf(decision.at)}  ${decision.reason}`,
    `  units    desired ${situation.capacity.desired}, ready ${situation.capacity.ready}${situation.capacity.locked === null ? "" : ", locked"}`,
    ...needs.map((each) =>
      line(
        "need",
        each.by,
        `${each.units}${each.whenActing > each.units ? ` (${each.whenActing} when acting)` : ""}, ${each.reason}`,
      ),
    ),
    ...holds.map((each) => line("hold", each.by, `not below ${each.units}, ${each.reason}`)),
    ...bounds.map((each) => line("bound", each.by, `${each.from} → ${each.to}, ${each.reason}`)),
    ...(decision.memory.gate == null
      ? []
      : [line("forecast", decision.memory.gate.state, sayGate(decision.memory.gate))]),
    `  lead     ${sayLeadTimes(leadTimesOf(policy, decision.memory, decision.at), LEAD_TIME_LEVEL)}`,
    ...overrides.map((each) => line("override", each.kind, each.reason)),
    line("outcome", outcome.kind, "why" in outcome ? outcome.why : `${outcome.units} units`),
    `  record   ${id}; quiet minutes after it decided the same`,
  ].join("\n");
}

const sayAgain = (same: boolean, again: Decision): string =>
  same
    ? "Decided again from the record: the same."
    : `Decided again from the record: DIFFERENT, ${again.reason}`;
