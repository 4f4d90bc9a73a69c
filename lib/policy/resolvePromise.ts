/** The promised share of requests: as it is stated, from the price of a missed request, or the default. */
import { shareOfPrice } from "../core/promise/promise.ts";
import { DEFAULTS } from "./defaults.ts";
import { saying } from "./fields.ts";
import type { Path, Report } from "./problems.ts";
import type { WrittenTarget } from "./schema.ts";
import { parseShare } from "./shares.ts";

/** Its problems are reported; the default then stands in, so that others can be found as well. */
export function resolvePromise(target: WrittenTarget, path: Path, report: Report): number {
  const { objective, price } = target;
  const usual = parseShare(DEFAULTS.objective.share) as number;
  if (price.perMissedRequest !== undefined) return fromPrice(target, path, report) ?? usual;
  if (objective.share === undefined) return usual;
  if (objective.share > 0 && objective.share <= 1) return objective.share;
  report(
    [...path, "objective", "share"],
    saying(sayShare(objective.share), "above 0% and at most 100%, such as 99.9%"),
  );
  return usual;
}

/** Null where the price cannot be used. */
function fromPrice({ objective, price, load }: WrittenTarget, path: Path, report: Report): number | null {
  const at: Path = [...path, "price", "perMissedRequest"];
  if (objective.share !== undefined) {
    report(at, "got it beside objective.share; allowed: one of them, since each sets the promise");
    return null;
  }
  if (load?.metric !== "invocations" || typeof load.perUnit !== "number") {
    report(
      at,
      "got it without a load in requests; allowed: with load.metric invocations and a stated load.perUnit, since it is weighed against the requests that a unit carries",
    );
    return null;
  }
  if (price.perUnitHour <= 0) {
    report(at, "got it beside a perUnitHour of 0; allowed: a price above 0 to weigh it against");
    return null;
  }
  return shareOfPrice((price.perMissedRequest as number) / price.perUnitHour, load.perUnit);
}

/** As it was written: 0.29 × 100 would be said as 28.999999999999996. */
export const sayShare = (share: number): string => `${Number((share * 100).toPrecision(12))}%`;
