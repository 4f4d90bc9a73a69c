/** The policy of a stack: read, validated, and checked for what only a deployed controller needs. All problems at once. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { cloudWatchSeriesOf } from "../contract/cloudWatchMetrics.ts";
import type { Policy, TargetPolicy } from "../core/policy.ts";
import { type PolicyResult, parsePolicyObject, parsePolicyText } from "../policy/parsePolicy.ts";
import { formatProblems, type Problem } from "../policy/problems.ts";
import type { PolicyInput } from "../policy/schema.ts";

/** A path of a file, the object that people write, or a policy that `lib/policy` has completed. */
export type PolicySource = string | PolicyInput | Policy;

/** The policy is wrong, and nothing else: its message is for whoever wrote it. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

/** Throws one PolicyError with every problem: its path in the policy, the place in the file, what was got and what is allowed. */
export function deployablePolicy(source: PolicySource): Policy {
  const name = typeof source === "string" ? source : "the policy";
  const result = parsed(source);
  const problems = result.kind === "problems" ? result.problems : result.policy.targets.flatMap(undeployable);
  if (result.kind === "policy" && problems.length === 0) return result.policy;
  throw new PolicyError(formatProblems(problems, name));
}

function parsed(source: PolicySource): PolicyResult {
  // By the year, so that the same policy gives the same functions throughout it.
  const around = Date.now() / 1000;
  if (typeof source !== "string") {
    const read = (file: string): string => readFileSync(file, "utf8");
    return isComplete(source)
      ? { kind: "policy", policy: source }
      : parsePolicyObject(source, { read, around });
  }
  if (existsSync(source)) {
    const read = (file: string): string => readFileSync(resolve(dirname(source), file), "utf8");
    return parsePolicyText(readFileSync(source, "utf8"), { read, around });
  }
  const message = "there is no such file; give a path as seen from the working directory, or an absolute one";
  return { kind: "problems", problems: [{ path: "", message }] };
}

/** People name targets in a mapping; the completed policy lists them. */
function isComplete(source: PolicyInput | Policy): source is Policy {
  return Array.isArray(source.targets);
}

function undeployable(target: TargetPolicy): readonly Problem[] {
  const path = `targets.${target.id}`;
  if (target.kind === "kubernetes-workload") {
    const message =
      "got kubernetes-workload, which can be replayed but not deployed yet; allowed: the other kinds, such as eks-nodegroup";
    return [{ path: `${path}.kind`, message }];
  }
  const { load, rules } = target;
  const watched = [...(load === null ? [] : [{ path: "load", ...load }]), ...rules];
  return watched.flatMap((each) => {
    const series = cloudWatchSeriesOf(target, each.metric, each.statistic);
    return "problem" in series ? [{ path: `${path}.${each.path}`, message: series.problem }] : [];
  });
}
