/** What SageMaker's errors mean. Most are not modelled: a ValidationException tells its cause in its message only. */
import type { Outcome } from "../../../core/capacity.ts";

/** `Cannot update in-progress endpoint "arn:…"`, `UPDATE_IN_PROGRESS`, or a status in which nothing can be updated. */
const IN_PROGRESS = /in[-_ ]progress|IN[-_ ]PROGRESS|\b(?:Updating|RollingBack|SystemUpdating)\b/;

/** `Could not find endpoint "arn:…"`: there is no error of its own for it. So too `Could not find inference component …`. */
const NOT_FOUND = /could not find|does not exist/i;

/** A change that SageMaker did not take: later, or never. Null for all other errors, which the caller throws on. */
export function outcomeOfError(error: unknown): Outcome | null {
  if (!(error instanceof Error)) return null;
  if (error.name === "ResourceLimitExceeded") return { kind: "refused", why: error.message };
  const wait = error.name === "ValidationException" && IN_PROGRESS.test(error.message);
  return wait ? { kind: "deferred", why: error.message } : null;
}

/** The error with the target's name and what to do, where what it names does not exist; any other as it is. */
export function withPlace(error: unknown, target: string, what: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name !== "ValidationException" || !NOT_FOUND.test(error.message)) return error;
  const todo = "create it, correct its name in the policy, or remove the target";
  return new Error(`${target}: SageMaker has no ${what} (${error.message}); ${todo}`, { cause: error });
}
