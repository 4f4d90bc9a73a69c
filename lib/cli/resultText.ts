/** The JSON of a result in pieces: weeks of decisions as one string would take more memory than the replay itself. */
import type { ReplayResult, Run } from "../core/replayResult.ts";

/** Joined, the pieces are exactly `JSON.stringify(result)`. */
export function* resultText(result: ReplayResult): Generator<string> {
  const { runs, ...head } = result;
  yield `${JSON.stringify(head).slice(0, -1)},"runs":[`;
  for (const [index, run] of runs.entries()) {
    if (index > 0) yield ",";
    yield* runText(run);
  }
  yield "]}";
}

function* runText(run: Run): Generator<string> {
  const { decisions, ...head } = run;
  yield `${JSON.stringify(head).slice(0, -1)},"decisions":[`;
  for (const [index, record] of decisions.entries()) {
    yield `${index > 0 ? "," : ""}${JSON.stringify(record)}`;
  }
  yield "]}";
}
