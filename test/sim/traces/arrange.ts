/** Traces and CSV texts as the tests of this folder need them. */
import { parseTrace } from "../../../lib/sim/traces/parseTrace.ts";
import type { Trace } from "../../../lib/sim/traces/trace.ts";

/** Tuesday, 11 November 2025, 00:00 UTC. */
export const START = 1_762_819_200;

export function traceOf(requests: readonly number[], overrides: Partial<Trace> = {}): Trace {
  return {
    name: "test",
    synthetic: false,
    start: START,
    stepSeconds: 60,
    requests: Float64Array.from(requests),
    inputTokens: null,
    outputTokens: null,
    setAside: [],
    missingSteps: requests.filter(Number.isNaN).length,
    notes: [],
    ...overrides,
  };
}

/** The trace in a text; fails the test where there is none. */
export function parsed(text: string): Trace {
  const result = parseTrace(text, "test");
  if (result.kind === "problem") throw new Error(`expected a trace, got the problem: ${result.message}`);
  return result.trace;
}

/** The problem with a text; fails the test where there is none. */
export function problemOf(text: string): string {
  const result = parseTrace(text, "test");
  if (result.kind === "trace") throw new Error("expected a problem, got a trace");
  return result.message;
}

/** `2025-11-11T00:05:00Z`, `minute` minutes after START. */
export function timeAt(minute: number): string {
  return new Date((START + 60 * minute) * 1000).toISOString().replace(".000Z", "Z");
}

/** Ten good rows with a header, one a minute with 1, 2, … 10 requests; the first row is line 2. */
export const TEN_ROWS = [
  "timestamp,requests",
  ...Array.from({ length: 10 }, (_, i) => `${timeAt(i)},${i + 1}`),
];
