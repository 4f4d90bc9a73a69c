/** Keeps a notification below the size that SNS and EventBridge take: 256 KB, counted in UTF-8. */
import type { Notification } from "../../../ports/notifier.ts";

/**
 * A character is 3 bytes of UTF-8 at most, or 6 as an escape in JSON; the text stands once as it is and once in JSON, so
 * that it takes 180,000 bytes at most.
 */
const TEXT_LENGTH = 20_000;

/** Targets' ids and the kinds of notices are much shorter. */
const NAME_LENGTH = 200;

/** The notification itself where it is short enough, which it is unless something is wrong; else cut, and it says so. */
export function withinLimits({ target, at, kind, text }: Notification): Notification {
  return { target: cut(target, NAME_LENGTH), at, kind: cut(kind, NAME_LENGTH), text: cut(text, TEXT_LENGTH) };
}

/** Half a character at the cut would not be valid text. */
function cut(text: string, length: number): string {
  return text.length <= length ? text.toWellFormed() : `${text.slice(0, length).toWellFormed()}… (cut)`;
}
