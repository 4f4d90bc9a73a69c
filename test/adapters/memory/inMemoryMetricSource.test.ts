/** What tests can arrange on the twin beyond what every metric source does. */
import { describe, expect, it } from "@jest/globals";
import { InMemoryMetricSource } from "../../../lib/adapters/memory/inMemoryMetricSource.ts";
import { minutes, NOW } from "../../core/arrange.ts";

const LOAD = { target: "chat", metric: "invocations", statistic: "sum" } as const;
const GPU = { target: "chat", metric: "gpuUtilization", statistic: "average" } as const;
const valuesOf = async (metrics: InMemoryMetricSource, count: number): Promise<readonly (number | null)[]> =>
  (await metrics.read([{ ...LOAD, minutes: count }], NOW))[0]?.values ?? [];

describe("the in-memory metric source", () => {
  it("replaces minutes that are published again and keeps the others", async () => {
    const metrics = new InMemoryMetricSource();
    metrics.publish(LOAD, NOW - minutes(3), [1, 2, 3]);
    metrics.publish(LOAD, NOW - minutes(2), [20, null]);
    expect(await valuesOf(metrics, 3)).toEqual([1, 20, null]);
  });

  it("takes a start within a minute for the start of that minute", async () => {
    const metrics = new InMemoryMetricSource();
    metrics.publish(LOAD, NOW - minutes(2) + 59, [1, 2]);
    expect(await valuesOf(metrics, 2)).toEqual([1, 2]);
  });

  it("ends two minutes earlier when it is two minutes late, on a whole minute when it is 45 seconds late", async () => {
    const [late] = await new InMemoryMetricSource(120).read([{ ...LOAD, minutes: 1 }], NOW + 59);
    expect(late?.end).toBe(NOW - minutes(2));
    const [bit] = await new InMemoryMetricSource(45).read([{ ...LOAD, minutes: 1 }], NOW + 44);
    expect(bit?.end).toBe(NOW - minutes(1));
  });

  it("says of what nothing was published", async () => {
    const [series] = await new InMemoryMetricSource().read([{ ...LOAD, minutes: 1 }], NOW);
    expect(series?.why).toBe("chat has no metric invocations with the statistic sum");
  });

  it("can be mended, one series or all", async () => {
    const metrics = new InMemoryMetricSource();
    metrics.publish(LOAD, NOW - minutes(1), [7]);
    metrics.failSeries(LOAD, "Forbidden");
    metrics.failSeries(GPU, "Forbidden");
    metrics.fail("rate exceeded");
    await expect(valuesOf(metrics, 1)).rejects.toThrow("no metric could be read: rate exceeded");
    metrics.fail(null);
    expect(await valuesOf(metrics, 1)).toEqual([null]);
    metrics.failSeries(LOAD, null);
    expect(await valuesOf(metrics, 1)).toEqual([7]);
    await expect(metrics.history(GPU, NOW - 60, NOW)).rejects.toThrow(
      "the history of gpuUtilization of chat could not be read: Forbidden",
    );
  });

  it("answers an empty history for a stretch without a whole minute", async () => {
    const metrics = new InMemoryMetricSource();
    metrics.publish(LOAD, NOW - minutes(1), [7]);
    expect((await metrics.history(LOAD, NOW - 50, NOW - 10)).values).toEqual([]);
    expect((await metrics.history(LOAD, NOW, NOW - 120)).values).toEqual([]);
  });
});
