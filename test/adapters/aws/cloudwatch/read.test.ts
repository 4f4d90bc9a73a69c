/** Reading the newest minutes: how few calls it takes, and what becomes of calls and series that fail. */

import type { GetMetricDataInput } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "@jest/globals";
import { MOST_QUERIES } from "../../../../lib/adapters/aws/cloudwatch/limits.ts";
import type { MetricQuery } from "../../../../lib/ports/metricSource.ts";
import { minutes, NOW, repeat } from "../../../core/arrange.ts";
import { arranged, aVariant, statIn } from "./arrange.ts";

const READ_AT = NOW + 60;
const chat = aVariant("chat");
const queryOf = (target: string, metric = "invocations", count = 1): MetricQuery => ({
  target,
  metric,
  statistic: metric === "invocations" ? "sum" : "average",
  minutes: count,
});
const fleet = (count: number) => repeat(count, 0).map((_, i) => aVariant(`t${i}`));
const queriesIn = (call: GetMetricDataInput | undefined): number => call?.MetricDataQueries?.length ?? 0;

/** A fleet in which target `ti` had `i` requests in the newest minute. */
function loadedFleet(count: number) {
  const targets = fleet(count);
  const [first, ...others] = targets;
  if (first === undefined) throw new Error("a fleet has a target");
  const world = arranged([first, ...others]);
  for (const [i, target] of targets.entries()) {
    world.fake.publish(statIn(target, "invocations", "sum"), NOW - 60, [i]);
  }
  return { ...world, queries: targets.map(({ id }) => queryOf(id)) };
}

describe("the newest minutes from CloudWatch", () => {
  it.each([
    [200, [200]],
    [500, [500]],
    [600, [500, 100]],
  ])("takes as few calls for %i targets as their number allows", async (count, sizes) => {
    const { fake, source, queries } = loadedFleet(count);
    const answers = await source.read(queries, READ_AT);
    expect(answers.map(({ values }) => values[0])).toEqual(repeat(count, 0).map((_, i) => i));
    expect(fake.dataCalls.map(queriesIn)).toEqual(sizes);
  });

  it("makes no call for queries that CloudWatch has nothing for", async () => {
    const { fake, source } = arranged();
    const [unknown, stranger] = await source.read(
      [queryOf("chat", "queueLength"), queryOf("images")],
      READ_AT,
    );
    expect(unknown?.why).toContain("CloudWatch has no queueLength for a sagemaker-variant");
    expect(stranger?.why).toBe(
      'invocations was asked of "images", which is not in the policy; its targets are: chat',
    );
    expect([unknown?.values, stranger?.values]).toEqual([[null], [null]]);
    expect(fake.dataCalls).toEqual([]);
  });

  it("asks for the same series once, over the longest stretch that is wanted of any", async () => {
    const { fake, source, load } = arranged();
    load(NOW - minutes(60), repeat(60, 3));
    const answers = await source.read([queryOf("chat"), queryOf("chat", "invocations", 60)], READ_AT);
    expect(answers.map(({ values }) => values)).toEqual([[3], repeat(60, 3)]);
    expect(fake.dataCalls.map(queriesIn)).toEqual([1]);
    expect(fake.dataCalls[0]).toMatchObject({
      StartTime: new Date((NOW - minutes(60)) * 1000),
      EndTime: new Date(NOW * 1000),
      ScanBy: "TimestampAscending",
    });
  });

  it("keeps each call below the number of points that it may hold", async () => {
    const { fake, source } = arranged();
    const percentiles = repeat(99, 0).map((_, i) => `p${i + 1}` as const);
    const day = percentiles.map((statistic) => ({ ...queryOf("chat", "latency", 1440), statistic }));
    await source.read(day, READ_AT);
    // 100,800 points are 70 series of 1,440 minutes.
    expect(fake.dataCalls.map(queriesIn)).toEqual([70, 29]);
  });

  it("answers in the policy's unit", async () => {
    const { fake, source } = arranged();
    fake.publish(statIn(chat, "gpuUtilization", "average"), NOW - 60, [280]);
    fake.publish(statIn(chat, "latency", "p95"), NOW - 60, [300_000]);
    fake.publish(statIn(chat, "errorRate", "average"), NOW - 60, [0.25]);
    const answers = await source.read(
      [
        queryOf("chat", "gpuUtilization"),
        { ...queryOf("chat", "latency"), statistic: "p95" },
        queryOf("chat", "errorRate"),
      ],
      READ_AT,
    );
    expect(answers.map(({ values }) => values)).toEqual([[70], [300], [25]]);
  });

  it("follows pages, and counts only what the last of them says", async () => {
    const { fake, source, load } = arranged([chat], { pageSize: 7 });
    load(NOW - minutes(60), repeat(60, 5));
    const [series] = await source.read([queryOf("chat", "invocations", 60)], READ_AT);
    expect(series).toEqual({ metric: "invocations", statistic: "sum", end: NOW, values: repeat(60, 5) });
    expect(fake.dataCalls).toHaveLength(Math.ceil(60 / 7));
  });

  it("keeps what came of a series that was answered in part, and says so", async () => {
    const { fake, source, load } = arranged();
    load(NOW - minutes(2), [8]);
    fake.endWith(statIn(chat, "invocations", "sum"), "PartialData");
    const [series] = await source.read([queryOf("chat", "invocations", 2)], READ_AT);
    expect(series?.values).toEqual([8, null]);
    expect(series?.why).toContain("only a part of it (PartialData): PartialData as arranged");
  });

  it.each(["Forbidden", "InternalError"] as const)(
    "answers %s with nulls and the service's words",
    async (status) => {
      const { fake, source, load } = arranged();
      load(NOW - minutes(2), [8, 9]);
      fake.endWith(statIn(chat, "invocations", "sum"), status);
      const [series] = await source.read([queryOf("chat", "invocations", 2)], READ_AT);
      expect(series?.values).toEqual([null, null]);
      expect(series?.why).toBe(`CloudWatch answered ${status}: ${status} as arranged`);
    },
  );

  it("loses only the series of the call that failed", async () => {
    const { fake, source, queries } = loadedFleet(600);
    fake.failing = (call) =>
      "MetricDataQueries" in call && queriesIn(call) === MOST_QUERIES ? "ThrottlingException" : null;
    const answers = await source.read(queries, READ_AT);
    expect(answers.slice(0, 500).filter(({ values }) => values[0] !== null)).toEqual([]);
    expect(answers[0]?.why).toBe("the call to CloudWatch failed: ThrottlingException: as arranged");
    expect(answers.slice(500).map(({ values }) => values[0])).toEqual(repeat(100, 0).map((_, i) => 500 + i));
  });

  it("loses a call whose second page fails: half of it would look like a late source", async () => {
    const { fake, source, load } = arranged([chat], { pageSize: 1 });
    load(NOW - minutes(2), [8, 9]);
    fake.failing = (call) => (call.NextToken === undefined ? null : "InternalServiceFault");
    await expect(source.read([queryOf("chat", "invocations", 2)], READ_AT)).rejects.toThrow(
      "no metric could be read from CloudWatch: InternalServiceFault: as arranged",
    );
  });

  it("throws when every call failed", async () => {
    const { fake, source, queries } = loadedFleet(600);
    fake.failing = () => "ThrottlingException";
    await expect(source.read(queries, READ_AT)).rejects.toThrow(
      /no metric could be read.*ThrottlingException/,
    );
    expect(fake.dataCalls).toHaveLength(2);
  });
});
