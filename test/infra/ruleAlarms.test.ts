/** The alarms on the rules: the same thresholds as the reader's, in the units that CloudWatch publishes. */
import { describe, expect, it } from "@jest/globals";
import { Annotations, Match, Template } from "aws-cdk-lib/assertions";
import { parseAlarmName } from "../../lib/contract/alarmName.ts";
import { aComponent, aNodegroup, aPolicyOf, aStack, manyTargets, quietly, resourcesOf } from "./arrange.ts";

const RULES = [
  { metric: "gpuUtilization", above: "70%", for: "2m", scale: "out" },
  { metric: "gpuUtilization", below: "30%", for: "15m", scale: "in" },
  { metric: "latency", statistic: "p95", above: "800ms", for: "2 of 3m" },
  { metric: "errorRate", above: "5%", for: "2 of 3m", scale: "freeze" },
  { metric: "cpuUtilization", above: "90%", for: "1m" },
  { metric: "batches", above: 12, for: "1m" },
  { metric: "queueShare", above: "50%", for: "1m" },
];

const METRICS = {
  batches: {
    unit: "count",
    statistic: "maximum",
    namespace: "Our/Models",
    name: "Batches",
    dimensions: { Model: "chat" },
  },
  queueShare: {
    unit: "percent",
    statistic: "average",
    expression: "100 * waiting / served",
    of: {
      waiting: { namespace: "Our/Models", name: "Waiting" },
      served: { namespace: "Our/Models", name: "Served", statistic: "sum" },
    },
  },
};

const { template, stack } = aStack(
  aPolicyOf({ chat: { unit: { gpus: 4, vcpus: 48 }, rules: RULES, metrics: METRICS } }),
);

function alarmOf(path: string, of: Template = template): Readonly<Record<string, unknown>> {
  const found = resourcesOf(of, "AWS::CloudWatch::Alarm").find(
    ({ Properties }) => Properties["AlarmName"] === `Forewarm/chat/${path}`,
  );
  if (found === undefined) throw new Error(`no alarm on ${path}`);
  return found.Properties;
}

describe("an alarm on a rule", () => {
  it("goes by a name that can be read back", () => {
    const names = resourcesOf(template, "AWS::CloudWatch::Alarm")
      .map(({ Properties }) => Properties["AlarmName"])
      .filter((name): name is string => typeof name === "string");
    expect(names.map((name) => parseAlarmName("Forewarm/", name))).toEqual(
      RULES.map((_, i) => ({ target: "chat", rulePath: `rules[${i}]` })),
    );
  });

  it("compares percents of each GPU with CloudWatch's sum over the GPUs", () => {
    expect(alarmOf("rules[0]")).toMatchObject({
      Namespace: "/aws/sagemaker/Endpoints",
      MetricName: "GPUUtilization",
      Statistic: "Average",
      Period: 60,
      Threshold: 280,
      ComparisonOperator: "GreaterThanThreshold",
      DatapointsToAlarm: 2,
      EvaluationPeriods: 2,
      TreatMissingData: "missing",
    });
    expect(alarmOf("rules[1]")).toMatchObject({ Threshold: 120, ComparisonOperator: "LessThanThreshold" });
    expect(alarmOf("rules[4]")).toMatchObject({ MetricName: "CPUUtilization", Threshold: 4320 });
  });

  it("compares milliseconds with microseconds, by percentile, and takes no requests for no breach", () => {
    expect(alarmOf("rules[2]")).toMatchObject({
      MetricName: "ModelLatency",
      ExtendedStatistic: "p95",
      Threshold: 800_000,
      DatapointsToAlarm: 2,
      EvaluationPeriods: 3,
      TreatMissingData: "notBreaching",
      Dimensions: [
        { Name: "EndpointName", Value: "chat-prod" },
        { Name: "VariantName", Value: "AllTraffic" },
      ],
    });
  });

  it("compares percents with a rate", () => {
    expect(alarmOf("rules[3]")).toMatchObject({
      MetricName: "Invocation5XXErrors",
      Statistic: "Average",
      Threshold: 0.05,
    });
  });

  it("watches declared metrics, one as it is and several by metric math", () => {
    expect(alarmOf("rules[5]")).toMatchObject({
      Namespace: "Our/Models",
      MetricName: "Batches",
      Statistic: "Maximum",
      Dimensions: [{ Name: "Model", Value: "chat" }],
      Threshold: 12,
      TreatMissingData: "missing",
    });
    const { Metrics } = alarmOf("rules[6]");
    expect(Metrics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Expression: "100 * waiting / served", ReturnData: true }),
        expect.objectContaining({
          Id: "served",
          ReturnData: false,
          MetricStat: expect.objectContaining({ Stat: "Sum", Period: 60 }),
        }),
      ]),
    );
  });

  it("does nothing itself, names no unit, and says in words what it is", () => {
    for (const i of RULES.keys()) {
      const alarm = alarmOf(`rules[${i}]`);
      expect(Object.keys(alarm).filter((key) => /Actions$|^Unit$/.test(key))).toEqual([]);
      expect(JSON.stringify(alarm)).not.toContain('"Unit"');
    }
    expect(alarmOf("rules[0]")["AlarmDescription"]).toBe(
      "Forewarm: chat asks for more units when gpuUtilization (average) is above 70 % for 2 min. From the policy; change it there.",
    );
    expect(alarmOf("rules[3]")["AlarmDescription"]).toContain("releases no units and tells people");
  });

  it("keeps thresholds free of noise from binary fractions", () => {
    const { template: noisy } = aStack(
      aPolicyOf({ chat: { rules: [{ metric: "latency", above: "0.3ms", for: "1m" }] } }),
    );
    expect(alarmOf("rules[0]", noisy)["Threshold"]).toBe(300);
  });
});

