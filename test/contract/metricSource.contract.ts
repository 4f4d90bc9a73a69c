/** What every metric source must do: missing is null, never zero. Each test has a source of its own. */
import { describe, expect, it } from "@jest/globals";
import { floorTo } from "../../lib/core/time.ts";
import { minutes, NOW, repeat } from "../core/arrange.ts";
import { describeMetricHistoryContract } from "./metricHistory.contract.ts";
import {
  arranged,
  GPU,
  LATENCY,
  LOAD,
  type MetricSourceUnderTest,
  seriesOf,
} from "./metricSource.arrange.ts";

export function describeMetricSourceContract(name: string, make: () => Promise<MetricSourceUnderTest>): void {
  describe(`metric source: ${name}: read`, () => {
    it("answers the minutes asked for, oldest first, up to the newest that should be there", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - minutes(4), [10, 20, 30, 40]);
      const { target, ...name } = LOAD;
      expect(await metrics.read([{ ...LOAD, minutes: 3 }], now)).toEqual([
        { ...name, end: NOW, values: [20, 30, 40] },
      ]);
    });

    it("ends on a whole minute whatever the second", async () => {
      const { metrics, publish, publicationDelaySeconds, now } = await arranged(make);
      await publish(LOAD, NOW - minutes(2), [1, 2, 3]);
      for (const late of [0, 1, 30, 59]) {
        const [series] = await metrics.read([{ ...LOAD, minutes: 2 }], now + late);
        expect(series?.end).toBe(floorTo(now + late - publicationDelaySeconds, 60));
        expect(series?.values).toEqual([1, 2]);
      }
    });

    it("does not show a minute before it should be there", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - minutes(2), [1, 2]);
      const [before] = await metrics.read([{ ...LOAD, minutes: 1 }], now - 1);
      expect(before).toMatchObject({ end: NOW - 60, values: [1] });
      const [then] = await metrics.read([{ ...LOAD, minutes: 1 }], now);
      expect(then).toMatchObject({ end: NOW, values: [2] });
    });

    it("answers one series a query, in the queries' order, with their own lengths", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - minutes(3), [1, 2, 3]);
      await publish(GPU, NOW - minutes(3), [71, 72, 73]);
      await publish(seriesOf("invocations", "sum", "search"), NOW - minutes(3), [7, 8, 9]);
      const queries = [
        { ...GPU, minutes: 2 },
        { ...seriesOf("invocations", "sum", "search"), minutes: 3 },
        { ...LOAD, minutes: 1 },
        { ...GPU, minutes: 1 },
      ];
      const answers = await metrics.read(queries, now);
      expect(answers.map(({ metric, values }) => [metric, values])).toEqual([
        ["gpuUtilization", [72, 73]],
        ["invocations", [7, 8, 9]],
        ["invocations", [3]],
        ["gpuUtilization", [73]],
      ]);
    });

    it("answers the same query twice where it is asked twice", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - 60, [5]);
      const query = { ...LOAD, minutes: 1 };
      const answers = await metrics.read([query, query], now);
      expect(answers.map(({ values }) => values)).toEqual([[5], [5]]);
    });

    it("answers nothing to no queries", async () => {
      const { metrics, now } = await arranged(make);
      expect(await metrics.read([], now)).toEqual([]);
    });

    it("leaves a minute without data null, and a zero zero", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - minutes(5), [3, null, 0, null, 4]);
      const [series] = await metrics.read([{ ...LOAD, minutes: 5 }], now);
      expect(series?.values).toEqual([3, null, 0, null, 4]);
    });

    it("leaves nulls at the end when the source is late", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - minutes(4), [3, 4]);
      const [series] = await metrics.read([{ ...LOAD, minutes: 4 }], now);
      expect(series).toMatchObject({ end: NOW, values: [3, 4, null, null] });
    });

    it("leaves nulls before the first minute that there ever was", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - 60, [6]);
      const [series] = await metrics.read([{ ...LOAD, minutes: 60 }], now);
      expect(series?.values).toEqual([...repeat(59, null), 6]);
    });

    it.each([
      ["NaN", Number.NaN],
      ["a negative number", -1],
      ["infinity", Number.POSITIVE_INFINITY],
    ])("makes %s null: it cannot have been measured", async (_case, nonsense) => {
      const { metrics, publish, now } = await arranged(make);
      await publish(GPU, NOW - minutes(3), [50, nonsense, 52]);
      const [series] = await metrics.read([{ ...GPU, minutes: 3 }], now);
      expect(series?.values).toEqual([50, null, 52]);
    });

    it("keeps the statistics of one metric apart, percentiles with decimals too", async () => {
      const { metrics, publish, now } = await arranged(make);
      const statistics = ["p50", "p95", "p99", "p99.9"] as const;
      for (const [i, statistic] of statistics.entries()) {
        await publish(seriesOf("latency", statistic), NOW - 60, [100 * (i + 1)]);
      }
      const queries = statistics.map((statistic) => ({ ...seriesOf("latency", statistic), minutes: 1 }));
      const answers = await metrics.read(queries, now);
      expect(answers.map(({ statistic, values }) => [statistic, values[0]])).toEqual([
        ["p50", 100],
        ["p95", 200],
        ["p99", 300],
        ["p99.9", 400],
      ]);
    });

    it("keeps targets apart", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(seriesOf("invocations", "sum", "search"), NOW - 60, [99]);
      const [series] = await metrics.read([{ ...LOAD, minutes: 1 }], now);
      expect(series?.values).toEqual([null]);
    });

    it("answers an unknown metric with nulls and a reason, beside the others", async () => {
      const { metrics, publish, now } = await arranged(make);
      await publish(LOAD, NOW - minutes(2), [1, 2]);
      const unknown = { ...seriesOf("phaseOfTheMoon", "average"), minutes: 2 };
      const [missing, load] = await metrics.read([unknown, { ...LOAD, minutes: 2 }], now);
      expect(missing).toMatchObject({ metric: "phaseOfTheMoon", statistic: "average", end: NOW });
      expect(missing?.values).toEqual([null, null]);
      expect(missing?.why).toMatch(/phaseOfTheMoon/);
      expect(load?.values).toEqual([1, 2]);
    });

    it("answers a series that cannot be read with nulls and the reason, and the others as they are", async () => {
      const { metrics, publish, failSeries, now } = await arranged(make);
      for (const series of [LOAD, LATENCY, GPU]) await publish(series, NOW - minutes(2), [1, 2]);
      await failSeries(LATENCY, "Forbidden");
      const answers = await metrics.read(
        [LOAD, LATENCY, GPU].map((series) => ({ ...series, minutes: 2 })),
        now,
      );
      expect(answers.map(({ values }) => values)).toEqual([
        [1, 2],
        [null, null],
        [1, 2],
      ]);
      expect(answers.map(({ why }) => why)).toEqual([
        undefined,
        expect.stringContaining("Forbidden"),
        undefined,
      ]);
      expect(answers.map(({ end }) => end)).toEqual([NOW, NOW, NOW]);
    });

    it("throws, with the reason, when nothing at all could be read", async () => {
      const { metrics, failAll, now } = await arranged(make);
      await failAll("rate exceeded");
      await expect(metrics.read([{ ...LOAD, minutes: 1 }], now)).rejects.toThrow(/rate exceeded/);
    });
  });

  describeMetricHistoryContract(name, make);
}
