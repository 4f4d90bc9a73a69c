/** A made-up fleet and what AWS would say of it: every endpoint serves a daily wave, every alarm is quiet. */
import { alarmNameOf } from "../../../lib/contract/alarmName.ts";
import type { Policy } from "../../../lib/core/policy.ts";
import { parsePolicyObject } from "../../../lib/policy/parsePolicy.ts";
import type { Answer } from "./countedClients.ts";

export const PREFIX = "Forewarm/";

/** So many targets, each on an endpoint of its own, as the ten-line policy has them, with more keys if wanted. */
export function fleetOf(targets: number, keys: object = {}): Policy {
  const written = Array.from({ length: targets }, (_, i) => [
    `target-${i}`,
    {
      kind: "sagemaker-variant",
      endpoint: `endpoint-${i}`,
      variant: "AllTraffic",
      capacity: { min: 1, max: 12 },
      load: { metric: "invocations", perUnit: 240 },
      objective: { latencyP95: "800ms", share: "99.9%" },
      ...keys,
    },
  ]);
  const result = parsePolicyObject({ targets: Object.fromEntries(written) });
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
  return result.policy;
}

/** Requests a minute: a day's wave with a little noise, never zero. */
const loadAt = (at: number): number =>
  Math.round(900 + 700 * Math.sin((2 * Math.PI * at) / 86_400) + 60 * Math.sin(at / 97));

/** Answers like AWS: the asked capacity is there at once, the load follows the clock of the question. */
export function awsOf(policy: Policy): Answer {
  const units = new Map<string, number>();
  const alarms = policy.targets.flatMap(({ id, rules }) =>
    rules.map(({ path }) => ({ AlarmName: alarmNameOf(PREFIX, id, path), StateValue: "OK" })),
  );
  return (command, input) => {
    switch (command) {
      case "DescribeEndpointCommand":
        return endpoint(String(input["EndpointName"]), units);
      case "UpdateEndpointWeightsAndCapacitiesCommand": {
        const [wish] = input["DesiredWeightsAndCapacities"] as readonly { DesiredInstanceCount: number }[];
        units.set(String(input["EndpointName"]), wish?.DesiredInstanceCount ?? 1);
        return { EndpointArn: "arn" };
      }
      case "GetMetricDataCommand":
        return metricData(input);
      case "DescribeAlarmsCommand": {
        const from = Number(input["NextToken"] ?? 0);
        const page = alarms.slice(from, from + Number(input["MaxRecords"] ?? 50));
        const next = from + page.length;
        return { MetricAlarms: page, ...(next < alarms.length ? { NextToken: String(next) } : {}) };
      }
      default:
        return { FailedEntryCount: 0, Entries: [{}], MessageId: "1" };
    }
  };
}

function endpoint(name: string, units: ReadonlyMap<string, number>): object {
  const count = units.get(name) ?? 4;
  return {
    EndpointName: name,
    EndpointArn: `arn:aws:sagemaker:eu-west-1:111122223333:endpoint/${name}`,
    EndpointStatus: "InService",
    ProductionVariants: [
      { VariantName: "AllTraffic", CurrentInstanceCount: count, DesiredInstanceCount: count },
    ],
    CreationTime: new Date(0),
    LastModifiedTime: new Date(0),
  };
}

interface Query {
  readonly Id: string;
  readonly MetricStat?: { readonly Period: number };
}

function metricData(input: Readonly<Record<string, unknown>>): object {
  const start = (input["StartTime"] as Date).getTime() / 1000;
  const end = (input["EndTime"] as Date).getTime() / 1000;
  const results = (input["MetricDataQueries"] as readonly Query[]).map(({ Id, MetricStat }) => {
    const period = MetricStat?.Period ?? 60;
    const steps = Math.max(0, Math.floor((end - start) / period));
    const times = Array.from({ length: steps }, (_, i) => start + i * period);
    return {
      Id,
      StatusCode: "Complete",
      Timestamps: times.map((at) => new Date(at * 1000)),
      Values: times.map((at) => (loadAt(at) * period) / 60),
    };
  });
  return { MetricDataResults: results };
}
