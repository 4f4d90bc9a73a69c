/** The last sixty seconds of a series that is published more often than every minute: whole or missing, never less. */
import { describe, expect, it } from "@jest/globals";
import type { Statistic } from "../../../../lib/core/reading.ts";
import type { MetricQuery } from "../../../../lib/ports/metricSource.ts";
import { NOW } from "../../../core/arrange.ts";
import { type Arranged, arranged, aVariant, statIn } from "./arrange.ts";

const chat = aVariant("chat");
const FINE: MetricQuery = {
  target: "chat",
  metric: "invocations",
  statistic: "sum",
  minutes: 1,
  everySeconds: 10,
};
const COARSE: MetricQuery = { target: "chat", metric: "invocations", statistic: "sum", minutes: 3 };

/** Steps that end with the one to NOW − 20 s, the newest that should be there at NOW. */
function publishSteps(
  { fake }: Arranged,
  values: readonly (number | null)[],
  metric = FINE.metric,
  statistic: Statistic = FINE.statistic,
): void {
  fake.publish(statIn(chat, metric, statistic), NOW - 20 - 10 * values.length, values, 10);
}

describe("the newest minute", () => {
  it("is the sum of its steps, and ends with the newest that should be there", async () => {
    const world = arranged();
    publishSteps(world, [100, 1, 2, 3, 4, 5, 6]);
    const [series] = await world.source.read([FINE], NOW);
    expect(series).toEqual({ metric: "invocations", statistic: "sum", end: NOW - 20, values: [21] });
  });

  it("is missing where one of its steps is: less would look like little load", async () => {
    const world = arranged();
    publishSteps(world, [1, 2, null, 4, 5, 6]);
    expect((await world.source.read([FINE], NOW))[0]?.values).toEqual([null]);
  });

  it.each<[Statistic, string, number]>([
    ["maximum", "concurrentRequests", 9],
    ["average", "gpuUtilization", 1],
  ])("of a %s is one of its steps, in the policy's unit", async (statistic, metric, expected) => {
    const world = arranged();
    publishSteps(world, [1, 9, 2, 3, 4, 5], metric, statistic);
    expect((await world.source.read([{ ...FINE, metric, statistic }], NOW))[0]?.values).toEqual([expected]);
  });

  it("is read beside ordinary minutes, in the queries' order", async () => {
    const world = arranged();
    world.load(NOW - 240, [60, 61, 62]);
    publishSteps(world, [1, 2, 3, 4, 5, 6]);
    const answers = await world.source.read([COARSE, FINE, COARSE], NOW);
    expect(answers.map(({ values }) => values.length)).toEqual([3, 1, 3]);
    expect(answers[1]?.values).toEqual([21]);
    expect(world.fake.dataCalls.map(({ MetricDataQueries = [] }) => MetricDataQueries.length)).toContain(1);
  });

  it("that cannot be read is missing with the reason, and leaves the others as they are", async () => {
    const world = arranged();
    world.load(NOW - 240, [60, 61, 62, 63]);
    world.fake.failing = (call) =>
      "MetricDataQueries" in call && call.MetricDataQueries?.[0]?.MetricStat?.Period === 10
        ? "ThrottlingException"
        : null;
    const [coarse, fine] = await world.source.read([COARSE, FINE], NOW);
    expect(coarse?.values.at(-1)).toBe(62);
    expect(fine).toMatchObject({ values: [null], why: expect.stringContaining("Throttling") });
  });
});
