/** An alarm on a rule changed its state: look at its target now instead of at the next tick. */
import { parseAlarmName } from "../../lib/contract/alarmName.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { entry, type Invocation } from "../lambda/entry.ts";
import { type Parsed, setAside, understood, untimely } from "../lambda/parsed.ts";
import { type Runtime, targetsOf } from "../lambda/runtime.ts";
import { type WakeUpSummary, wakeUp } from "../lambda/wakeUp.ts";
import { type AlarmChange, parseAlarmEvent } from "./alarmEvent.ts";

/**
 * Wakes the targets whose alarms changed. What the event says is not believed: the loop reads alarms and metrics
 * itself, so a doubled or reordered event is harmless.
 */
export function onAlarm(runtime: Runtime) {
  return entry<readonly TargetPolicy[], WakeUpSummary>(runtime, {
    parse: (event, invocation) => parseTargets(runtime, event, invocation),
    run: (targets, invocation) => wakeUp(runtime, targets, invocation),
  });
}

function parseTargets(
  runtime: Runtime,
  event: unknown,
  invocation: Invocation,
): Parsed<readonly TargetPolicy[]> {
  const parsed = parseAlarmEvent(event);
  if (parsed.kind === "set aside") return parsed;
  const aside = [...parsed.event.aside];
  const ids = new Set<string>();
  for (const change of parsed.event.changes) {
    const target = parseAlarmName(runtime.alarmPrefix, change.name)?.target;
    const why = strange(runtime, change, target, invocation);
    if (why === null && target !== undefined) ids.add(target);
    else aside.push(why ?? `${change.name} is not one of our alarms`);
  }
  if (ids.size === 0) return setAside(aside.join("; "));
  for (const why of aside) {
    runtime.telemetry.count("setAside", 1);
    runtime.telemetry.logger.warn("a part of an event was set aside", { why });
  }
  return understood(targetsOf(runtime, ids));
}

/** Why a change is not acted on; null for one of ours, of now. */
function strange(
  { policy }: Runtime,
  { name, account, at }: AlarmChange,
  target: string | undefined,
  invocation: Invocation,
): string | null {
  if (account !== invocation.account) return `it is from account ${account}, not from this one`;
  if (target === undefined) return `${name} is not one of our alarms`;
  if (!policy.targets.some(({ id }) => id === target)) return `${target} is not in the deployed policy`;
  return untimely(at, invocation.now);
}
