/** What the controller is shown of a simulated endpoint: published minutes, in the policy's units, and never a value too early. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { EpochSeconds } from "../../lib/core/time.ts";
import type { MetricQuery } from "../../lib/ports/metricSource.ts";
import type { Endpoint } from "../../lib/sim/physics/endpoint.ts";
import type { Fault } from "../../lib/sim/physics/fault.ts";
import { canSimulate, type SimMetricOptions, SimMetricSource } from "../../lib/sim/simMetricSource.ts";
import { minutes, repeat } from "../core/arrange.ts";
import { aFleet, anEndpoint, START } from "./physics/arrange.ts";

const DELAY = 40;
const LOAD = { target: "chat", metric: "invocations", statistic: "sum" } as const;
const LATENCY = { target: "chat", metric: "latency", statistic: "p95" } as const;

/** Six, twelve, eighteen … requests in the minutes of the replay: one more in every step of each minute. */
const growing = (count: number): number[] =>
  Array.from({ length: 6 * count }, (_, i) => 1 + Math.floor(i / 6));

interface Arranged {
  readonly metrics: SimMetricSource;
  readonly endpoint: Endpoint;
}

interface Parts extends Partial<Omit<SimMetricOptions, "endpoint" | "past">> {
  readonly past?: readonly number[];
  readonly endpoint?: Endpoint;
}

/** A source over ten minutes of `growing` requests; `past` are the minutes before START. */
function arranged({ past = [], endpoint = anEndpoint(growing(10)), ...parts }: Parts = {}): Arranged {
  const metrics = new SimMetricSource({
    endpoint,
    past: { start: START - minutes(past.length), perMinute: Float64Array.from(past) },
    isMissing: () => false,
    stepDelaySeconds: 10,
    scrapeSeconds: 10,
    delaySeconds: DELAY,
    faults: [],
    ...parts,
  });
  return { metrics, endpoint };
}

function playTo(endpoint: Endpoint, at: EpochSeconds): void {
  while (endpoint.now < at && endpoint.advance());
}

/** What is shown when the simulation has come to `at`. */
function seenAt(
  { metrics, endpoint }: Arranged,
  at: EpochSeconds,
  query: Omit<MetricQuery, "minutes"> = LOAD,
  count = 3,
): readonly (number | null)[] {
  playTo(endpoint, at);
  return metrics.series({ ...query, minutes: count }, at).values;
}

describe("publication", () => {
  it("shows a minute the delay after its end and not before", () => {
    const source = arranged();
    expect(seenAt(source, START + 60)).toEqual([null, null, null]);
    expect(seenAt(source, START + 90)).toEqual([null, null, null]);
    expect(seenAt(source, START + 100)).toEqual([null, null, 6]);
    expect(seenAt(source, START + 150)).toEqual([null, null, 6]);
    expect(seenAt(source, START + 160)).toEqual([null, 6, 12]);
  });

  it("says where the newest minute that should be there ends", () => {
    const { metrics } = arranged();
    const endAt = (at: EpochSeconds): number => metrics.series({ ...LOAD, minutes: 1 }, at).end - START;
    expect([99, 100, 159, 160].map((after) => endAt(START + after))).toEqual([0, 60, 60, 120]);
  });

  it("without a delay shows a minute when it ends, and nothing of the one that runs", () => {
    const source = arranged({ delaySeconds: 0 });
    expect(seenAt(source, START + 110)).toEqual([null, null, 6]);
    expect(seenAt(source, START + 120)).toEqual([null, 6, 12]);
  });

  it("answers one series a query, in the queries' order and of their lengths", async () => {
    const { metrics, endpoint } = arranged();
    playTo(endpoint, START + 220);
    const queries = [
      { ...LATENCY, minutes: 1 },
      { ...LOAD, minutes: 4 },
      { ...LOAD, minutes: 2 },
    ] as const;
    const answers = await metrics.read(queries, START + 220);
    expect(answers.map(({ metric, values }) => [metric, values])).toEqual([
      ["latency", [expect.any(Number)]],
      ["invocations", [null, 6, 12, 18]],
      ["invocations", [12, 18]],
    ]);
  });

  it("shows nothing of what has not happened, whatever instant it is asked for", () => {
    const { metrics, endpoint } = arranged();
    playTo(endpoint, START + 130);
    expect(metrics.series({ ...LOAD, minutes: 5 }, START + 400).values).toEqual([12, null, null, null, null]);
  });
});

