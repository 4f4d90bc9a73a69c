import { describe, expect, it } from "@jest/globals";
import { buildForecast } from "../../functions/build-forecast/buildForecast.ts";
import { onEndpointChange } from "../../functions/on-endpoint-change/onEndpointChange.ts";
import { onRemoval } from "../../functions/on-removal/onRemoval.ts";
import { onTick } from "../../functions/on-tick/onTick.ts";
import { aLockingPolicy, minutes } from "../core/arrange.ts";
import { publishLoad, START } from "../usecases/arrange.ts";
import { ACCOUNT, aContext, aFloorRecord, aRuntime, isoAt, type TestRuntime } from "./arrange.ts";

type Handler = (event: never, context: never) => unknown;

const invoke = async (handler: unknown, event: unknown): Promise<unknown> =>
  (handler as Handler)(event as never, aContext() as never);

const tickAt = (at: number): object => ({ kind: "tick", scheduledTime: isoAt(at) });

describe("the tick", () => {
  it("decides for every target and beats", async () => {
    const runtime = aRuntime();
    expect(await invoke(onTick(runtime), tickAt(START))).toEqual({ decided: 2, busy: 0 });
    expect(runtime.counts.get("heartbeat")).toBe(1);
  });

  it.each([
    ["nothing", undefined],
    ["another kind", { kind: "tock", scheduledTime: isoAt(START) }],
    ["no time", { kind: "tick" }],
    ["a time that is none", { kind: "tick", scheduledTime: "noon" }],
    [
      "the literal that the Scheduler did not replace",
      { kind: "tick", scheduledTime: "<aws.scheduler.scheduled-time>" },
    ],
    ["an hour old", tickAt(START - 3600)],
    ["from the future", tickAt(START + 3600)],
  ])("sets aside what is no tick of now: %s", async (_case, event) => {
    const runtime = aRuntime();
    expect(await invoke(onTick(runtime), event)).toEqual({ setAside: expect.stringMatching(/\w+/) });
    expect(runtime.counts).toEqual(new Map([["setAside", 1]]));
  });

  it("beats and fails visibly when a target fails", async () => {
    const runtime = aRuntime();
    runtime.twins.capacity.failDescribe("chat", "AccessDenied");
    await expect(invoke(onTick(runtime), tickAt(START))).rejects.toThrow(/chat.*AccessDenied/);
    expect(runtime.counts.get("heartbeat")).toBe(1);
    expect(runtime.counts.get("failures")).toBe(1);
    expect(await runtime.twins.decisions.list("search", 0, START + 1)).toHaveLength(1);
  });

  it("counts what was throttled", async () => {
    const runtime = aRuntime([aLockingPolicy()]);
    const throttled = Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
    const broken: TestRuntime = {
      ...runtime,
      world: () => ({
        ...runtime.world(),
        memories: { ...runtime.twins.memories, acquire: () => Promise.reject(throttled) } as never,
      }),
    };
    await expect(invoke(onTick(broken), tickAt(START))).rejects.toThrow(/Rate exceeded/);
    expect(runtime.counts.get("throttles")).toBe(1);
  });

  it("puts back the floors of targets that left floor mode or the policy, and keeps the others", async () => {
    const runtime = aRuntime([
      aLockingPolicy({ mode: "floor" }),
      aLockingPolicy({ id: "search", mode: "shadow" }),
    ]);
    for (const id of ["chat", "search", "gone"]) runtime.floorRecords.set(id, aFloorRecord(id));
    await invoke(onTick(runtime), tickAt(START));
    expect(runtime.restored).toEqual(["search", "gone"]);
    expect([...runtime.floorRecords.keys()]).toEqual(["chat"]);
  });

  it("decides for all targets although a floor cannot be put back, and then says so", async () => {
    const runtime = aRuntime();
    runtime.floorRecords.set("gone", aFloorRecord("gone"));
    const stuck: TestRuntime = { ...runtime, restoreFloor: () => Promise.reject(new Error("AccessDenied")) };
    await expect(invoke(onTick(stuck), tickAt(START))).rejects.toThrow(/gone: AccessDenied/);
    expect(await runtime.twins.decisions.list("chat", 0, START + 1)).toHaveLength(1);
    expect(runtime.floorRecords.has("gone")).toBe(true);
  });
});

