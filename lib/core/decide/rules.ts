/** Threshold rules: M of the last N minutes beyond a threshold, on any named metric. */
import type { Situation } from "../decision.ts";
import type { Rule, TargetPolicy } from "../policy.ts";
import { readingAt, type Series } from "../reading.ts";
import { type EpochSeconds, MINUTE_SECONDS, sayDuration } from "../time.ts";
import { sayNumber } from "./say.ts";

export interface RuleState {
  readonly rule: Rule;
  /** Minutes of the window beyond the threshold. */
  readonly beyond: number;
  /** Enough of them: the rule holds. */
  readonly breaching: boolean;
  /**
   * The newest value beyond the threshold. For an `in` rule not known behind a missing minute: that one may have been
   * nearer to the threshold, and would have released less.
   */
  readonly value: number | null;
  /** Why the rule cannot be judged, when too few of its minutes are known to tell. */
  readonly blind: string | null;
  /** Not one of its minutes is known: the metric may not exist at all. */
  readonly isUnknown: boolean;
}

/**
 * The state of every rule. Minutes that began before the ready units last changed speak of another capacity and do not
 * count, except for a `freeze`: errors are no matter of capacity, and a bad deploy that keeps crashing changes the ready
 * units all the time.
 */
export function ruleStates(
  policy: TargetPolicy,
  situation: Situation,
  readySince: EpochSeconds | null,
): readonly RuleState[] {
  return policy.rules.map((rule) => {
    const alarm = situation.alarms?.find((each) => each.rule === rule.path)?.state;
    if (rule.fromNone && situation.capacity.ready > 0) return quiet(rule);
    if (alarm === "quiet") return quiet(rule);
    if (alarm === "blind") return unseen(rule, "its alarm has no data");
    const series = situation.metrics.find(
      (each) => each.metric === rule.metric && each.statistic === rule.statistic,
    );
    if (series === undefined) return unseen(rule, "the metric was not read");
    const age = situation.now - series.end;
    if (age > policy.staleAfterSeconds) return unseen(rule, `the newest reading is ${sayDuration(age)} old`);
    const since = rule.scale === "freeze" ? null : readySince;
    const state = judge(rule, series, since, isIdle(situation.load, rule.ofMinutes));
    // What counts refusals is not published while there are none.
    return rule.fromNone && !state.breaching ? quiet(rule) : state;
  });
}

function judge(rule: Rule, series: Series, readySince: EpochSeconds | null, idle: boolean): RuleState {
  let beyond = 0;
  let missing = 0;
  let value: number | null = null;
  let hidden = false;
  for (let minutesAgo = 0; minutesAgo < rule.ofMinutes; minutesAgo++) {
    const minuteStart = series.end - (minutesAgo + 1) * MINUTE_SECONDS;
    if (readySince !== null && minuteStart < readySince) break;
    const reading = readingAt(series, minutesAgo);
    if (reading.kind === "missing") {
      hidden ||= rule.scale === "in";
      if (idle && permits(rule)) beyond++;
      else missing++;
    } else if (isBeyond(rule, reading.value)) {
      beyond++;
      if (!hidden) value ??= reading.value;
    }
  }
  const breaching = beyond >= rule.minutes;
  const undecided = !breaching && beyond + missing >= rule.minutes;
  const blind =
    undecided && !idle ? (series.why ?? `${missing} of ${rule.ofMinutes} minutes are missing`) : null;
  return { rule, beyond, breaching, value, blind, isUnknown: missing === rule.ofMinutes };
}

/** With no requests at all there is nothing that an `in` rule could be waiting for. */
const permits = (rule: Rule): boolean => rule.scale === "in" && rule.comparison === "below";

/** The alarm saw all minutes of its window and found too few beyond the threshold, or the rule has no say now. */
const quiet = (rule: Rule): RuleState => ({
  rule,
  beyond: 0,
  breaching: false,
  value: null,
  blind: null,
  isUnknown: false,
});

const unseen = (rule: Rule, why: string): RuleState => ({
  rule,
  beyond: 0,
  breaching: false,
  value: null,
  blind: why,
  isUnknown: true,
});

const isBeyond = (rule: Rule, value: number): boolean =>
  rule.comparison === "above" ? value > rule.threshold : value < rule.threshold;

/** Metrics of requests are absent without requests: known zero load explains their absence. */
function isIdle(load: Series | null, minutes: number): boolean {
  if (load === null) return false;
  for (let minutesAgo = 0; minutesAgo < minutes; minutesAgo++) {
    const reading = readingAt(load, minutesAgo);
    if (reading.kind === "missing" || reading.value > 0) return false;
  }
  return true;
}

/** `gpuUtilization average 84 above 70 in 2 of 2 min`. */
export function sayRule({ rule, beyond, value }: RuleState): string {
  const seen = value === null ? "" : ` ${sayNumber(value)}`;
  return `${rule.metric} ${rule.statistic}${seen} ${rule.comparison} ${sayNumber(rule.threshold)} in ${beyond} of ${rule.ofMinutes} min`;
}