describe("no future", () => {
  it("what is shown at an instant is the same whatever comes after the newest published minute", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 60, maxLength: 60 });
    const query = fc.constantFrom(LOAD, LATENCY);
    fc.assert(
      fc.property(counts, counts, fc.integer({ min: 0, max: 59 }), query, (one, other, step, asked) => {
        const at = START + 10 * step;
        const published = Math.max(0, Math.floor((10 * step - DELAY) / 60));
        const changed = [...one.slice(0, 6 * published), ...other.slice(6 * published)];
        const [a, b] = [one, changed].map((arrivals) => arranged({ endpoint: anEndpoint(arrivals) }));
        expect(seenAt(a as Arranged, at, asked, 10)).toEqual(seenAt(b as Arranged, at, asked, 10));
      }),
    );
  });
});

describe("late metrics", () => {
  const late = (bySeconds: number): readonly Fault[] => [
    { kind: "late metrics", from: START + 60, to: START + 120, bySeconds },
  ];

  it("come so much later than they would, and only those of the faulty minutes", () => {
    const source = arranged({ faults: late(120) });
    expect(seenAt(source, START + 160)).toEqual([null, 6, null]);
    expect(seenAt(source, START + 220)).toEqual([6, null, 18]);
    expect(seenAt(source, START + 270)).toEqual([6, null, 18]);
    expect(seenAt(source, START + 280)).toEqual([12, 18, 24]);
  });

  it("by less than the delay are late all the same", () => {
    const source = arranged({ faults: late(20) });
    expect(seenAt(source, START + 170)).toEqual([null, 6, null]);
    expect(seenAt(source, START + 180)).toEqual([null, 6, 12]);
  });

  it("may never come", () => {
    expect(seenAt(arranged({ faults: late(Number.POSITIVE_INFINITY) }), START + 590, LOAD, 9)[1]).toBeNull();
  });

  it("are no earlier in the history", async () => {
    const { metrics, endpoint } = arranged({ faults: late(120) });
    playTo(endpoint, START + 270);
    expect((await metrics.history(LOAD, START, START + 270)).values).toEqual([6, null, 18]);
    playTo(endpoint, START + 280);
    expect((await metrics.history(LOAD, START, START + 280)).values).toEqual([6, 12, 18, 24]);
  });
});

describe("missing minutes", () => {
  it("are null, where a minute without traffic is 0", () => {
    const endpoint = anEndpoint(repeat(24, 0));
    const source = arranged({ endpoint, isMissing: (minute) => minute === 1 });
    expect(seenAt(source, START + 220)).toEqual([0, null, 0]);
  });

  it("are null in every metric", () => {
    const source = arranged({ isMissing: (minute) => minute === 1 });
    expect(seenAt(source, START + 160, LATENCY, 2)).toEqual([500, null]);
  });

  it("have no latency either where there was no traffic", () => {
    const endpoint = anEndpoint([...repeat(6, 10), ...repeat(6, 0), ...repeat(6, 10)]);
    expect(seenAt(arranged({ endpoint }), START + 180 + DELAY - 60, LATENCY)).toEqual([null, 500, null]);
  });

  it("fill what is asked for from before the first minute that there ever was", () => {
    expect(seenAt(arranged({ past: [5] }), START + 100, LOAD, 4)).toEqual([null, null, 5, 6]);
  });
});

