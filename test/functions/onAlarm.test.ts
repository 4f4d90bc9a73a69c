import { describe, expect, it } from "@jest/globals";
import { onAlarm } from "../../functions/on-alarm/onAlarm.ts";
import { aLockingPolicy, aRule, metricOf, minutes } from "../core/arrange.ts";
import { publishLoad, START } from "../usecases/arrange.ts";
import { actionForm, eventBridgeForm, FORMS, messageOf, topicForm } from "./alarmEvents.ts";
import { aContext, aRuntime, PREFIX, type TestRuntime } from "./arrange.ts";

/** Chat's load has just fallen to nothing after hours: any wake-up of it that is out of its mind would lower it. */
function quietRuntime(): TestRuntime {
  return aRuntime();
}

const invoke = (runtime: TestRuntime, event: unknown): Promise<unknown> =>
  onAlarm(runtime)(event as never, aContext());

/** Every path to a value inside an event. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [[...path, key], ...pathsOf(each, [...path, key])]);
}

function without(event: object, path: readonly string[]): object {
  const copy = structuredClone(event);
  let holder: Record<string, unknown> = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  delete holder[path.at(-1) as string];
  return copy;
}

function replaced(event: object, path: readonly string[], by: unknown): object {
  const copy = structuredClone(event);
  let holder: Record<string, unknown> = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  holder[path.at(-1) as string] = by;
  return copy;
}

describe.each(FORMS)("an alarm through %s", (_form, make) => {
  it("wakes its target and no other", async () => {
    const runtime = quietRuntime();
    expect(await invoke(runtime, make())).toEqual({ decided: 1, busy: 0 });
    expect(await runtime.twins.decisions.list("chat", 0, START + 1)).toHaveLength(1);
    expect(await runtime.twins.decisions.list("search", 0, START + 1)).toHaveLength(0);
  });

  it.each(["OK", "INSUFFICIENT_DATA"])(
    "wakes it for %s too: the state itself is read again",
    async (state) => {
      expect(await invoke(quietRuntime(), make({ state }))).toEqual({ decided: 1, busy: 0 });
    },
  );

  it("leads to the same capacity when it comes twice", async () => {
    const runtime = quietRuntime();
    publishLoad(runtime.twins, "chat", 900);
    await invoke(runtime, make());
    const { desired } = await runtime.twins.capacity.describe("chat");
    await invoke(runtime, make());
    expect((await runtime.twins.capacity.describe("chat")).desired).toBe(desired);
    expect(desired).toBeGreaterThan(2);
  });

  it.each([
    ["of an unknown state", { state: "PANIC" }],
    ["from another account", { account: "999999999999" }],
    ["from an account that is none", { account: "me" }],
    ["one hour old", { at: START - 3600 }],
    ["from the future", { at: START + 3600 }],
    ["of somebody else's alarm", { name: "billing" }],
    ["of a target that was removed", { name: `${PREFIX}gone/rules[0]` }],
    ["with a name too long to be one", { name: `${PREFIX}${"x".repeat(1_000_000)}` }],
    ["without a name", { name: "" }],
  ])("is set aside and counted when it is %s, and nothing is asked", async (_case, words) => {
    const runtime = quietRuntime();
    expect(await invoke(runtime, make(words))).toEqual({ setAside: expect.stringMatching(/\w+/) });
    expect(runtime.counts.get("setAside")).toBe(1);
    expect(runtime.logged[0]?.message).toBe("an event was set aside");
    expect(JSON.stringify(runtime.logged).length).toBeLessThan(5_000);
    expect(runtime.twins.capacity.requests).toEqual([]);
  });

  it("never throws and never lowers, whichever part of it is missing or is something else", async () => {
    const event = make();
    const strange = pathsOf(event).flatMap((path) => [
      without(event, path),
      ...[null, 7, "", [], {}, "x".repeat(1_000_000)].map((by) => replaced(event, path, by)),
    ]);
    expect(strange.length).toBeGreaterThan(60);
    for (const each of strange) {
      const runtime = quietRuntime();
      const answer = await invoke(runtime, each);
      expect(answer).toEqual(
        expect.objectContaining(
          "setAside" in (answer as object) ? { setAside: expect.any(String) } : { decided: 1 },
        ),
      );
      const { desired } = await runtime.twins.capacity.describe("chat");
      expect(desired).toBeGreaterThanOrEqual(2);
    }
  });
});

describe("what is no alarm at all", () => {
  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a number", 3],
    ["an empty text", ""],
    ["a megabyte of text", "x".repeat(1_000_000)],
    ["an empty object", {}],
    ["an empty list", []],
    ["SNS without records", { Records: [] }],
    ["SNS with text that is no JSON", topicForm("ALARM: it burns")],
    ["SNS with a megabyte of text", topicForm("x".repeat(1_000_000))],
    ["SNS with a JSON number", topicForm("12")],
    ["another service's event", { ...eventBridgeForm(), source: "aws.ec2" }],
    [
      "another event of CloudWatch",
      { ...eventBridgeForm(), "detail-type": "CloudWatch Alarm Configuration Change" },
    ],
    ["an action without data", { ...actionForm(), alarmData: null }],
  ])("is set aside: %s", async (_case, event) => {
    const runtime = quietRuntime();
    expect(await invoke(runtime, event)).toEqual({ setAside: expect.stringMatching(/\w+/) });
    expect(runtime.twins.capacity.requests).toEqual([]);
    expect(runtime.counts.get("setAside")).toBe(1);
  });

  it("does not keep the other messages of an SNS event from being heard", async () => {
    const runtime = quietRuntime();
    const event = topicForm(
      "nonsense",
      messageOf({ name: `${PREFIX}search/rules[0]` }),
      messageOf({ account: "999999999999" }),
    );
    expect(await invoke(runtime, event)).toEqual({ decided: 1, busy: 0 });
    expect(await runtime.twins.decisions.list("search", 0, START + 1)).toHaveLength(1);
    expect(runtime.counts.get("setAside")).toBe(2);
  });

  it("wakes a target once for several of its alarms in one SNS event", async () => {
    const runtime = quietRuntime();
    expect(
      await invoke(runtime, topicForm(messageOf(), messageOf({ name: `${PREFIX}chat/errorGuard` }))),
    ).toEqual({
      decided: 1,
      busy: 0,
    });
  });
});

describe("a wake-up", () => {
  it("serves the other targets when one fails, and then fails visibly, naming it", async () => {
    const runtime = aRuntime();
    runtime.twins.capacity.failDescribe("chat", "AccessDenied");
    const event = topicForm(messageOf(), messageOf({ name: `${PREFIX}search/rules[0]` }));
    await expect(invoke(runtime, event)).rejects.toThrow(/1 of 2 targets failed: chat.*AccessDenied/);
    expect(await runtime.twins.decisions.list("search", 0, START + 1)).toHaveLength(1);
    expect(runtime.counts.get("failures")).toBe(1);
  });

  it("writes one line a decision, with its id and what dashboards show", async () => {
    const runtime = aRuntime([aLockingPolicy({ rules: [aRule()] })]);
    runtime.twins.metrics.publish(
      { target: "chat", metric: "gpuUtilization", statistic: "average" },
      START - minutes(2),
      [...metricOf([90, 95]).values],
    );
    await invoke(runtime, eventBridgeForm());
    const line = runtime.logged.find(({ message }) => message === "decision")?.fields;
    expect(line).toMatchObject({
      decision: expect.stringMatching(/^chat@\d+#\d+$/),
      target: "chat",
      mode: "full",
      load: 100,
      desired: 2,
      ready: 2,
      pending: 0,
      decided: 3,
      costPerHour: 8,
      outcome: "accepted",
      frozen: false,
      forecastState: null,
      forecastMedian: null,
      reason: expect.stringContaining("gpuUtilization"),
    });
  });

  it("passes its signal to the AWS clients, and gives its leases back before a time-out", async () => {
    const runtime = aRuntime();
    const hanging = {
      ...runtime,
      world: () => ({
        ...runtime.world(),
        capacity: {
          ...runtime.twins.capacity,
          describe: () =>
            new Promise<never>((_, reject) => {
              runtime.signals.at(-1)?.addEventListener("abort", () => reject(new Error("aborted")));
            }),
          setUnits: runtime.twins.capacity.setUnits,
          setMinimum: runtime.twins.capacity.setMinimum,
        },
      }),
    };
    const context = aContext({ getRemainingTimeInMillis: () => 2_550 });
    await expect(onAlarm(hanging)(eventBridgeForm() as never, context)).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect(runtime.signals).toHaveLength(1);
    expect(await runtime.twins.memories.acquire("chat", "next", START, 50)).toMatchObject({
      kind: "granted",
    });
  });

  it("leaves the lease with its owner when another wake-up is at work, and says so", async () => {
    const runtime = aRuntime();
    await runtime.twins.memories.acquire("chat", "another", START, 50);
    expect(await invoke(runtime, eventBridgeForm())).toEqual({ decided: 0, busy: 1 });
  });
});