describe("a change of an endpoint", () => {
  const change = (parts: object = {}): object => ({
    source: "aws.sagemaker",
    "detail-type": "SageMaker Endpoint State Change",
    account: ACCOUNT,
    time: isoAt(START),
    detail: { EndpointName: "chat", EndpointStatus: "IN_SERVICE", ProductionVariants: [] },
    ...parts,
  });

  it("wakes the targets on it, all variants, whatever the case of its name", async () => {
    const runtime = aRuntime([
      aLockingPolicy(),
      aLockingPolicy({ id: "canary" }),
      aLockingPolicy({ id: "search", resource: { endpoint: "search", variant: "a" } }),
    ]);
    expect(await invoke(onEndpointChange(runtime), change({ detail: { EndpointName: "CHAT" } }))).toEqual({
      decided: 2,
      busy: 0,
    });
  });

  it("takes the time in milliseconds too, as the documented sample has it", async () => {
    const event = change({ time: String(START * 1000) });
    expect(await invoke(onEndpointChange(aRuntime()), event)).toEqual({ decided: 2, busy: 0 });
  });

  it("measures the lead time: a start that is seen ready is remembered with its seconds", async () => {
    const runtime = aRuntime([aLockingPolicy()]);
    publishLoad(runtime.twins, "chat", 900);
    await invoke(onTick(runtime), tickAt(START));
    runtime.twins.clock.set(START + 60);
    await invoke(onTick(runtime), tickAt(START + 60));
    runtime.twins.capacity.becomeReady("chat");
    runtime.twins.clock.set(START + 337);
    await invoke(onEndpointChange(runtime), change({ time: isoAt(START + 336) }));
    const { starts = [] } = (await runtime.twins.memories.load("chat")) ?? {};
    expect(starts).toHaveLength(1);
    expect(starts[0]?.seconds).toBeGreaterThan(270);
    expect(starts[0]?.seconds).toBeLessThanOrEqual(337);
  });

  it.each([
    ["another service", change({ source: "aws.ec2" })],
    ["another account", change({ account: "999999999999" })],
    ["another endpoint", change({ detail: { EndpointName: "billing" } })],
    ["no endpoint", change({ detail: {} })],
    ["no time", change({ time: undefined })],
    ["an hour ago", change({ time: isoAt(START - 3600) })],
    ["a megabyte of name", change({ detail: { EndpointName: "x".repeat(1_000_000) } })],
    ["nothing", null],
  ])("is set aside: %s", async (_case, event) => {
    const runtime = aRuntime();
    expect(await invoke(onEndpointChange(runtime), event)).toEqual({
      setAside: expect.stringMatching(/\w+/),
    });
    expect(runtime.twins.capacity.requests).toEqual([]);
  });
});