describe("the past before the replay", () => {
  it("goes over into the replay without a seam", () => {
    const source = arranged({ past: [1, 2, 3] });
    expect(seenAt(source, START + 50, LOAD, 4)).toEqual([null, 1, 2, 3]);
    expect(seenAt(source, START + 160, LOAD, 4)).toEqual([2, 3, 6, 12]);
  });

  it("is published late too", () => {
    const source = arranged({ past: [1, 2, 3] });
    expect(seenAt(source, START + 30)).toEqual([null, 1, 2]);
    expect(source.metrics.series({ ...LOAD, minutes: 1 }, START + 30).end).toBe(START - 60);
  });

  it("has gaps where nothing is known", () => {
    expect(seenAt(arranged({ past: [1, Number.NaN, 3] }), START + 50)).toEqual([1, null, 3]);
  });

  it("is known of requests only", () => {
    expect(seenAt(arranged({ past: [1, 2, 3] }), START + 100, LATENCY)).toEqual([null, null, 500]);
  });
});

describe("history", () => {
  const source = (): Arranged => {
    const arrange = arranged({ past: [1, 2, 3] });
    playTo(arrange.endpoint, START + 160);
    return arrange;
  };

  it("spans the past and what is published of the replay", async () => {
    expect(await source().metrics.history(LOAD, START - minutes(2), START + minutes(60))).toEqual({
      start: START - minutes(2),
      stepSeconds: 60,
      values: [2, 3, 6, 12],
    });
  });

  it("ends before its last instant", async () => {
    const { start, values } = await source().metrics.history(LOAD, START - 60, START + 60);
    expect([start, values]).toEqual([START - 60, [3, 6]]);
  });

  it("has whole minutes only", async () => {
    const { start, values } = await source().metrics.history(LOAD, START - 90, START + 90);
    expect([start, values]).toEqual([START - 60, [3, 6]]);
  });

  it("begins with the first minute that there ever was", async () => {
    const { start, values } = await source().metrics.history(LOAD, START - minutes(99), START);
    expect([start, values]).toEqual([START - minutes(3), [1, 2, 3]]);
  });

  it("is of the metric that was asked for", async () => {
    const { values } = await source().metrics.history(LATENCY, START - 60, START + minutes(9));
    expect(values).toEqual([null, 500, 500]);
  });

  it("may be empty", async () => {
    expect((await source().metrics.history(LOAD, START + minutes(5), START + minutes(9))).values).toEqual([]);
  });
});

