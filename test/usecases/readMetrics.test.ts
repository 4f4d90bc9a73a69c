/** Which series are read for a target, and when: each one that is read every minute costs money every minute. */
import { describe, expect, it } from "@jest/globals";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import type { MetricQuery } from "../../lib/ports/metricSource.ts";
import { readMetrics } from "../../lib/usecases/observe.ts";
import { aPolicy, minutes } from "../core/arrange.ts";
import { aWorld, START } from "./arrange.ts";

async function askedOf(parts: Partial<TargetPolicy>, now: number): Promise<readonly MetricQuery[]> {
  const world = aWorld();
  const asked: MetricQuery[] = [];
  const read = async (queries: readonly MetricQuery[]) => {
    asked.push(...queries);
    return queries.map(({ metric, statistic }) => ({ metric, statistic, end: now, values: [1] }));
  };
  const policy = aPolicy({ id: "chat", mode: "full", rules: [], ...parts });
  const metrics = { read, history: world.metrics.history.bind(world.metrics) };
  const readings = await readMetrics({ ...world, metrics }, [policy], now);
  expect(readings.get("chat")?.load?.metric).toBe("invocations");
  return asked;
}

const promising: Partial<TargetPolicy> = { demand: { ...aPolicy().demand, quantile: null } };
const names = (queries: readonly MetricQuery[]): string[] => queries.map(({ metric }) => metric);

describe("what is read", () => {
  it("is the share inside the objective once an hour, where the promise steers", async () => {
    expect(names(await askedOf(promising, START))).toEqual(["invocations", "insideObjective"]);
    expect(names(await askedOf(promising, START + minutes(10)))).toEqual(["invocations"]);
    expect(names(await askedOf({}, START))).toEqual(["invocations"]);
    expect(names(await askedOf({ ...promising, mode: "shadow" }, START))).toEqual(["invocations"]);
  });

  it("is the newest minute where the load is published more often", async () => {
    const load = { metric: "invocations", statistic: "sum", perUnit: 240, everySeconds: 10 } as const;
    const asked = await askedOf({ load }, START + 60);
    expect(asked).toMatchObject([{ minutes: 60 }, { minutes: 1, everySeconds: 10 }]);
  });
});
