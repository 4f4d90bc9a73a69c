/** The JSON of a result in pieces: weeks of decisions as one string would take more memory than the replay itself. */
import type { ReplayResult, Run } from "../core/replayResult.ts";

/** Joined, the pieces are exactly `JSON.stringify(result)`. */
export function resultText(result: ReplayResult): Generator<string> {
  return objectText(result, "runs", listText(result.runs, runText));
}

const runText = (run: Run): Iterable<string> =>
  objectText(
    run,
    "decisions",
    listText(run.decisions, (record) => [JSON.stringify(record)]),
  );

/** The object's keys in their order; the value of `key` comes in pieces. No value may be undefined. */
function* objectText(object: object, key: string, pieces: Iterable<string>): Generator<string> {
  for (const [index, [name, value]] of Object.entries(object).entries()) {
    yield `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`;
    if (name === key) yield* pieces;
    else yield JSON.stringify(value);
  }
  yield "}";
}

function* listText<Item>(
  items: readonly Item[],
  textOf: (item: Item) => Iterable<string>,
): Generator<string> {
  yield "[";
  for (const [index, item] of items.entries()) {
    if (index > 0) yield ",";
    yield* textOf(item);
  }
  yield "]";
}
