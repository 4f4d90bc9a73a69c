/** Metrics that a policy declares: where CloudWatch has them, or the metric math that makes them. */
import type { DeclaredMetric } from "../core/policy.ts";
import type { Statistic } from "../core/reading.ts";
import type { Path, Report } from "./problems.ts";
import type { WrittenTarget } from "./schema.ts";

type Written = WrittenTarget["metrics"][string];

/** By name; one that says neither where it is nor how it is made is reported and left out. */
export function declaredMetrics(
  { metrics }: WrittenTarget,
  path: Path,
  report: Report,
): Readonly<Record<string, DeclaredMetric>> {
  const declared = Object.entries(metrics).flatMap(([name, written]) => {
    const metric = declaredMetric(written, [...path, "metrics", name], report);
    return metric === null ? [] : [[name, metric] as const];
  });
  return Object.fromEntries(declared);
}

function declaredMetric(written: Written, path: Path, report: Report): DeclaredMetric | null {
  const { namespace, name, dimensions = {}, expression, of } = written;
  const statistic = written.statistic as Statistic;
  if (expression === undefined && of === undefined && namespace !== undefined && name !== undefined) {
    return { parts: { m: { namespace, name, dimensions, statistic } }, expression: null };
  }
  const joins = of === undefined ? [] : Object.entries(of);
  const isAlsoLocated = namespace !== undefined || name !== undefined || written.dimensions !== undefined;
  if (expression === undefined || joins.length === 0 || isAlsoLocated) {
    report(
      path,
      `got ${sayKeys(written)}; allowed: namespace and name (with dimensions), or expression and of`,
    );
    return null;
  }
  if (joins.length > MOST_JOINED) {
    report(
      [...path, "of"],
      `got ${joins.length} metrics; allowed: at most ${MOST_JOINED}, an alarm takes ten with the expression`,
    );
    return null;
  }
  const parts = joins.map(([id, part]) => {
    const own = (part.statistic ?? statistic) as Statistic;
    return [
      id,
      { namespace: part.namespace, name: part.name, dimensions: part.dimensions ?? {}, statistic: own },
    ];
  });
  return { parts: Object.fromEntries(parts), expression };
}

const MOST_JOINED = 9;

const LOCATING = ["namespace", "name", "dimensions", "expression", "of"] as const;

function sayKeys(written: Written): string {
  return LOCATING.filter((key) => written[key] !== undefined).join(", ") || "none of them";
}