describe("rules of a target that names none", () => {
  it("are the objective's and the error guard's", () => {
    const { template: plain } = aStack(aPolicyOf({ chat: {} }));
    expect(alarmOf("objective.latencyP95", plain)).toMatchObject({ Threshold: 800_000 });
    expect(alarmOf("errorGuard", plain)).toMatchObject({ Threshold: 0.05, TreatMissingData: "notBreaching" });
  });
});

describe("the number of GPUs", () => {
  const warning = Match.stringLikeRegexp("targets.chat: .* one GPU");

  it("is assumed to be one with a warning", () => {
    const assumed = aStack(aPolicyOf({ chat: { rules: RULES.slice(0, 1) } }));
    Annotations.fromStack(assumed.stack).hasWarning("/Forewarm/Forewarm", warning);
    expect(alarmOf("rules[0]", assumed.template)["Threshold"]).toBe(70);
  });

  it("needs no warning where it is said or does not matter", () => {
    Annotations.fromStack(stack).hasNoWarning("/Forewarm/Forewarm", Match.anyValue());
    const normalized = aComponent({ rules: RULES.slice(0, 1) });
    const others = aStack(aPolicyOf({ chat: {}, summary: normalized, nodes: aNodegroup() }));
    Annotations.fromStack(others.stack).hasNoWarning("/Forewarm/Forewarm", Match.anyValue());
  });
});

describe("very many alarms", () => {
  const FOUR = [70, 75, 80, 85].map((above) => ({
    metric: "memoryUtilization",
    above: `${above}%`,
    for: "1m",
  }));

  it("stand in nested stacks under a prefix of their own, whole targets together, and stay there", () => {
    const homesOf = (count: number): ReadonlyMap<string, string> => {
      const many = aStack(manyTargets(count, { rules: FOUR }));
      expect(resourcesOf(many.template, "AWS::Lambda::Function")[0]?.Properties).toMatchObject({
        Environment: { Variables: { FOREWARM_ALARM_PREFIX: "Forewarm.nested/" } },
      });
      const homes = new Map<string, string>();
      for (const each of many.stack.node.findAll()) {
        const { nestedStackResource } = each as { readonly nestedStackResource?: unknown };
        if (nestedStackResource === undefined || each === many.stack) continue;
        const nested = quietly(() => Template.fromStack(each as typeof many.stack));
        for (const { Properties } of resourcesOf(nested, "AWS::CloudWatch::Alarm")) {
          const target = parseAlarmName("Forewarm.nested/", String(Properties["AlarmName"]))?.target ?? "";
          expect(homes.get(target) ?? each.node.id).toBe(each.node.id);
          homes.set(target, each.node.id);
        }
      }
      return homes;
    };
    const fewer = homesOf(60);
    const more = homesOf(70);
    expect(fewer.size).toBe(60);
    expect(more.size).toBe(70);
    for (const [target, home] of fewer) expect(more.get(target)).toBe(home);
    expect(new Set(more.values()).size).toBeGreaterThan(5);
  });
});
