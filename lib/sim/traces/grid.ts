/** The regular grid that rows stand on: its step is the most common distance, its phase the most common one. */
import { DAY_SECONDS, type EpochSeconds, floorTo, isoOf, sayDuration } from "../../core/time.ts";
import type { BadRow, Row } from "./readRows.ts";
import { TraceProblem } from "./traceProblem.ts";

export interface Grid {
  readonly start: EpochSeconds;
  readonly stepSeconds: number;
  readonly steps: number;
  /** By time; the first stands at the start and the last at the last step. */
  readonly rows: readonly Row[];
  readonly offGrid: readonly BadRow[];
}

/** Five million steps are nine years of minutes. */
const MOST_STEPS = 5_000_000;

/** Rows in order of time, no two at one instant. Throws a TraceProblem for fewer than two, or no grid of a sane size. */
export function gridOf(rows: readonly Row[]): Grid {
  const stepSeconds = stepOf(rows);
  const phaseOf = ({ at }: Row): number => at - floorTo(at, stepSeconds);
  const phase = mostCommon(rows.map(phaseOf));
  const onGrid = rows.filter((row) => phaseOf(row) === phase);
  const [first, last] = ends(onGrid);
  const steps = (last.at - first.at) / stepSeconds + 1;
  if (steps > MOST_STEPS) {
    throw new TraceProblem(
      `got ${steps} steps of ${stepSeconds} s from ${isoOf(first.at)} (line ${first.line}) to ${isoOf(last.at)} ` +
        `(line ${last.line}); allowed are at most ${MOST_STEPS}; mend the time that is wrong, or cut the file`,
    );
  }
  const why = `the time is off the grid of ${stepSeconds} s`;
  const offGrid = rows
    .filter((row) => phaseOf(row) !== phase)
    .map(({ line, at }) => ({ line, why, got: isoOf(at) }));
  return { start: first.at, stepSeconds, steps, rows: onGrid, offGrid };
}

/** One value for each step; NaN where there is no row. */
export function fillGrid(
  { start, stepSeconds, steps, rows }: Grid,
  pick: (row: Row) => number,
): Float64Array {
  const values = new Float64Array(steps).fill(Number.NaN);
  for (const row of rows) values[(row.at - start) / stepSeconds] = pick(row);
  return values;
}

function stepOf(rows: readonly Row[]): number {
  if (rows.length < 2) {
    const got = rows[0] === undefined ? "no usable row" : `one usable row (line ${rows[0].line})`;
    throw new TraceProblem(`got ${got}; at least two with different times are needed to know the step`);
  }
  const stepSeconds = mostCommon(rows.slice(1).map(({ at }, i) => at - (rows[i] as Row).at));
  if (stepSeconds <= DAY_SECONDS) return stepSeconds;
  const [first] = ends(rows);
  throw new TraceProblem(
    `got a step of ${sayDuration(stepSeconds)} (from line ${first.line} on); allowed is one second to one day; ` +
      "give a finer export",
  );
}

/** Of equally common values the smallest. */
function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let most = { value: Number.NaN, count: 0 };
  for (const [value, count] of counts) {
    if (count > most.count || (count === most.count && value < most.value)) most = { value, count };
  }
  return most.value;
}

function ends(rows: readonly Row[]): readonly [Row, Row] {
  return [rows[0] as Row, rows.at(-1) as Row];
}
