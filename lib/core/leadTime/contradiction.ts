/** Says how measured starts stand to the policy's lead time, and when that is worth a person's while. */
import { conformalQuantile } from "../quantile.ts";
import { MINUTE_SECONDS, sayDuration } from "../time.ts";
import { type LeadTimes, leadTimeQuantile } from "./leadTimes.ts";

/** Of what is told: it is told once, and again only after it was over. */
export const LEAD_TIME_NOTICE = "lead time";

/** Told from four starts on whose median is more than half as long again as expected, or less than two thirds of it. */
const STARTS_TO_TELL = 4;
const TOLD_FACTOR = 1.5;

/** While it is told it holds until they are this near, so that a median on the edge is not told again and again. */
const OVER_FACTOR = 1.25;

const WORST_LEVEL = 0.95;

/** Whether the measured starts contradict the policy; `isTold`: they did so before. */
export function contradictsPolicy({ ascending, belief }: LeadTimes, isTold: boolean): boolean {
  if (ascending.length < STARTS_TO_TELL) return false;
  return Math.abs(Math.log(belief.factor)) > Math.log(isTold ? OVER_FACTOR : TOLD_FACTOR);
}

/** What a person is told, with what to write. */
export function sayContradiction(leadTimes: LeadTimes): string {
  const { stated, ascending } = leadTimes;
  const expected = conformalQuantile(ascending, 0.5);
  const worst = conformalQuantile(ascending, WORST_LEVEL);
  return `the policy says that a start takes ${sayDuration(stated.expectedSeconds)}, ${sayMeasured(leadTimes)}: what was measured is used; write leadTime: { expected: ${writeMinutes(expected)}, worst: ${writeMinutes(worst)} }`;
}

/** Of a decision, for `explain`: what is planned with and what it rests on. */
export function sayLeadTimes(leadTimes: LeadTimes, level: number): string {
  const { stated, belief, ascending } = leadTimes;
  const planned = `${sayDuration(leadTimeQuantile(leadTimes, { level }))} in ${level * 100} % of starts`;
  const policy = `the policy says ${sayDuration(stated.expectedSeconds)}, at worst ${sayDuration(stated.worstSeconds)}`;
  if (ascending.length === 0) return `${planned}: ${policy}; nothing was measured yet`;
  return `${planned}: ${sayMeasured(leadTimes)}; ${policy} (believed to ${Math.round(100 * belief.right)} %)`;
}

function sayMeasured({ ascending }: LeadTimes): string {
  const count = ascending.length;
  const lowest = sayDuration(ascending[0] as number);
  const highest = sayDuration(ascending.at(-1) as number);
  const range = lowest === highest ? lowest : `${lowest} to ${highest}`;
  return count === 1 ? `one start took ${range}` : `the last ${count} starts took ${range}`;
}

/** As a policy writes it, never less than it is. */
function writeMinutes(seconds: number): string {
  return `${Math.max(1, Math.ceil(seconds / MINUTE_SECONDS))}m`;
}
