/** Reads which steps of traces were invented to fill gaps, so that nobody learns from them or is scored on them. */
import { z } from "zod";
import type { MaskedWindow } from "../../core/forecast/history.ts";
import { UsageError } from "../exit.ts";
import { readText } from "../files.ts";

const schema = z.record(
  z.string(),
  z.array(z.looseObject({ start: z.iso.datetime({ offset: true }), end: z.iso.datetime({ offset: true }) })),
);

/** By file name. Throws a UsageError that says what is wrong with the file. */
export async function readFilledSteps(path: string): Promise<ReadonlyMap<string, readonly MaskedWindow[]>> {
  const text = await readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--filled: ${path} is not JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new UsageError(
      `--filled: ${path}: ${issue?.path.join(".")}: ${issue?.message}; allowed is ` +
        '{"trace.csv": [{"start": "2025-11-11T08:00:00Z", "end": "2025-11-11T09:00:00Z"}]}',
    );
  }
  const secondsOf = (iso: string): number => Date.parse(iso) / 1000;
  return new Map(
    Object.entries(result.data).map(([name, windows]) => [
      name,
      windows.map(({ start, end }) => ({ start: secondsOf(start), end: secondsOf(end) })),
    ]),
  );
}
