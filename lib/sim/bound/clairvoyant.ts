/**
 * What could really be done with perfect knowledge: the clairvoyant's plan, asked for in the simulator like any policy's
 * wishes, with its locks and its lead times, of which the clairvoyant knows no more than their spread.
 */
import { MINUTE_SECONDS } from "../../core/time.ts";
import type { Peer } from "../peers/peer.ts";
import { STEP_SECONDS, STEPS_PER_MINUTE } from "../physics/endpoint.ts";
import { PLATFORMS, type SimPlatform } from "../physics/platform.ts";
import { runPeer } from "../runPeer.ts";
import { makeStage, type StageOptions } from "../stage.ts";
import type { CapacityProblem } from "./capacityProblem.ts";
import { type ChangeGaps, planUnits, type SlotMisses, slotMissesOf } from "./clairvoyantPlan.ts";

export interface ClairvoyantResult {
  readonly unitSeconds: number;
  readonly violations: number;
  /** How long before a unit is needed it was asked for. */
  readonly aheadSeconds: number;
}

/** How early units are asked for, in median lead times: early ones are billed longer, late ones miss. */
const AHEAD = [1, 1.2, 1.45, 1.8] as const;

/** Prices of a missed request, in unit-seconds, and how often their interval is halved. */
const LOWEST_PRICE = 0.01;
const HIGHEST_PRICE = 1e4;
const HALVINGS = 10;

/** What plans for several shares have in common: searches begin at the same prices, and a plan is run once. */
export interface KnownPlans {
  readonly misses: SlotMisses;
  readonly runs: Map<string, ClairvoyantResult>;
}

export const noPlans = (problem: CapacityProblem): KnownPlans => ({
  misses: slotMissesOf(problem, STEPS_PER_MINUTE),
  runs: new Map(),
});

/** The cheapest run that was found with violations up to `share`; null when none was. */
export function clairvoyant(
  problem: CapacityProblem,
  options: StageOptions,
  share: number,
  ahead: readonly number[] = AHEAD,
  { misses, runs }: KnownPlans = noPlans(problem),
): ClairvoyantResult | null {
  const start = { min: problem.min, startSeconds: options.leadTimeSeconds };
  let best: ClairvoyantResult | null = null;
  for (const factor of ahead) {
    const aheadSeconds = factor * options.leadTimeSeconds;
    const gaps = gapsOf(options.platform, aheadSeconds);
    let low = Math.log(LOWEST_PRICE);
    let high = Math.log(HIGHEST_PRICE);
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2;
      const key = `${factor} ${middle}`;
      const result = runs.get(key) ?? {
        ...replayPlan(planUnits(misses, start, gaps, Math.exp(middle)), aheadSeconds, options),
        aheadSeconds,
      };
      runs.set(key, result);
      if (result.violations > share) low = middle;
      else {
        high = middle;
        if (best === null || result.unitSeconds < best.unitSeconds) best = result;
      }
    }
  }
  return best;
}

/** An endpoint is locked from asking until units serve, and a while after a scale-in. */
function gapsOf(platform: SimPlatform, aheadSeconds: number): ChangeGaps {
  const { lock, shortLockSeconds } = PLATFORMS[platform];
  if (lock === "none") return { upUp: 1, upDown: 1, downUp: 1, downDown: 1 };
  const slots = (seconds: number): number => Math.max(1, Math.ceil(seconds / MINUTE_SECONDS));
  const upLock = lock === "until ready" ? aheadSeconds : shortLockSeconds;
  return {
    upUp: slots(upLock),
    upDown: 1,
    downUp: slots(shortLockSeconds + aheadSeconds),
    downDown: slots(shortLockSeconds),
  };
}

/** Runs a plan of units for each minute; violations as a share of the requests. */
export function replayPlan(
  plan: Uint32Array,
  aheadSeconds: number,
  options: StageOptions,
): Pick<ClairvoyantResult, "unitSeconds" | "violations"> {
  const stage = makeStage(options);
  runPeer(stage, clairvoyantPeer(plan, aheadSeconds, options));
  const { fleet, log, unfinished } = stage.endpoint;
  const sum = (series: Float64Array): number => series.reduce((total, value) => total + value, 0);
  const requests = sum(log.arrivals);
  return {
    unitSeconds: fleet.unitSeconds,
    violations: requests === 0 ? 0 : (sum(log.violations) + unfinished) / requests,
  };
}

/** Wants the most that the plan has between now and so far ahead. */
function clairvoyantPeer(plan: Uint32Array, aheadSeconds: number, { start }: StageOptions): Peer<null> {
  return {
    name: "clairvoyant",
    label: "Clairvoyant plan",
    about: "A plan made with knowledge of every request. Not a policy that anybody can run.",
    periodSeconds: STEP_SECONDS,
    initial: null,
    step: (_state, { desired }, now) => {
      const first = Math.floor((now - start) / MINUTE_SECONDS);
      const last = Math.min(plan.length - 1, Math.floor((now + aheadSeconds - start) / MINUTE_SECONDS));
      let units = 0;
      for (let minute = first; minute <= last; minute++) units = Math.max(units, plan[minute] as number);
      return { desired: units === 0 ? desired : units, state: null, reason: "as planned" };
    },
  };
}
