/** Learns from the last days' minutes what one unit carries, and stores it for the decisions. */
import type { TargetPolicy } from "../core/policy.ts";
import type { Statistic } from "../core/reading.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, MINUTE_SECONDS } from "../core/time.ts";
import { learnUnitLoad } from "../core/unitLoad/learn.ts";
import type { MeasuredMinutes } from "../core/unitLoad/minutes.ts";
import { basisOf, type UnitLoad, type UnitLoadBasis, usable } from "../core/unitLoad/unitLoad.ts";
import type { MetricHistory } from "../ports/metricSource.ts";
import { messageOf } from "./messageOf.ts";
import type { World } from "./world.ts";

/** As far back as there are minutes: CloudWatch keeps them for 15 days, and five minutes together hide the knee. */
const LEARNING_DAYS = 14;

/**
 * Learns the target's unit load, where its platform and policy allow, and stores it. What cannot be read or stored now
 * is said and never keeps a forecast from being made: what is stored stands until the next refresh. Returns what is to
 * be said.
 */
export async function learnUnitLoads(
  world: World,
  policy: TargetPolicy,
  now: EpochSeconds,
): Promise<readonly string[]> {
  const basis = basisOf(policy);
  if (basis === null) return [];
  try {
    const [stored, minutes] = await Promise.all([
      world.unitLoads.get(policy.id),
      readMinutes(world, policy.id, basis, now),
    ]);
    const before = stored === null ? null : usable(stored, basis);
    const learned = learnUnitLoad(minutes, basis.latencyP95Ms, before, now);
    await world.unitLoads.put({ target: policy.id, basis, learned });
    return sayUnlearned(policy, learned);
  } catch (error) {
    return [`what one unit carries could not be learned: ${messageOf(error)}`];
  }
}

function sayUnlearned({ load }: TargetPolicy, learned: UnitLoad): readonly string[] {
  return learned.kind === "unknown" && load?.perUnit === null
    ? [`what one unit carries is not known yet: ${learned.why}`]
    : [];
}

async function readMinutes(
  { metrics }: World,
  target: string,
  { metric, statistic }: UnitLoadBasis,
  now: EpochSeconds,
): Promise<MeasuredMinutes> {
  const from = floorTo(now, MINUTE_SECONDS) - LEARNING_DAYS * DAY_SECONDS;
  const until = floorTo(now - MINUTE_SECONDS, MINUTE_SECONDS);
  const count = (until - from) / MINUTE_SECONDS;
  const read = async (name: string, by: Statistic): Promise<Float64Array> =>
    onGrid(await metrics.history({ target, metric: name, statistic: by }, from, until), from, count);
  // Metrics without which much can be learned: an instance with no GPU has no GPU utilization.
  const readAny = (name: string, by: Statistic): Promise<Float64Array> =>
    read(name, by).catch(() => new Float64Array(count).fill(Number.NaN));
  const [load, requests, requestsPerUnit, latencyP95Ms, utilization, errorRate] = await Promise.all([
    read(metric, statistic),
    read("invocations", "sum"),
    read("invocationsPerUnit", "sum"),
    read("latency", "p95"),
    readAny("gpuUtilization", "average"),
    readAny("errorRate", "average"),
  ]);
  return { start: from, load, requests, requestsPerUnit, latencyP95Ms, utilization, errorRate };
}

/** `count` minutes from `from`; NaN where there is none, and for values that are not of single minutes. */
function onGrid(
  { start, stepSeconds, values }: MetricHistory,
  from: EpochSeconds,
  count: number,
): Float64Array {
  const minutes = new Float64Array(count).fill(Number.NaN);
  if (stepSeconds !== MINUTE_SECONDS) return minutes;
  const first = Math.round((start - from) / MINUTE_SECONDS);
  for (const [i, value] of values.entries()) {
    const at = first + i;
    if (value !== null && at >= 0 && at < count) minutes[at] = value;
  }
  return minutes;
}