describe("metrics and their units", () => {
  /** One unit serves 600 a minute; ten seconds of 800 leave 200 waiting, of whom it serves 100 in each further step. */
  const overloaded = (): Arranged =>
    arranged({ endpoint: anEndpoint([...repeat(6, 50), 300, ...repeat(5, 0)], aFleet({ units: 1 })) });

  it.each([
    ["invocations", "sum", 300, 300],
    ["invocationsPerUnit", "sum", 300, 300],
    ["latency", "p50", 500, 8_000],
    ["latency", "p95", 500, 18_000],
    ["latency", "p99", 500, 18_000],
    ["gpuUtilization", "average", 50, 50],
    ["queueLength", "maximum", 0, 200],
    ["queueLengthPerUnit", "maximum", 0, 200],
    ["errorRate", "average", 0, 0],
  ] as const)("%s %s", (metric, statistic, first, second) => {
    const seen = seenAt(overloaded(), START + 160, { target: "chat", metric, statistic }, 2);
    expect(seen[0]).toBeCloseTo(first, 6);
    expect(seen[1]).toBeCloseTo(second, 6);
    expect(canSimulate(metric, statistic)).toBe(true);
  });

  it("per unit is per unit that was ready", () => {
    const source = arranged({ endpoint: anEndpoint(repeat(6, 1_000), aFleet({ units: 4 })) });
    const of = (metric: string, statistic: "sum" | "maximum"): readonly (number | null)[] =>
      seenAt(source, START + 60 + DELAY, { target: "chat", metric, statistic }, 1);
    expect(of("invocationsPerUnit", "sum")).toEqual([1_500]);
    expect(of("queueLengthPerUnit", "maximum")).toEqual([600]);
  });

  it("errors are the percentage of those given up", () => {
    const source = arranged({ endpoint: anEndpoint([1_000, ...repeat(5, 0)], aFleet({ units: 1 })) });
    expect(
      seenAt(source, START + 100, { target: "chat", metric: "errorRate", statistic: "average" }, 1),
    ).toEqual([30]);
  });

  it("without a ready unit what is per unit, and utilization, is missing and every request is an error", () => {
    const source = arranged({ endpoint: anEndpoint(repeat(6, 10), aFleet({ units: 0 })) });
    const of = (metric: string, statistic: "sum" | "maximum" | "average"): readonly (number | null)[] =>
      seenAt(source, START + 100, { target: "chat", metric, statistic }, 1);
    expect(of("invocationsPerUnit", "sum")).toEqual([null]);
    expect(of("queueLengthPerUnit", "maximum")).toEqual([null]);
    expect(of("gpuUtilization", "average")).toEqual([null]);
    expect(of("errorRate", "average")).toEqual([100]);
  });

  it("errors are at most all, and unknown where nobody came, even where those are lost who came before", () => {
    const endpoint = anEndpoint(
      [...repeat(5, 0), 700, ...repeat(5, 0), 150, ...repeat(6, 0)],
      aFleet({ units: 1 }),
    );
    const source = arranged({ endpoint });
    for (const minute of [1, 2]) {
      playTo(endpoint, START + minutes(minute));
      endpoint.kill(1, 1);
    }
    const query = { target: "chat", metric: "errorRate", statistic: "average" } as const;
    playTo(endpoint, START + minutes(3));
    expect([...endpoint.log.dropped]).toEqual([0, 600, 50]);
    expect(seenAt(source, START + minutes(3) + DELAY, query)).toEqual([0, 100, null]);
  });

  it("that are not simulated are null and say why", () => {
    const { metrics } = arranged();
    const query = { metric: "memoryUtilization", statistic: "average", minutes: 2 } as const;
    expect(metrics.series(query, START + 100)).toEqual({
      metric: "memoryUtilization",
      statistic: "average",
      end: START + 60,
      values: [null, null],
      why: "the simulator has no metric memoryUtilization with the statistic average",
    });
    expect(canSimulate("memoryUtilization", "average")).toBe(false);
    expect(canSimulate("latency", "p90")).toBe(false);
  });
});

describe("the newest minute", () => {
  const newestAt = (parts: Parts, after: number, query: Partial<MetricQuery> = {}) => {
    const { metrics, endpoint } = arranged(parts);
    playTo(endpoint, START + after);
    const { end, values } = metrics.series(
      { ...LOAD, minutes: 1, everySeconds: 10, ...query },
      START + after,
    );
    return [end - START, ...values];
  };

  it.each<[string, Parts, number, Partial<MetricQuery>, (number | null)[]]>([
    ["ends with the newest step that is published", {}, 130, {}, [120, 12]],
    ["joins parts of two minutes", {}, 160, {}, [150, 3 * 2 + 3 * 3]],
    [
      "ends with a scrape where those are rarer",
      { stepDelaySeconds: 0, scrapeSeconds: 15 },
      140,
      {},
      [130, 13],
    ],
    ["is missing before the first sixty seconds are over", {}, 60, {}, [50, null]],
    ["is missing with one of its minutes", { isMissing: (minute) => minute === 1 }, 160, {}, [150, null]],
    ["is only known of requests", {}, 160, { metric: "latency", statistic: "p95" }, [150, null]],
  ])("%s", (_case, parts, after, query, expected) => {
    expect(newestAt(parts, after, query)).toEqual(expected);
  });

  it("is late where its metrics are", () => {
    const fault: Fault = { kind: "late metrics", from: START, to: START + 200, bySeconds: 60 };
    expect(newestAt({ faults: [fault] }, 160)).toEqual([150, null]);
  });
});
