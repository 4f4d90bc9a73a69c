/** The past of a load: minutes as long as there are any, five-minute values before, and no error taken for emptiness. */
import { describe, expect, it } from "@jest/globals";
import { DAY_SECONDS } from "../../../../lib/core/time.ts";
import type { MetricHistory } from "../../../../lib/ports/metricSource.ts";
import { minutes, NOW, repeat } from "../../../core/arrange.ts";
import { arranged, aVariant, proofIn, statIn } from "./arrange.ts";

const chat = aVariant("chat");
const LOAD = { target: "chat", metric: "invocations", statistic: "sum" } as const;
const days = (count: number): number => count * DAY_SECONDS;
const at = ({ start, values }: MetricHistory, instant: number): number | null | undefined =>
  values[(instant - start) / 60];

describe("history from CloudWatch", () => {
  it("takes one call of minutes within fifteen days", async () => {
    const { fake, source, load } = arranged();
    load(NOW - days(14), repeat(14 * 1440, 6));
    const history = await source.history(LOAD, NOW - days(14), NOW);
    expect(history).toEqual({ start: NOW - days(14), stepSeconds: 60, values: repeat(14 * 1440, 6) });
    expect(fake.dataCalls.map(({ MetricDataQueries }) => MetricDataQueries?.[0]?.MetricStat?.Period)).toEqual(
      [60],
    );
  });

  it("spreads the sums of five minutes over their minutes where there are no minutes any more", async () => {
    const { source, load } = arranged();
    load(NOW - days(28), [10, 20, 30, 40, 50]);
    load(NOW - days(28) + 300, repeat(28 * 1440 - 5, 8));
    load(NOW - minutes(3), [1, 2, 3]);
    const history = await source.history(LOAD, NOW - days(28), NOW);
    expect(history.values).toHaveLength(28 * 1440);
    expect(history.values.slice(0, 6)).toEqual([30, 30, 30, 30, 30, 8]);
    expect(history.values.slice(5, -3).filter((value) => value !== 8)).toEqual([]);
    expect(history.values.slice(-3)).toEqual([1, 2, 3]);
  });

  it("is whole when a call arrives late, with the oldest data just past the age of their period", async () => {
    const { source, load } = arranged([chat], { now: NOW + 30 });
    load(NOW - days(15), repeat(15 * 1440, 6));
    const history = await source.history(LOAD, NOW - days(15), NOW);
    expect(history.values).toEqual(repeat(15 * 1440, 6));
  });

  it("keeps each five-minute value in its place when it begins in the middle of one", async () => {
    const { source, load } = arranged();
    load(NOW - days(20), [...repeat(5, 1), ...repeat(5, 2)]);
    const history = await source.history(LOAD, NOW - days(20) + 181, NOW);
    expect(history.start).toBe(NOW - days(20) + 240);
    expect(history.values.slice(0, 7)).toEqual([1, 2, 2, 2, 2, 2, null]);
  });

  it("takes other statistics as they are", async () => {
    const { fake, source } = arranged();
    fake.publish(statIn(chat, "gpuUtilization", "average"), NOW - days(20), repeat(5, 240));
    const gpu = { target: "chat", metric: "gpuUtilization", statistic: "average" } as const;
    const history = await source.history(gpu, NOW - days(20), NOW);
    expect(history.values.slice(0, 6)).toEqual([60, 60, 60, 60, 60, null]);
  });

  it("counts samples by the minute too", async () => {
    const requests = { parts: { m: statIn(chat, "latency", "sampleCount") }, expression: null };
    const { fake, source } = arranged([aVariant("chat", { metrics: { requests } })]);
    fake.publish(statIn(chat, "latency", "sampleCount"), NOW - days(20), repeat(5, 4));
    const query = { target: "chat", metric: "requests", statistic: "sampleCount" } as const;
    const history = await source.history(query, NOW - days(20), NOW);
    expect(history.values.slice(0, 6)).toEqual([...repeat(5, 4), null]);
  });

  it.each([
    ["a + b", 12],
    ["a / b", 0.5],
  ])("gives the mean minute of %s, whether it grows with the period or not", async (expression, value) => {
    const part = (name: string) => ({ namespace: "My", name, dimensions: {}, statistic: "sum" }) as const;
    const joined = { parts: { a: part("A"), b: part("B") }, expression };
    const { fake, source } = arranged([aVariant("chat", { metrics: { joined } })]);
    fake.publish(part("A"), NOW - days(20), repeat(5, 4));
    fake.publish(part("B"), NOW - days(20), repeat(5, 8));
    const query = { target: "chat", metric: "joined", statistic: "sum" } as const;
    const history = await source.history(query, NOW - days(20), NOW);
    expect(at(history, NOW - days(20))).toBeCloseTo(value);
  });

  it("asks for no more points in a call than it may hold", async () => {
    const part = (name: string) => ({ namespace: "My", name, dimensions: {}, statistic: "sum" }) as const;
    const parts = Object.fromEntries(repeat(9, 0).map((_, i) => [`m${i}`, part(`M${i}`)]));
    const joined = { parts, expression: Object.keys(parts).join(" + ") };
    const { fake, source } = arranged([aVariant("chat", { metrics: { joined } })]);
    for (const each of Object.values(parts)) fake.publish(each, NOW - days(14), repeat(14 * 1440, 1));
    const query = { target: "chat", metric: "joined", statistic: "sum" } as const;
    const history = await source.history(query, NOW - days(14), NOW);
    expect(history.values).toEqual(repeat(14 * 1440, 9));
    // Ten queries leave room for 10,080 minutes in a call.
    expect(fake.dataCalls).toHaveLength(2);
  });

  it("follows pages", async () => {
    const { fake, source, load } = arranged([chat], { pageSize: 1000 });
    load(NOW - days(2), repeat(2880, 6));
    expect((await source.history(LOAD, NOW - days(2), NOW)).values).toEqual(repeat(2880, 6));
    expect(fake.dataCalls).toHaveLength(3);
  });

  it("has nothing from before the oldest that CloudWatch keeps", async () => {
    const { source, load } = arranged();
    load(NOW - days(70), repeat(70 * 1440, 6));
    const history = await source.history(LOAD, NOW - days(70), NOW);
    expect(history.values).toHaveLength(70 * 1440);
    expect(at(history, NOW - days(64))).toBeNull();
    expect(at(history, NOW - days(62))).toBe(6);
  });

  it.each([
    ["minutes", 2],
    ["five-minute values", 20],
  ])("has zeros for %s without requests where the target ran", async (_case, ago) => {
    const { source, load, alive } = arranged();
    alive(NOW - days(ago), repeat(10, 4));
    load(NOW - days(ago), repeat(5, 6));
    const history = await source.history(LOAD, NOW - days(ago), NOW);
    expect(history.values.slice(0, 11)).toEqual([...repeat(5, 6), ...repeat(5, 0), null]);
  });

  it("leaves the newest minutes without requests missing: their data may be late", async () => {
    const { source, alive } = arranged();
    alive(NOW - minutes(6), repeat(6, 4));
    const history = await source.history(LOAD, NOW - minutes(6), NOW);
    expect(history.values).toEqual([0, 0, 0, 0, null, null]);
  });

  it("makes no call for a stretch without a whole minute", async () => {
    const { fake, source } = arranged();
    expect((await source.history(LOAD, NOW - 50, NOW - 10)).values).toEqual([]);
    expect((await source.history(LOAD, NOW, NOW - 120)).values).toEqual([]);
    expect(fake.dataCalls).toEqual([]);
  });

  it.each(["Forbidden", "InternalError", "PartialData"] as const)(
    "throws when it is answered %s",
    async (status) => {
      const { fake, source, load } = arranged();
      load(NOW - minutes(2), [1, 2]);
      fake.endWith(statIn(chat, "invocations", "sum"), status);
      await expect(source.history(LOAD, NOW - minutes(2), NOW)).rejects.toThrow(
        new RegExp(`the history of invocations of chat could not be read: .*${status}`),
      );
    },
  );

  it("throws when only one of its two periods fails", async () => {
    const { fake, source, load } = arranged();
    load(NOW - days(20), repeat(20 * 1440, 1));
    fake.failing = (call) =>
      "MetricDataQueries" in call && call.MetricDataQueries?.[0]?.MetricStat?.Period === 300
        ? "Throttling"
        : null;
    await expect(source.history(LOAD, NOW - days(20), NOW)).rejects.toThrow(
      /invocations of chat.*Throttling/,
    );
  });

  it("throws when the proof of life cannot be read: idle nights would be gaps", async () => {
    const { fake, source } = arranged();
    fake.endWith(proofIn(chat), "Forbidden");
    await expect(source.history(LOAD, NOW - minutes(9), NOW)).rejects.toThrow(/proof of life.*Forbidden/);
  });

  it("throws for a metric or a target that CloudWatch does not have", async () => {
    const { source } = arranged();
    const moon = { ...LOAD, metric: "phaseOfTheMoon" };
    await expect(source.history(moon, NOW - 60, NOW)).rejects.toThrow(
      /phaseOfTheMoon of chat.*CloudWatch has no/,
    );
    const images = { ...LOAD, target: "images" };
    await expect(source.history(images, NOW - 60, NOW)).rejects.toThrow(/of images.*not in the policy/);
  });
});
