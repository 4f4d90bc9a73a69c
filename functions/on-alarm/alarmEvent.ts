/** The three forms in which a change of an alarm's state arrives, made one. */
import { z } from "zod";
import type { EpochSeconds } from "../../lib/core/time.ts";
import { instant, type Parsed, sayIssues, setAside, understood } from "../lambda/parsed.ts";

export interface AlarmChange {
  readonly name: string;
  readonly account: string;
  readonly at: EpochSeconds;
}

/** The names that CloudWatch knows; what the alarm says is read again, so the state only has to be one of them. */
const state = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);
const name = z.string().min(1).max(255);
const account = z.string().regex(/^\d{12}$/);
const changed = z.object({ alarmName: name, state: z.object({ value: state, timestamp: instant }) });

/** EventBridge, "CloudWatch Alarm State Change". */
const fromEventBridge = z
  .object({
    source: z.literal("aws.cloudwatch"),
    "detail-type": z.literal("CloudWatch Alarm State Change"),
    account,
    detail: changed,
  })
  .transform((event): AlarmChange[] => [
    { name: event.detail.alarmName, account: event.account, at: event.detail.state.timestamp },
  ]);

/** The alarm's own Lambda action. */
const fromAction = z
  .object({ source: z.literal("aws.cloudwatch"), accountId: account, alarmData: changed })
  .transform((event): AlarmChange[] => [
    { name: event.alarmData.alarmName, account: event.accountId, at: event.alarmData.state.timestamp },
  ]);

/** What CloudWatch writes into an SNS message; documented by example only, so no more of it is asked for than is used. */
const message = z
  .object({ AlarmName: name, AWSAccountId: account, NewStateValue: state, StateChangeTime: instant })
  .transform(
    (event): AlarmChange => ({
      name: event.AlarmName,
      account: event.AWSAccountId,
      at: event.StateChangeTime,
    }),
  );

const fromTopic = z.object({
  Records: z
    .array(z.object({ EventSource: z.literal("aws:sns"), Sns: z.object({ Message: z.string() }) }))
    .min(1),
});

export interface AlarmChanges {
  readonly changes: readonly AlarmChange[];
  /** Records that could not be understood, beside those that could. */
  readonly aside: readonly string[];
}

/** The changes that an event brings. Set aside when there is none in it that can be understood. */
export function parseAlarmEvent(event: unknown): Parsed<AlarmChanges> {
  if (isFrom(event, "Records")) return parseTopic(event);
  const form = isFrom(event, "alarmData") ? fromAction : fromEventBridge;
  const parsed = form.safeParse(event);
  return parsed.success
    ? understood({ changes: parsed.data, aside: [] })
    : setAside(`it is no alarm's change of state: ${sayIssues(parsed.error)}`);
}

function parseTopic(event: unknown): Parsed<AlarmChanges> {
  const envelope = fromTopic.safeParse(event);
  if (!envelope.success) return setAside(`it is no SNS event: ${sayIssues(envelope.error)}`);
  const changes: AlarmChange[] = [];
  const aside: string[] = [];
  for (const { Sns } of envelope.data.Records) {
    const parsed = message.safeParse(parseJson(Sns.Message));
    if (parsed.success) changes.push(parsed.data);
    else aside.push(`an SNS message is no alarm's change of state: ${sayIssues(parsed.error)}`);
  }
  return changes.length === 0 ? setAside(aside.join("; ")) : understood({ changes, aside });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFrom(event: unknown, key: string): boolean {
  return typeof event === "object" && event !== null && Object.hasOwn(event, key);
}
