/** What became of an event from outside: understood, or set aside with the reason. Nothing malformed is ever an error. */
import { z } from "zod";
import type { EpochSeconds } from "../../lib/core/time.ts";

export type Parsed<E> =
  | { readonly kind: "understood"; readonly event: E }
  | { readonly kind: "set aside"; readonly why: string };

export const understood = <E>(event: E): Parsed<E> => ({ kind: "understood", event });
export const setAside = (why: string): { readonly kind: "set aside"; readonly why: string } => ({
  kind: "set aside",
  why,
});

/** An event later than this says nothing about now: the ticks since then have looked at everything. */
export const LATE_SECONDS = 600;

/** Clocks of different machines differ by less. */
export const FUTURE_SECONDS = 120;

/** Why an event of that time is set aside; null when it is of now. */
export function untimely(at: EpochSeconds, now: EpochSeconds): string | null {
  if (now - at > LATE_SECONDS) {
    return `it is ${now - at} s old; allowed: ${LATE_SECONDS} s, ticks have looked since`;
  }
  return at - now > FUTURE_SECONDS ? `it is from ${at - now} s in the future` : null;
}

/** An instant as AWS writes it (`2024-07-16T13:14:42.817+0000`, ISO, or milliseconds as text), in epoch seconds. */
export const instant = z.union([z.string().max(64), z.number()]).transform((value, context) => {
  const milliseconds =
    typeof value === "number" || /^\d{12,14}$/.test(value) ? Number(value) : Date.parse(value);
  if (Number.isFinite(milliseconds)) return Math.floor(milliseconds / 1000);
  context.addIssue({ code: "custom", message: "is no time" });
  return z.NEVER;
});

/** The first few problems, short: the event itself may be a megabyte. */
export function sayIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join(".") || "the event"}: ${message.slice(0, 120)}`)
    .join("; ");
}
