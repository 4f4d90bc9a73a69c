/**
 * The cost that no plan can undercut, as a linear programme over ready units, starts, served and violating requests in
 * slots: what is left of the question when requests of a slot do not wait, units are not whole and everything is known.
 */
import highsModule, { type Highs, type ModelData } from "highs";

// Its types describe the package as CommonJS, where the default export is a property; what is loaded is an ES module.
const loadHighs = highsModule as unknown as typeof highsModule.default;

export interface LinearProblem {
  /** Requests of each slot. */
  readonly arrivals: ArrayLike<number>;
  readonly slotSeconds: number;
  /** Requests of a slot that one unit can serve. */
  readonly perUnitSlot: number;
  /** Unit-seconds that a start costs before the unit serves. */
  readonly startSeconds: number;
  readonly min: number;
  readonly max: number;
  /** Share of all requests that may be violated. */
  readonly share: number;
}

/**
 * The least unit-seconds at which no more than the share is violated. The first slot's units are there without a start.
 * Throws an Error when the solver finds none: the maximum is too low for the share.
 */
export async function solveLinearProgramme(problem: LinearProblem): Promise<number> {
  const highs = await loadHighs();
  const data = modelOf(problem, highs);
  return highs.withModel(data, (model) => {
    model.options.set({ output_flag: false });
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) {
      throw new Error(
        `the linear programme has no solution: at most ${problem.max} units cannot keep violations to ${problem.share} of the requests`,
      );
    }
    return model.getObjectiveValue();
  });
}

/**
 * Columns: ready units, starts and violating requests, slot by slot. What is served is what is not violated, so it needs no
 * column of its own. Rows: units that were not there are started; what comes is served or violates; the share.
 */
function modelOf(problem: LinearProblem, highs: Highs): ModelData {
  const { arrivals, slotSeconds, startSeconds, min, max } = problem;
  const slots = arrivals.length;
  const rows = rowsOf(problem, highs.infinity);
  const perSlot = (ready: number, starts: number, violations: (slot: number) => number): Float64Array =>
    Float64Array.from({ length: 3 * slots }, (_, i) =>
      i < slots ? ready : i < 2 * slots ? starts : violations(i - 2 * slots),
    );
  return {
    numCols: 3 * slots,
    numRows: rows.lower.length,
    colCost: perSlot(slotSeconds, startSeconds, () => 0),
    colLower: perSlot(min, 0, () => 0),
    colUpper: perSlot(max, max, (slot) => arrivals[slot] as number),
    rowLower: rows.lower,
    rowUpper: rows.upper,
    matrix: { format: "csr", numRows: rows.lower.length, numCols: 3 * slots, ...rows.matrix },
  };
}

interface Rows {
  readonly lower: number[];
  readonly upper: number[];
  /** Compressed by row. */
  readonly matrix: { readonly starts: number[]; readonly indices: number[]; readonly values: number[] };
}

function rowsOf({ arrivals, perUnitSlot, share }: LinearProblem, infinity: number): Rows {
  const slots = arrivals.length;
  const rows: Rows = { lower: [], upper: [], matrix: { starts: [0], indices: [], values: [] } };
  const add = (from: number, to: number, entries: readonly (readonly [number, number])[]): void => {
    rows.lower.push(from);
    rows.upper.push(to);
    for (const [column, value] of entries) {
      rows.matrix.indices.push(column);
      rows.matrix.values.push(value);
    }
    rows.matrix.starts.push(rows.matrix.indices.length);
  };
  const [ready, started, violating] = [0, slots, 2 * slots];
  let requests = 0;
  for (let slot = 0; slot < slots; slot++) {
    const here = arrivals[slot] as number;
    requests += here;
    const grown = [ready + slot, 1] as const;
    if (slot > 0) add(-infinity, 0, [grown, [ready + slot - 1, -1], [started + slot, -1]]);
    add(here, infinity, [
      [ready + slot, perUnitSlot],
      [violating + slot, 1],
    ]);
  }
  const all = Array.from({ length: slots }, (_, slot) => [violating + slot, 1] as const);
  add(-infinity, share * requests, all);
  return rows;
}
