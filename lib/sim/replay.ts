/** Replays a trace: the same arrivals through Forewarm and through what it is compared with, into one result. */
import type { TargetPolicy } from "../core/policy.ts";
import type { Promotion } from "../core/promotion.ts";
import { REPLAY_SCHEMA, type ReplayResult, type Run } from "../core/replayResult.ts";
import { DAY_SECONDS, MINUTE_SECONDS } from "../core/time.ts";
import { assumptionsOf } from "./assumptions.ts";
import { contenders } from "./contenders.ts";
import { STEP_SECONDS } from "./physics/endpoint.ts";
import type { Fault } from "./physics/fault.ts";
import { PLATFORMS, type SimPlatform } from "./physics/platform.ts";
import { replayPolicyOf } from "./replayPolicy.ts";
import { runOf } from "./runResult.ts";
import { makeStage, type StageOptions } from "./stage.ts";
import { type Arrivals, spreadArrivals } from "./traces/spreadArrivals.ts";
import type { Trace } from "./traces/trace.ts";

export interface ReplayOptions {
  readonly trace: Trace;
  readonly target: TargetPolicy;
  readonly promotions: readonly Promotion[];
  /** See ReplayPolicyOptions. */
  readonly units: number | null;
  readonly leadTimeSeconds: number | null;
  /** The part of the trace that is past when the replay begins; null takes half of it, at most two weeks. */
  readonly historySeconds: number | null;
  readonly platform: SimPlatform;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly onProgress?: (label: string, share: number) => void;
}

/** Two weeks of history give every weekday twice. */
const DEFAULT_HISTORY_SECONDS = 14 * DAY_SECONDS;

/**
 * Replays the trace once for each contender. The same options give the same result, byte for byte. Throws a RangeError
 * when the trace is too short for the history asked for, or the policy does not fit it.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { trace, seed, platform, faults, promotions } = options;
  const arrivals = spreadArrivals(trace, seed, STEP_SECONDS);
  const historyMinutes = historyMinutesOf(arrivals, options.historySeconds);
  const { policy, perUnit, notes } = replayPolicyOf(options.target, {
    units: options.units,
    leadTimeSeconds: options.leadTimeSeconds,
    ...meanAndPeak(arrivals),
  });
  const stepsBefore = (historyMinutes * MINUTE_SECONDS) / STEP_SECONDS;
  const start = arrivals.start + historyMinutes * MINUTE_SECONDS;
  const past = { start: arrivals.start, perMinute: knownPast(arrivals, historyMinutes) };
  const stageOptions: StageOptions = {
    policy,
    perUnit,
    platform,
    leadTimeSeconds: options.leadTimeSeconds ?? policy.leadTime.expectedSeconds,
    metricDelaySeconds: PLATFORMS[platform].metricDelaySeconds,
    seed,
    faults,
    start,
    arrivals: arrivals.perStep.subarray(stepsBefore),
    past,
    isMissing: (minute) => arrivals.missing[historyMinutes + minute] === 1,
    initialUnits: initialUnits(arrivals, historyMinutes, perUnit, policy),
  };
  const runs = await runAll(stageOptions, promotions, options.onProgress);
  const minutes = arrivals.perMinute.length - historyMinutes;
  return {
    schema: REPLAY_SCHEMA,
    simulation: true,
    trace: accountOf(trace, arrivals, historyMinutes),
    assumptions: assumptionsOf(stageOptions, notes),
    policy,
    promotions,
    start,
    minutes,
    load: Array.from(arrivals.perMinute.subarray(historyMinutes)),
    runs,
  };
}

async function runAll(
  stageOptions: StageOptions,
  promotions: readonly Promotion[],
  onProgress: ReplayOptions["onProgress"] = () => undefined,
): Promise<Run[]> {
  const all = contenders(stageOptions, promotions);
  const runs: Run[] = [];
  for (const [index, contender] of all.entries()) {
    const share = (within: number): number => (index + within) / all.length;
    const stage = makeStage(stageOptions, (within) => onProgress(contender.label, share(within)));
    const track = await contender.run(stage);
    runs.push(runOf(track, stage, stageOptions));
  }
  return runs;
}

function historyMinutesOf({ perMinute }: Arrivals, asked: number | null): number {
  const half = Math.floor((perMinute.length * MINUTE_SECONDS) / 2 / DAY_SECONDS) * DAY_SECONDS;
  const minutes = Math.floor((asked ?? Math.min(DEFAULT_HISTORY_SECONDS, half)) / MINUTE_SECONDS);
  if (minutes >= perMinute.length) {
    throw new RangeError(
      `--history: got ${minutes} minutes, the trace has ${perMinute.length}; at least one minute must be left to replay`,
    );
  }
  return minutes;
}

function meanAndPeak({ perMinute }: Arrivals): { meanPerMinute: number; peakPerMinute: number } {
  let sum = 0;
  let peak = 0;
  for (const value of perMinute) {
    sum += value;
    if (value > peak) peak = value;
  }
  return { meanPerMinute: sum / perMinute.length, peakPerMinute: peak };
}

function knownPast({ perMinute, missing }: Arrivals, minutes: number): Float64Array {
  return Float64Array.from(perMinute.subarray(0, minutes), (value, i) =>
    missing[i] === 1 ? Number.NaN : value,
  );
}

/** Every run begins with what carries the first minutes, a quarter more to be inside the objective at once. */
function initialUnits(
  { perMinute }: Arrivals,
  first: number,
  perUnit: number,
  { capacity }: TargetPolicy,
): number {
  const load = Math.max(...perMinute.subarray(Math.max(0, first - 10), first + 1));
  return Math.min(capacity.max, Math.max(capacity.min, Math.ceil((1.25 * load) / perUnit)));
}

function accountOf(trace: Trace, arrivals: Arrivals, historyMinutes: number): ReplayResult["trace"] {
  const end = arrivals.start + arrivals.perMinute.length * MINUTE_SECONDS;
  return {
    name: trace.name,
    synthetic: trace.synthetic,
    from: arrivals.start,
    to: end,
    stepSeconds: trace.stepSeconds,
    steps: trace.requests.length,
    history: { from: arrivals.start, to: arrivals.start + historyMinutes * MINUTE_SECONDS },
    setAside: trace.setAside,
    missingSteps: trace.missingSteps,
    spreading: arrivals.spreading,
    notes: trace.notes,
  };
}
