/**
 * A SageMaker endpoint changed: look at its targets now. Units that became ready are seen within seconds, which is how
 * lead times are measured, and a lock that ended is used at once.
 */
import { z } from "zod";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { entry, type Invocation } from "../lambda/entry.ts";
import { instant, type Parsed, sayIssues, setAside, understood, untimely } from "../lambda/parsed.ts";
import type { Runtime } from "../lambda/runtime.ts";
import { type WakeUpSummary, wakeUp } from "../lambda/wakeUp.ts";

/** Only the name is used: the state is described anew, since the event spells it otherwise than the API. */
const change = z.object({
  source: z.literal("aws.sagemaker"),
  "detail-type": z.enum(["SageMaker Endpoint State Change", "SageMaker Endpoint Deployment State Change"]),
  account: z.string().regex(/^\d{12}$/),
  time: instant,
  detail: z.object({ EndpointName: z.string().min(1).max(63) }),
});

export function onEndpointChange(runtime: Runtime) {
  return entry<readonly TargetPolicy[], WakeUpSummary>(runtime, {
    parse: (event, invocation) => parseTargets(runtime, event, invocation),
    run: (targets, invocation) => wakeUp(runtime, targets, invocation),
  });
}

function parseTargets(
  { policy }: Runtime,
  event: unknown,
  invocation: Invocation,
): Parsed<readonly TargetPolicy[]> {
  const parsed = change.safeParse(event);
  if (!parsed.success) return setAside(`it is no change of an endpoint: ${sayIssues(parsed.error)}`);
  const { account, time, detail } = parsed.data;
  if (account !== invocation.account) return setAside(`it is from account ${account}, not from this one`);
  const why = untimely(time, invocation.now);
  if (why !== null) return setAside(why);
  const name = detail.EndpointName.toLowerCase();
  const targets = policy.targets.filter(({ resource }) => resource["endpoint"]?.toLowerCase() === name);
  return targets.length === 0
    ? setAside(`no target of the deployed policy is on endpoint ${detail.EndpointName}`)
    : understood(targets);
}
