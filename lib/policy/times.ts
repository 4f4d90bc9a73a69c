/** Times as people write them: ISO, with an offset or on a wall clock. */
import { DateTime } from "luxon";
import type { EpochSeconds } from "../core/time.ts";
import { saying } from "./fields.ts";
import type { Path, Report } from "./problems.ts";

export const TIME_WORDS =
  "a time such as 2026-11-11T00:00+08:00, or without offset in the target's time zone";

/** Null, after reporting it, for what is no time. */
export function timeOf(
  text: string | undefined,
  timeZone: string,
  path: Path,
  report: Report,
): EpochSeconds | null {
  const time = DateTime.fromISO(text ?? "", { zone: timeZone });
  if (time.isValid && /^\d{4}-\d{2}-\d{2}T/.test(text ?? "")) return Math.floor(time.toSeconds());
  report(path, saying(text, TIME_WORDS));
  return null;
}