describe("building forecasts", () => {
  const refresh = { kind: "refresh", scheduledTime: isoAt(START) };

  /** Two days of a load, to be forecast. */
  function withHistory(runtime: TestRuntime, target: string): void {
    const values = Array.from({ length: 2 * 1440 }, (_, i) => 100 + (i % 1440) / 10);
    runtime.twins.metrics.publish(
      { target, metric: "invocations", statistic: "sum" },
      START - minutes(2 * 1440),
      values,
    );
  }

  it("writes those with enough history and skips the others, with the reason in the log", async () => {
    const runtime = aRuntime([
      aLockingPolicy(),
      aLockingPolicy({ id: "search" }),
      aLockingPolicy({ id: "rules", load: null }),
    ]);
    withHistory(runtime, "chat");
    expect(await invoke(buildForecast(runtime), refresh)).toEqual({ written: 1, skipped: 2 });
    expect(await runtime.twins.forecasts.get("chat", ["2025-11-11"])).toHaveLength(1);
    expect(runtime.logged.map(({ fields }) => fields)).toContainEqual({
      target: "rules",
      kind: "skipped",
      why: expect.stringContaining("no load"),
    });
  });

  it("forecasts no seasons where the policy wants none", async () => {
    const { demand } = aLockingPolicy();
    const runtime = aRuntime([
      aLockingPolicy(),
      aLockingPolicy({ id: "search", demand: { ...demand, forecast: "off" } }),
    ]);
    withHistory(runtime, "chat");
    withHistory(runtime, "search");
    expect(await invoke(buildForecast(runtime), refresh)).toEqual({ written: 2, skipped: 0 });
    const models = ["chat", "search"].map(
      async (target) => (await runtime.twins.forecasts.get(target, ["2025-11-11"]))[0]?.model,
    );
    expect(await Promise.all(models)).toEqual(["ensemble", "level"]);
  });

  it("goes on when one fails, and then fails visibly, naming it", async () => {
    const runtime = aRuntime();
    withHistory(runtime, "search");
    runtime.twins.metrics.failSeries(
      { target: "chat", metric: "invocations", statistic: "sum" },
      "InternalError",
    );
    await expect(invoke(buildForecast(runtime), refresh)).rejects.toThrow(
      /1 of 2 forecasts failed: chat: .*InternalError/,
    );
    expect(await runtime.twins.forecasts.get("search", ["2025-11-11"])).toHaveLength(1);
    expect(runtime.counts.get("failures")).toBe(1);
  });

  it("sets aside what is no refresh", async () => {
    expect(await invoke(buildForecast(aRuntime()), { kind: "tick" })).toEqual({
      setAside: expect.any(String),
    });
  });
});

describe("removal", () => {
  const request = (parts: object = {}): object => ({
    RequestType: "Delete",
    ResponseURL: "https://cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com/x?sig=1",
    StackId: "arn:aws:cloudformation:eu-west-1:111122223333:stack/Forewarm/1",
    RequestId: "r1",
    LogicalResourceId: "Floors",
    PhysicalResourceId: "forewarm-floors",
    ResourceProperties: { ServiceToken: "arn", targets: ["chat"] },
    ...parts,
  });

  async function remove(runtime: TestRuntime, event: object): Promise<Record<string, unknown>> {
    const answers: Record<string, unknown>[] = [];
    await invoke(
      onRemoval(runtime, async (_url, body) => void answers.push(JSON.parse(body))),
      event,
    );
    expect(answers).toHaveLength(1);
    return answers[0] as Record<string, unknown>;
  }

  const withFloors = (): TestRuntime => {
    const runtime = aRuntime();
    for (const id of ["chat", "search"]) runtime.floorRecords.set(id, aFloorRecord(id));
    return runtime;
  };

  it.each([
    ["Create", []],
    ["Update", ["search"]],
    ["Delete", ["chat", "search"]],
  ])("on %s puts back %j", async (RequestType, restored) => {
    const runtime = withFloors();
    expect(await remove(runtime, request({ RequestType }))).toMatchObject({
      Status: "SUCCESS",
      RequestId: "r1",
      PhysicalResourceId: "forewarm-floors",
    });
    expect(runtime.restored).toEqual(restored);
  });

  it("answers that it failed, with the reason, so that the stack shows it", async () => {
    const runtime: TestRuntime = {
      ...withFloors(),
      restoreFloor: () => Promise.reject(new Error("AccessDenied")),
    };
    const { Status, Reason } = await remove(runtime, request());
    expect(Status).toBe("FAILED");
    expect(Reason).toMatch(/chat: AccessDenied; search: AccessDenied/);
  });

  it.each([
    ["an address that is not Amazon's", { ResponseURL: "https://example.com/" }],
    ["an address that only ends alike", { ResponseURL: "https://evil-amazonaws.com/" }],
    ["an address without encryption", { ResponseURL: "http://s3.amazonaws.com/" }],
    ["an unknown request", { RequestType: "Burn" }],
  ])("sets aside %s and answers nobody", async (_case, parts) => {
    const runtime = withFloors();
    const answers: string[] = [];
    const handler = onRemoval(runtime, async (url) => void answers.push(url));
    expect(await invoke(handler, request(parts))).toEqual({ setAside: expect.any(String) });
    expect(answers).toEqual([]);
    expect(runtime.restored).toEqual([]);
  });
});
