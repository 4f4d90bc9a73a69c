/** Reads forecast rows that another model wrote: JSON Lines, a JSON list or one JSON object; docs/external-forecasts.md. */
import { z } from "zod";
import { type ForecastRow, ROWS_SCHEMA } from "../../core/forecast/external/row.ts";
import { HIGHEST_PACKED } from "../../core/forecast/packValues.ts";
import { DAY_SECONDS, HOUR_SECONDS, isoOf, MINUTE_SECONDS } from "../../core/time.ts";

export type RowsResult =
  | { readonly kind: "rows"; readonly rows: readonly ForecastRow[] }
  | { readonly kind: "problems"; readonly problems: readonly string[] };

/** After so many problems the rest are only counted. */
const MOST_PROBLEMS = 10;

/** A month of minutes. */
const MOST_SLOTS = 44_640;

const MOST_LEVELS = 99;

/** Never throws: what is wrong is said for each row, with what was got, what is allowed and what to do. */
export function parseForecastRows(text: string): RowsResult {
  const values = valuesIn(text);
  if (typeof values === "string") return { kind: "problems", problems: [values] };
  const problems: string[] = [];
  const rows: ForecastRow[] = [];
  for (const { value, where } of values) {
    const parsed = rowSchema.safeParse(value);
    const flaws = parsed.success
      ? flawsOf(parsed.data)
      : parsed.error.issues.map(({ path, message }) => `${path.join(".") || "row"}: ${message}`);
    problems.push(...flaws.map((flaw) => `${where}: ${flaw}`));
    if (parsed.success && flaws.length === 0) rows.push(rowOf(parsed.data));
  }
  if (problems.length === 0) return { kind: "rows", rows };
  const more = problems.length - MOST_PROBLEMS;
  return {
    kind: "problems",
    problems: [...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])],
  };
}

interface Found {
  readonly value: unknown;
  readonly where: string;
}

/** The rows as they stand in the text, or what is wrong with it. */
function valuesIn(text: string): readonly Found[] | string {
  const trimmed = text.trim();
  if (trimmed === "") return `the file is empty; allowed are rows of ${ROWS_SCHEMA}`;
  const whole = parsed(trimmed);
  if (Array.isArray(whole?.value)) {
    if (whole.value.length === 0) return `the list is empty; allowed are rows of ${ROWS_SCHEMA}`;
    return whole.value.map((value: unknown, i) => ({ value, where: `row ${i + 1}` }));
  }
  if (whole !== null) return [{ value: whole.value, where: "row 1" }];
  const found: Found[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const row = parsed(line);
    if (row === null) {
      return `line ${i + 1} is not JSON; allowed are one JSON object a line, a JSON list, or one JSON object`;
    }
    found.push({ value: row.value, where: `line ${i + 1}` });
  }
  return found;
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

const TIME_HINT = "allowed is an ISO time with its zone, such as 2025-11-11T08:00:00Z, or seconds since 1970";

const time = z
  .union([z.iso.datetime({ offset: true, error: TIME_HINT }), z.int().min(0).max(1e11)], { error: TIME_HINT })
  .transform((at) => (typeof at === "number" ? at : Date.parse(at) / 1000));

const level = z.number({ error: "allowed is a number between 0 and 1" }).gt(0).lt(1);

const load = z
  .number({ error: "allowed is a number of at least 0 (load per minute); missing values are not allowed" })
  .min(0, { error: ({ input }) => `got ${String(input)}, allowed is a load per minute of at least 0` })
  .max(HIGHEST_PACKED);

const rowSchema = z.strictObject({
  schema: z.literal(ROWS_SCHEMA, { error: `allowed is ${ROWS_SCHEMA}` }),
  model: z.string().regex(/^[\w.:+-]{1,64}$/, { error: "allowed are 1 to 64 letters, digits and . : _ + -" }),
  series: z.string().min(1).max(256).optional(),
  madeAt: time,
  historyEnd: time,
  slotSeconds: z.int().min(MINUTE_SECONDS).max(HOUR_SECONDS),
  start: time,
  levels: z.array(level).min(2).max(MOST_LEVELS),
  quantiles: z.array(z.array(load).min(1).max(MOST_SLOTS)),
});

type RawRow = z.infer<typeof rowSchema>;

function rowOf({ schema: _, series, ...row }: RawRow): ForecastRow {
  return { ...row, series: series ?? null };
}

/** What no single field can tell. */
function flawsOf(row: RawRow): readonly string[] {
  const { levels, quantiles, slotSeconds, start, historyEnd, madeAt } = row;
  const flaws: string[] = [];
  if (DAY_SECONDS % slotSeconds !== 0) flaws.push(`slotSeconds: got ${slotSeconds}, it must divide a day`);
  if (start % slotSeconds !== 0) {
    flaws.push(`start: got ${isoOf(start)}, it must be a multiple of ${slotSeconds} s; start a slot earlier`);
  }
  if (historyEnd % slotSeconds !== 0) {
    flaws.push(
      `historyEnd: got ${isoOf(historyEnd)}, it must be a multiple of ${slotSeconds} s: give whole slots`,
    );
  }
  if (madeAt < historyEnd) {
    flaws.push(
      `madeAt: ${isoOf(madeAt)} is before historyEnd ${isoOf(historyEnd)}; a model sees only the past`,
    );
  }
  if (!levels.includes(0.5)) flaws.push(`levels: got ${levels.join(", ")}, 0.5 must be among them`);
  if (levels.some((each, i) => i > 0 && each <= (levels[i - 1] as number))) {
    flaws.push(`levels: got ${levels.join(", ")}, each must be higher than the one before`);
  }
  if ((levels.at(-1) as number) < 0.9) {
    flaws.push(`levels: the highest is ${levels.at(-1)}, at least 0.9 is needed to plan capacity`);
  }
  if (quantiles.length !== levels.length) {
    flaws.push(
      `quantiles: got ${quantiles.length} lists for ${levels.length} levels; one list a level is needed`,
    );
    return flaws;
  }
  const slots = quantiles[0]?.length ?? 0;
  const uneven = quantiles.findIndex((band) => band.length !== slots);
  if (uneven >= 0) {
    flaws.push(`quantiles.${uneven}: got ${quantiles[uneven]?.length} numbers, the first list has ${slots}`);
    return flaws;
  }
  if (start + slots * slotSeconds <= historyEnd) {
    flaws.push(`start: the row ends before historyEnd ${isoOf(historyEnd)}; it forecasts nothing`);
  }
  const fall = firstFall(quantiles);
  if (fall !== null) {
    const [l, slot] = fall;
    const [low, high] = [quantiles[l - 1]?.[slot], quantiles[l]?.[slot]];
    flaws.push(
      `quantiles.${l}.${slot}: got ${high} at level ${levels[l]} under ${low} at ${levels[l - 1]}; sort each slot's quantiles`,
    );
  }
  return flaws;
}

/** Level and slot of the first quantile that is lower than the one of the level below it. */
function firstFall(quantiles: readonly (readonly number[])[]): readonly [number, number] | null {
  for (const [l, band] of quantiles.entries()) {
    const below = quantiles[l - 1];
    const slot = below === undefined ? -1 : band.findIndex((value, i) => value < (below[i] as number));
    if (slot >= 0) return [l, slot];
  }
  return null;
}
