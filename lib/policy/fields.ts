/** The building blocks of the schema: each leaf says what it allows, each object refuses keys that it does not know. */
import { z } from "zod";
import { nearest, sayGot } from "./problems.ts";

/** Names of targets and metrics. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** A text that `parse` turns into a value; what it cannot is refused with what was got and what is allowed. */
export function written<T>(parse: (text: string) => T | null, allowed: string, description: string) {
  return z
    .string({ error: (issue) => saying(issue.input, allowed) })
    .meta({ description: `${description}: ${allowed}` })
    .transform((text, context) => {
      const value = parse(text);
      if (value !== null) return value;
      context.addIssue({ code: "custom", message: saying(text, allowed) });
      return z.NEVER;
    });
}

/** A text of a pattern, such as a name that AWS gives. */
export function named(pattern: RegExp, allowed: string, description: string) {
  return z
    .string({ error: (issue) => saying(issue.input, allowed) })
    .regex(pattern, { error: (issue) => saying(issue.input, allowed) })
    .meta({ description: `${description}: ${allowed}` });
}

export function number(minimum: number, isWhole: boolean, allowed: string, description: string) {
  const error = (issue: { readonly input?: unknown }): string => saying(issue.input, allowed);
  const base = isWhole ? z.int({ error }) : z.number({ error });
  return base
    .min(minimum, { error })
    .max(1e9, { error })
    .meta({ description: `${description}: ${allowed}` });
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T, description: string) {
  const allowed = values.join(", ");
  return z.enum(values, { error: (issue) => saying(issue.input, `one of ${allowed}`) }).meta({ description });
}

/** An object that refuses keys it does not know, and says which it does. */
export function strict<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") return sayUnknown(issue.keys, known);
      return saying(issue.input, `a mapping with the keys ${known.join(", ")}`);
    },
  });
}

function sayUnknown(keys: readonly string[], known: readonly string[]): string {
  const each = keys.map((key) => {
    const near = nearest(key, known);
    return near === null ? `"${key}"` : `"${key}" (did you mean "${near}"?)`;
  });
  return `got the unknown key ${each.join(", ")}; allowed: ${known.join(", ")}`;
}

export const saying = (got: unknown, allowed: string): string => `got ${sayGot(got)}; allowed: ${allowed}`;
