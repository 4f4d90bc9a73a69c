/** A policy of one target as people write it, and what becomes of it. */
import type { Policy } from "../../lib/core/policy.ts";
import { parsePolicyObject } from "../../lib/policy/parsePolicy.ts";

export const CHAT = {
  kind: "sagemaker-variant",
  endpoint: "chat-prod",
  variant: "AllTraffic",
  capacity: { min: 1, max: 12 },
  load: { metric: "invocations", perUnit: 240 },
};

export const withChat = (parts: object, more: object = {}): unknown => ({
  targets: { chat: { ...CHAT, ...parts } },
  ...more,
});

/** Throws with the problems where it is refused. */
export function policyOf(value: unknown): Policy {
  const result = parsePolicyObject(value);
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
  return result.policy;
}
