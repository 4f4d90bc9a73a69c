/** Percentages and steps as people write them. */
import type { Step } from "../core/policy.ts";

export const SHARE_WORDS = "a percentage such as 99.9%";

/** `99.9%` → 0.999, exactly the nearest number to it; null without the percent sign, which a bare number leaves open. */
export function parseShare(text: string): number | null {
  const percent = parsePercent(text);
  return percent === null ? null : Number((percent / 100).toPrecision(12));
}

/** `70%` → 70; null for anything else. */
export function parsePercent(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim());
  const percent = Number(match?.[1] ?? Number.NaN);
  return Number.isFinite(percent) ? percent : null;
}

export const STEP_WORDS = "a number of units such as 2, or a percentage of them such as 50%";

/** A whole number of units, or a percentage of the units there are; null for anything else or for nothing at all. */
export function parseStep(value: string | number): Step | null {
  if (typeof value === "number" || /^\d+$/.test(value.trim())) {
    const units = Number(value);
    return Number.isInteger(units) && units >= 1 ? { units } : null;
  }
  const share = parseShare(value);
  return share !== null && share > 0 ? { share } : null;
}
