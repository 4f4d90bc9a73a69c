/** The CloudWatch alarms that AWS target tracking makes for itself: M of N minutes, and no verdict without the data. */

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** ALARM when `minutes` of the last `ofMinutes` are beyond the threshold. */
export interface AlarmShape {
  readonly minutes: number;
  readonly ofMinutes: number;
}

/**
 * The state of an M-of-N alarm over the newest `ofMinutes` of `values` (oldest first; null, or not there yet, is
 * missing). ALARM needs `minutes` known values strictly beyond the threshold; where the missing ones could still make it
 * one, it cannot be told. CloudWatch may reach back to older points in place of missing ones; this does not.
 */
export function alarmState(
  values: readonly (number | null)[],
  threshold: number,
  comparison: "above" | "below",
  { minutes, ofMinutes }: AlarmShape,
): AlarmState {
  let breaching = 0;
  let missing = 0;
  let spared = 0;
  for (let minutesAgo = 0; minutesAgo < ofMinutes; minutesAgo++) {
    const value = values[values.length - 1 - minutesAgo] ?? null;
    if (value === null) missing++;
    else if (comparison === "above" ? value > threshold : value < threshold) breaching++;
    else if (++spared > ofMinutes - minutes) return "OK";
  }
  if (breaching >= minutes) return "ALARM";
  return breaching + missing >= minutes ? "INSUFFICIENT_DATA" : "OK";
}
