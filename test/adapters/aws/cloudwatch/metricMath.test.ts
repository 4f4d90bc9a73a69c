/** Declared metrics that join several of CloudWatch's: ids of many expressions in one call, and what they cost in queries. */
import { describe, expect, it } from "@jest/globals";
import { metricDataQueries } from "../../../../lib/adapters/aws/cloudwatch/queries.ts";
import type { DeclaredMetric, MetricStat, TargetPolicy } from "../../../../lib/core/policy.ts";
import { minutes, NOW, repeat } from "../../../core/arrange.ts";
import { arranged, aVariant } from "./arrange.ts";

const statOf = (name: string, target: string, statistic: MetricStat["statistic"] = "sum"): MetricStat => ({
  namespace: "MyService",
  name,
  dimensions: { Target: target },
  statistic,
});

const joined = (target: string, expression: string): DeclaredMetric => ({
  parts: { a: statOf("Good", target), b: statOf("All", target) },
  expression,
});

const joining = (id: string, expression: string): TargetPolicy =>
  aVariant(id, { metrics: { joined: joined(id, expression) } });

const JOINED = { target: "chat", metric: "joined", statistic: "sum", minutes: 2 } as const;

describe("metric math", () => {
  it("joins the parts of each target, with equal names in one call", async () => {
    const { fake, source } = arranged([joining("chat", "a + b"), joining("search", "a / b")]);
    for (const target of ["chat", "search"]) {
      fake.publish(statOf("Good", target), NOW - minutes(2), [30, 40]);
      fake.publish(statOf("All", target), NOW - minutes(2), [60, null]);
    }
    const answers = await source.read([JOINED, { ...JOINED, target: "search" }], NOW + 60);
    expect(answers.map(({ values }) => values)).toEqual([
      [90, null],
      [0.5, null],
    ]);
    expect(fake.dataCalls).toHaveLength(1);
    const returned = fake.dataCalls[0]?.MetricDataQueries?.map(({ ReturnData }) => ReturnData);
    expect(returned).toEqual([false, false, true, false, false, true]);
  });

  it("counts every part: 167 series of three queries do not fit into one call", async () => {
    const [first, ...others] = repeat(167, 0).map((_, i) => joining(`t${i}`, "a + b"));
    if (first === undefined) throw new Error("there are targets");
    const { fake, source } = arranged([first, ...others]);
    await source.read(
      [first, ...others].map(({ id }) => ({ ...JOINED, target: id })),
      NOW + 60,
    );
    expect(fake.dataCalls.map(({ MetricDataQueries }) => MetricDataQueries?.length)).toEqual([498, 3]);
  });

  it("asks a declared metric of one part for the statistic that is wanted", async () => {
    const tokens = { parts: { m: statOf("Tokens", "chat", "average") }, expression: null };
    const { fake, source } = arranged([aVariant("chat", { metrics: { tokens } })]);
    fake.publish(statOf("Tokens", "chat", "maximum"), NOW - 60, [12]);
    const query = { target: "chat", metric: "tokens", statistic: "maximum", minutes: 1 } as const;
    expect((await source.read([query], NOW + 60))[0]?.values).toEqual([12]);
  });

  it.each([
    ["words that hold an id", "FILL(a, 0) + ab", "FILL(q7_a, 0) + ab"],
    ["numbers that look like one", "a * 1a + 2.a", "q7_a * 1a + 2.a"],
    ["quoted text", "SEARCH('a b', \"a\") + b", "SEARCH('a b', \"a\") + q7_b"],
    ["lists", "SUM([a,b])/b", "SUM([q7_a,q7_b])/q7_b"],
    ["names of functions", "IF(b > 0, a / PERIOD(a), 0)", "IF(q7_b > 0, q7_a / PERIOD(q7_a), 0)"],
  ])("renames ids and leaves %s alone", (_case, written, sent) => {
    expect(metricDataQueries("q7", joined("chat", written), 60).at(-1)?.Expression).toBe(sent);
  });

  it("shows the mean minute of longer periods to an expression that was written for minutes", () => {
    const parts = { a: statOf("Good", "chat"), b: statOf("All", "chat", "maximum") };
    const queries = metricDataQueries("q0", { parts, expression: "a / PERIOD(a) + b" }, 300);
    expect(queries.at(-1)?.Expression).toBe("(q0_a / 5) / 60 + q0_b");
  });

  it("refuses METRICS(), which would join the metrics of other targets", async () => {
    const { fake, source } = arranged([joining("chat", "SUM(METRICS())")]);
    const [series] = await source.read([JOINED], NOW + 60);
    expect(series?.why).toMatch(/joined uses METRICS\(\)/);
    expect(fake.dataCalls).toEqual([]);
  });
});
