/** Names of promotions' timers in EventBridge Scheduler: made from what they are for, so that they are found without a list. */
import { createHash } from "node:crypto";
import { TIMER_NAME_LENGTH } from "../../../contract/events.ts";

/** 64 bits: ids that read alike after other characters were replaced still have names of their own. */
const HASH_LENGTH = 16;

/**
 * The name of one of a promotion's timers: what can be read of target and promotion, a hash of both, and the index. Only
 * letters, digits, `-`, `_` and `.`, at most 64 of them.
 */
export function timerName(target: string, promotion: string, index: number): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([target, promotion]))
    .digest("hex");
  const end = `-${hash.slice(0, HASH_LENGTH)}-${index}`;
  const readable = `${target}-${promotion}`.replaceAll(/[^0-9A-Za-z._-]+/g, "-");
  return `${readable.slice(0, TIMER_NAME_LENGTH - end.length)}${end}`;
}
