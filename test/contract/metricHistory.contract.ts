/** The half of the metric source's contract that the forecast relies on: the past, each minute in its place. */
import { describe, expect, it } from "@jest/globals";
import type { EpochSeconds } from "../../lib/core/time.ts";
import type { MetricHistory } from "../../lib/ports/metricSource.ts";
import { minutes, NOW, repeat } from "../core/arrange.ts";
import { arranged, LATENCY, LOAD, type MetricSourceUnderTest, seriesOf } from "./metricSource.arrange.ts";

/** The value of the minute or step that holds `at`; null for missing and for what the answer does not reach. */
function valueAt({ start, stepSeconds, values }: MetricHistory, at: EpochSeconds): number | null {
  return values[Math.floor((at - start) / stepSeconds)] ?? null;
}

/** The values of the minutes of `[from, to)`. */
function valuesBetween(history: MetricHistory, from: EpochSeconds, to: EpochSeconds): (number | null)[] {
  return repeat((to - from) / 60, 0).map((_, i) => valueAt(history, from + minutes(i)));
}

export function describeMetricHistoryContract(
  name: string,
  make: () => Promise<MetricSourceUnderTest>,
): void {
  describe(`metric source: ${name}: history`, () => {
    it("answers one value a minute between two instants", async () => {
      const { metrics, publish, now } = await arranged(make);
      const values = repeat(180, 0).map((_, i) => i);
      await publish(LOAD, NOW - minutes(180), values);
      const history = await metrics.history(LOAD, NOW - minutes(180), now);
      expect(history.stepSeconds).toBe(60);
      expect(valuesBetween(history, NOW - minutes(180), NOW)).toEqual(values);
    });

    it("answers nothing from before the first instant or after the last", async () => {
      const { metrics, publish } = await arranged(make);
      await publish(LOAD, NOW - minutes(10), repeat(10, 7));
      const history = await metrics.history(LOAD, NOW - minutes(8), NOW - minutes(3));
      expect(history.start).toBeGreaterThanOrEqual(NOW - minutes(8));
      expect(valuesBetween(history, NOW - minutes(10), NOW)).toEqual([
        ...repeat(2, null),
        ...repeat(5, 7),
        ...repeat(3, null),
      ]);
    });

    it("leaves out minutes that are not whole: half a minute's sum would be half the load", async () => {
      const { metrics, publish } = await arranged(make);
      await publish(LOAD, NOW - minutes(4), repeat(4, 7));
      const history = await metrics.history(LOAD, NOW - minutes(3) - 30, NOW - 30);
      expect(history.start % 60).toBe(0);
      expect(valuesBetween(history, NOW - minutes(4), NOW)).toEqual([null, 7, 7, null]);
    });

    it("leaves gaps null, and makes nonsense null", async () => {
      const { metrics, publish } = await arranged(make);
      await publish(LOAD, NOW - minutes(6), [5, null, 0, Number.NaN, -2, 6]);
      const history = await metrics.history(LOAD, NOW - minutes(6), NOW);
      expect(valuesBetween(history, NOW - minutes(6), NOW)).toEqual([5, null, 0, null, null, 6]);
    });

    it("joins what was published with long pauses between, each minute in its place", async () => {
      const { metrics, publish } = await arranged(make);
      await publish(LOAD, NOW - minutes(2 * 24 * 60), [1]);
      await publish(LOAD, NOW - minutes(24 * 60), [2]);
      await publish(LOAD, NOW - minutes(1), [3]);
      const history = await metrics.history(LOAD, NOW - minutes(3 * 24 * 60), NOW);
      expect(history.values.filter((value) => value !== null)).toEqual([1, 2, 3]);
      const days = [3, 2, 1].map((day) => valueAt(history, NOW - minutes(day * 24 * 60)));
      expect([...days, valueAt(history, NOW - 60)]).toEqual([null, 1, 2, 3]);
    });

    it("answers percentiles as it answers other statistics", async () => {
      const { metrics, publish } = await arranged(make);
      await publish(LATENCY, NOW - minutes(2), [120, 130]);
      await publish(seriesOf("latency", "p99"), NOW - minutes(2), [220, 230]);
      const history = await metrics.history(LATENCY, NOW - minutes(2), NOW);
      expect(valuesBetween(history, NOW - minutes(2), NOW)).toEqual([120, 130]);
    });

    it("has no values for a stretch in which there was nothing", async () => {
      const { metrics, publish } = await arranged(make);
      await publish(LOAD, NOW - minutes(2), [1, 2]);
      const history = await metrics.history(LOAD, NOW - minutes(60), NOW - minutes(30));
      expect(history.values.filter((value) => value !== null)).toEqual([]);
    });

    it.each([
      ["its series cannot be read", "failSeries"],
      ["nothing can be read", "failAll"],
    ] as const)("throws when %s: nulls would say that there was nothing", async (_case, failure) => {
      const source = await arranged(make);
      await source.publish(LOAD, NOW - minutes(2), [1, 2]);
      if (failure === "failSeries") await source.failSeries(LOAD, "InternalError");
      else await source.failAll("InternalError");
      await expect(source.metrics.history(LOAD, NOW - minutes(2), NOW)).rejects.toThrow(/InternalError/);
    });
  });
}
