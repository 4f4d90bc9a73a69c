/** Runs a fit in WebAssembly that may trap or give nonsense, as a rival and as a candidate of an ensemble. */
import type { DayTable } from "../../core/forecast/calendar.ts";
import type { Candidate } from "../../core/forecast/candidates/candidate.ts";
import { type Attempt, isFailed } from "../../core/forecast/compare/forecaster.ts";
import type { Renewable } from "./load.ts";
import { checked, failed, highestOf, sayFault, withoutGaps } from "./series.ts";

/** One list a level, one number a slot. */
export type Bands = readonly ArrayLike<number>[];

/** The quantiles that `bandsOf` gives. Failed, and the module renewed, when it throws; failed when they are beyond belief. */
export async function tried<Module>(
  modules: Renewable<Module>,
  values: Float64Array,
  slots: number,
  bandsOf: (module: Module) => Bands,
): Promise<Attempt> {
  const module = await modules.get();
  try {
    return checked(bandsOf(module), highestOf(values), slots);
  } catch (error) {
    modules.renew();
    return failed(`it stopped with: ${sayFault(error)}`);
  }
}

/** The middle path of `count` cells after `values`, which are on the table's square-root scale and without gaps. */
export type FitPath<Module> = (
  module: Module,
  values: Float64Array,
  table: DayTable,
  count: number,
) => ArrayLike<number> | null;

/**
 * A candidate that works at once, since its module is loaded. NaN, which is nothing said, where the fit says null, stops
 * or gives nonsense; after a stop, until a fresh instance is there.
 */
export async function candidateOf<Module>(
  name: string,
  modules: Renewable<Module>,
  fitted: FitPath<Module>,
): Promise<Candidate> {
  let module: Module | null = await modules.get();
  const renew = (): void => {
    module = null;
    modules.renew();
    modules.get().then(
      (fresh) => {
        module = fresh;
      },
      () => undefined,
    );
  };
  return {
    name,
    path(table, origin, count) {
      const nothing = new Float64Array(count).fill(Number.NaN);
      const values = withoutGaps(knownBefore(table, origin));
      if (module === null || values === null) return nothing;
      try {
        const path = fitted(module, values, table, count);
        const found = path === null ? null : checked([path], highestOf(values), count);
        if (found === null || isFailed(found)) return nothing;
        // The last bits hang on the order in which the library adds seasons up, which is not always the same.
        return (found[0] ?? nothing).map(Math.fround);
      } catch {
        renew();
        return nothing;
      }
    },
  };
}

/** From the first known cell on. */
function knownBefore({ mean }: DayTable, origin: number): Float64Array {
  const before = mean.subarray(0, origin);
  const first = before.findIndex((value) => !Number.isNaN(value));
  return before.subarray(first < 0 ? before.length : first);
}
