/** The functions by name: folders of their sources and of their bundles, and what they are called in AWS. */
import { createHash } from "node:crypto";

export const FUNCTION_NAMES = [
  "on-alarm",
  "on-tick",
  "on-endpoint-change",
  "on-promotion",
  "build-forecast",
  "on-removal",
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** They all run the scaling use case, whatever woke them, and so share its rights. */
export const SCALING_FUNCTIONS = ["on-alarm", "on-tick", "on-endpoint-change", "on-promotion"] as const;

/** Lambda's limit. */
const LONGEST_NAME = 64;
const HASH_DIGITS = 8;

/**
 * `Forewarm-on-tick`. Names are given rather than generated because on-promotion must know its own, and so that people
 * find their way. A long stack name is cut, and a hash of it keeps the name unique.
 */
export function functionNameOf(stackName: string, name: FunctionName): string {
  const whole = `${stackName}-${name}`;
  if (whole.length <= LONGEST_NAME) return whole;
  const hash = createHash("sha256").update(stackName).digest("hex").slice(0, HASH_DIGITS);
  const room = LONGEST_NAME - name.length - HASH_DIGITS - 2;
  return `${stackName.slice(0, room)}-${hash}-${name}`;
}

/** Where Lambda writes the function's logs. */
export function logGroupNameOf(stackName: string, name: FunctionName): string {
  return `/aws/lambda/${functionNameOf(stackName, name)}`;
}
