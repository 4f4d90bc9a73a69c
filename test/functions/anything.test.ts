/** Whatever an entry is woken with: it is set aside, or it is what it claims to be. Nothing is thrown, nothing lowered. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { buildForecast } from "../../functions/build-forecast/buildForecast.ts";
import { onAlarm } from "../../functions/on-alarm/onAlarm.ts";
import { onEndpointChange } from "../../functions/on-endpoint-change/onEndpointChange.ts";
import { onPromotion } from "../../functions/on-promotion/onPromotion.ts";
import { onRemoval } from "../../functions/on-removal/onRemoval.ts";
import { onTick } from "../../functions/on-tick/onTick.ts";
import { START } from "../usecases/arrange.ts";
import { ACCOUNT, aContext, aRuntime, isoAt, PREFIX } from "./arrange.ts";

/** Keys and values that mean something to some entry, in any arrangement, among what means nothing. */
const word = fc.constantFrom(
  "source",
  "aws.cloudwatch",
  "aws.sagemaker",
  "detail",
  "detail-type",
  "CloudWatch Alarm State Change",
  "SageMaker Endpoint State Change",
  "alarmData",
  "alarmName",
  "state",
  "value",
  "ALARM",
  "timestamp",
  "account",
  "accountId",
  ACCOUNT,
  "Records",
  "Sns",
  "Message",
  "EventSource",
  "aws:sns",
  "kind",
  "tick",
  "timer",
  "refresh",
  "scheduledTime",
  isoAt(START),
  "action",
  "add",
  "remove",
  "list",
  "target",
  "chat",
  "promotion",
  "name",
  "start",
  "end",
  "expect",
  "units",
  "RequestType",
  "Delete",
  "ResponseURL",
  "EndpointName",
  "time",
  `${PREFIX}chat/rules[0]`,
  "__proto__",
  "constructor",
  "toString",
);
const anything = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.object({
      key: word,
      values: [word, fc.double(), fc.boolean(), fc.constant(null)],
      maxDepth: 4,
    }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.anything() },
);

describe.each([
  ["on-alarm", onAlarm],
  ["on-tick", onTick],
  ["on-endpoint-change", onEndpointChange],
  ["on-promotion", onPromotion],
  ["build-forecast", buildForecast],
  ["on-removal", onRemoval],
] as const)("%s", (_name, make) => {
  it("sets aside what it does not understand", async () => {
    const runtime = aRuntime();
    const handler = make(runtime) as (event: unknown, context: unknown) => Promise<unknown>;
    await fc.assert(
      fc.asyncProperty(anything, async (event) => {
        expect(await handler(event, aContext())).toEqual({ setAside: expect.stringMatching(/\w/) });
      }),
      { numRuns: 300 },
    );
    expect(runtime.twins.capacity.requests).toEqual([]);
    expect(runtime.counts.get("setAside")).toBe(300);
  });
});
