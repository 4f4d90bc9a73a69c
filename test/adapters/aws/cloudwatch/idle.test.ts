/** Minutes without requests: zero only where something else proves that the target ran, and never merely because data are late. */

import type { DescribeAlarmsInput, GetMetricDataInput } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "@jest/globals";
import type { MetricQuery } from "../../../../lib/ports/metricSource.ts";
import { minutes, NOW, repeat } from "../../../core/arrange.ts";
import { type Arranged, arranged, aVariant, proofIn, statIn } from "./arrange.ts";

const READ_AT = NOW + 60;
const chat = aVariant("chat");
const LOAD: MetricQuery = { target: "chat", metric: "invocations", statistic: "sum", minutes: 6 };

const valuesOf = async ({ source }: Arranged, now = READ_AT, query = LOAD) =>
  (await source.read([query], now))[0]?.values;

const asksForProof = (call: GetMetricDataInput | DescribeAlarmsInput): boolean =>
  "MetricDataQueries" in call &&
  (call.MetricDataQueries ?? []).some(
    ({ MetricStat }) => MetricStat?.Metric?.MetricName === "CPUUtilization",
  );

describe("minutes without requests", () => {
  it("are zero where the target ran, up to the newest, whose data may be late", async () => {
    const world = arranged();
    world.alive(NOW - minutes(6), repeat(6, 4));
    // Read a minute after the end of the newest: the one before it ended two minutes before.
    const [series] = await world.source.read([LOAD], READ_AT);
    expect(series).toMatchObject({ values: repeat(5, 0), end: NOW - 60 });
  });

  it("become zero when two minutes have passed since their end, and not a second before", async () => {
    const world = arranged();
    world.alive(NOW - 60, repeat(4, 4));
    expect(await valuesOf(world, NOW + 119, { ...LOAD, minutes: 1 })).toEqual([null]);
    expect(await valuesOf(world, NOW + 120, { ...LOAD, minutes: 2 })).toEqual([0]);
  });

  it("end the series only where the last known one was idle: behind requests the newest are missing", async () => {
    const world = arranged();
    world.alive(NOW - minutes(6), repeat(6, 4));
    world.load(NOW - 120, [9]);
    const [series] = await world.source.read([LOAD], READ_AT);
    expect(series).toMatchObject({ values: [0, 0, 0, 0, 9, null], end: NOW });
  });

  it("stay missing where nothing proves that the target ran", async () => {
    const world = arranged();
    world.alive(NOW - minutes(6), [4, null, 0, 4, 4, 4]);
    expect(await valuesOf(world)).toEqual([0, null, null, 0, 0]);
  });

  it("stay missing without any proof", async () => {
    expect(await valuesOf(arranged())).toEqual(repeat(6, null));
  });

  it("leave the minutes with requests as they are, and nonsense missing", async () => {
    const world = arranged();
    world.alive(NOW - minutes(6), repeat(6, 4));
    world.load(NOW - minutes(6), [7, null, Number.NaN, -1, null, 9]);
    expect(await valuesOf(world)).toEqual([7, 0, null, null, 0, 9]);
  });

  it("cost a second call only for the targets that have some", async () => {
    const search = aVariant("search");
    const world = arranged([chat, search]);
    world.load(NOW - minutes(6), repeat(6, 10));
    world.fake.publish(proofIn(search), NOW - minutes(6), repeat(6, 4));
    const perUnit = { ...LOAD, target: "search", metric: "invocationsPerUnit" };
    const answers = await world.source.read([LOAD, { ...LOAD, target: "search" }, perUnit], READ_AT);
    expect(answers.map(({ values }) => values[0])).toEqual([10, 0, 0]);
    const proofCalls = world.fake.dataCalls.filter(asksForProof);
    expect(world.fake.dataCalls).toHaveLength(2);
    expect(proofCalls[0]?.MetricDataQueries).toHaveLength(1);
    expect(proofCalls[0]?.MetricDataQueries?.[0]?.MetricStat?.Metric?.Dimensions).toContainEqual({
      Name: "EndpointName",
      Value: "search",
    });
  });

  it("cost no second call for a busy target, nor while only the newest minutes are missing", async () => {
    const world = arranged();
    world.load(NOW - minutes(6), [10, 10, 10, 10, 10]);
    world.alive(NOW - minutes(6), repeat(6, 4));
    expect(await valuesOf(world)).toEqual([10, 10, 10, 10, 10, null]);
    expect(world.fake.dataCalls).toHaveLength(1);
  });

  it.each([
    ["a latency", { metric: "latency", statistic: "p95" }],
    ["an error rate", { metric: "errorRate", statistic: "average" }],
    ["what runs without requests", { metric: "gpuUtilization", statistic: "average" }],
    ["a count of samples", { metric: "latency", statistic: "sampleCount" }],
  ] as const)("say nothing of %s", async (_case, series) => {
    const world = arranged();
    world.alive(NOW - minutes(6), repeat(6, 4));
    expect(await valuesOf(world, READ_AT, { ...LOAD, ...series })).toEqual(repeat(6, null));
    expect(world.fake.dataCalls).toHaveLength(1);
  });

  it("say nothing of a metric that the policy declares: nobody knows when it is absent", async () => {
    const tokens = {
      parts: { m: { ...statIn(chat, "invocations", "sum"), name: "Tokens" } },
      expression: null,
    };
    const world = arranged([aVariant("chat", { metrics: { tokens } })]);
    world.alive(NOW - minutes(6), repeat(6, 4));
    expect(await valuesOf(world, READ_AT, { ...LOAD, metric: "tokens" })).toEqual(repeat(6, null));
    expect(world.fake.dataCalls).toHaveLength(1);
  });

  it("stay missing for a kind of target that publishes no proof", async () => {
    const world = arranged([aVariant("chat", { kind: "sagemaker-async-variant" })]);
    const waiting = { ...LOAD, metric: "queueLength" };
    expect(await valuesOf(world, READ_AT, waiting)).toEqual(repeat(6, null));
    expect(world.fake.dataCalls).toHaveLength(1);
  });

  it("are zero for an inference component whose copies ran, and missing while it had none", async () => {
    const component = aVariant("chat", {
      kind: "sagemaker-inference-component",
      resource: { component: "chat" },
    });
    const world = arranged([component]);
    world.fake.publish(proofIn(component), NOW - minutes(6), [4, 4, 4]);
    expect(await valuesOf(world)).toEqual([0, 0, 0, null, null, null]);
  });

  it.each(["Forbidden", "InternalError", "PartialData"] as const)(
    "stay missing when the requests themselves were answered with %s",
    async (status) => {
      const world = arranged();
      world.alive(NOW - minutes(6), repeat(6, 4));
      world.fake.endWith(statIn(chat, "invocations", "sum"), status);
      expect(await valuesOf(world)).toEqual(repeat(6, null));
    },
  );

  it("stay missing, with the reason, when the proof cannot be read", async () => {
    const world = arranged();
    world.load(NOW - minutes(6), [7]);
    world.alive(NOW - minutes(6), repeat(6, 4));
    world.fake.failing = (call) => (asksForProof(call) ? "ThrottlingException" : null);
    const [series] = await world.source.read([LOAD], READ_AT);
    expect(series?.values).toEqual([7, ...repeat(5, null)]);
    expect(series?.why).toMatch(/whether minutes without data were idle.*ThrottlingException/);
  });

  it("stay missing, with the reason, when the proof's own answer is refused", async () => {
    const world = arranged();
    world.alive(NOW - minutes(6), repeat(6, 4));
    world.fake.endWith(proofIn(chat), "Forbidden");
    const [series] = await world.source.read([LOAD], READ_AT);
    expect(series?.values).toEqual(repeat(6, null));
    expect(series?.why).toContain("Forbidden");
  });
});
