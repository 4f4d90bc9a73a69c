/** Writes a trace as the CSV that `parseTrace` reads, so that made traces can be kept, shown and replayed. */
import type { EpochSeconds } from "../../core/time.ts";
import { SYNTHETIC_COMMENT, type Trace } from "./trace.ts";

/**
 * One row for each step that has a count; a missing step has no row. Read again it gives the same start, step, counts
 * and tokens, and the same label where it is synthetic; its name, notes and set-aside rows are not written.
 */
export function traceToCsv({ synthetic, start, stepSeconds, requests, ...tokens }: Trace): string {
  const columns: readonly (readonly [string, Float64Array])[] = [
    ["requests", requests],
    ...(tokens.inputTokens === null ? [] : [["input_tokens", tokens.inputTokens] as const]),
    ...(tokens.outputTokens === null ? [] : [["output_tokens", tokens.outputTokens] as const]),
  ];
  const lines = synthetic ? [`${SYNTHETIC_COMMENT}: made by a generator, not recorded`] : [];
  lines.push(["timestamp", ...columns.map(([name]) => name)].join(","));
  for (let step = 0; step < requests.length; step++) {
    if (Number.isNaN(requests[step])) continue;
    const fields = columns.map(([, values]) => field(values[step] as number));
    lines.push([timestamp(start + step * stepSeconds), ...fields].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Always with seconds: some readers take the first row's shape for all. */
function timestamp(at: EpochSeconds): string {
  return new Date(at * 1000).toISOString().replace(".000Z", "Z");
}

function field(value: number): string {
  return Number.isNaN(value) ? "" : String(value);
}
