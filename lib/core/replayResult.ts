/**
 * What a replay found: the JSON that the page, the terminal table and other people's tools read.
 * Everything in it was simulated. docs/result-schema.md describes it for readers; change `schema` when its shape changes.
 */
import type { DecisionRecord } from "./decision.ts";
import type { TargetPolicy } from "./policy.ts";
import type { Promotion } from "./promotion.ts";
import type { EpochSeconds } from "./time.ts";

export const REPLAY_SCHEMA = "forewarm.replay/1";

export interface ReplayResult {
  readonly schema: typeof REPLAY_SCHEMA;
  /** Always true: no number in here was measured on a real endpoint. */
  readonly simulation: true;
  readonly trace: TraceAccount;
  readonly assumptions: Assumptions;
  readonly policy: TargetPolicy;
  readonly promotions: readonly Promotion[];
  /** Start of the first replayed minute; every minute series below begins here, with one value a minute. */
  readonly start: EpochSeconds;
  readonly minutes: number;
  /** Requests offered in each minute, the same for every run. */
  readonly load: readonly number[];
  /** Forewarm first, then what it is compared with. */
  readonly runs: readonly Run[];
}

/** What was read, and what was done to it before it could be replayed. */
export interface TraceAccount {
  readonly name: string;
  /** Made by our generator, not recorded. */
  readonly synthetic: boolean;
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
  readonly stepSeconds: number;
  readonly steps: number;
  /** The part before the replay, which the forecast may learn from. */
  readonly history: { readonly from: EpochSeconds; readonly to: EpochSeconds };
  /** Rows that were not used, by reason, with the first line of each. */
  readonly setAside: readonly { readonly why: string; readonly rows: number; readonly firstLine: number }[];
  /** Steps that had no row; they are replayed as no traffic and kept from the forecast as missing. */
  readonly missingSteps: number;
  /** How steps became ten-second arrivals, in words. */
  readonly spreading: string;
  /** What was noticed and mended while reading, in words. */
  readonly notes: readonly string[];
}

/** What the simulated endpoint was like. */
export interface Assumptions {
  readonly seed: number;
  readonly stepSeconds: number;
  readonly platform: "sagemaker" | "nodegroup" | "kubernetes";
  /** Median lead time; starts are drawn around it. */
  readonly leadTimeSeconds: number;
  readonly leadTimeSpread: string;
  readonly scaleInLockSeconds: number;
  readonly metricDelaySeconds: number;
  readonly serviceTimeSeconds: number;
  readonly slotsPerUnit: number;
  /** Requests a minute at which a unit is full; the unit load of the policy is the part of it inside the objective. */
  readonly saturationPerUnit: number;
  /** Requests a minute that a simulated unit carries inside the objective; the policy may leave it to be learned. */
  readonly unitLoad: number;
  readonly objectiveMs: number;
  readonly pricePerUnitHour: number;
  readonly currency: string;
  /** Sentences for the reader: what is left out or simplified. */
  readonly notes: readonly string[];
}

export interface Run {
  /** `forewarm`, `forewarm-without-forecast`, `static-peak`, `target-tracking` … */
  readonly name: string;
  readonly label: string;
  /** For a rival: what it is, from where, and how it differs from its original. */
  readonly about: string;
  readonly summary: Summary;
  /** Minute series: at the end of the minute. Pending is desired − ready. */
  readonly desired: readonly number[];
  readonly ready: readonly number[];
  /** Requests of the minute that missed the objective or were never served. */
  readonly violations: readonly number[];
  /** 95th percentile of the minute's latency in milliseconds; null in a minute without requests. */
  readonly latencyP95Ms: readonly (number | null)[];
  readonly actions: readonly Action[];
  /** Forewarm's runs only: the forecast in use at each minute, null where there was none. */
  readonly forecast: {
    readonly median: readonly (number | null)[];
    readonly upper: readonly (number | null)[];
    /** When the accuracy gate had it off, and the worst that it said of it then. */
    readonly off: readonly ForecastOff[];
  } | null;
  /** Forewarm's own run only: decisions that acted or whose reasons changed; the ones between repeat the one before. */
  readonly decisions: readonly DecisionRecord[];
}

/** A time in which the forecast was not used; `to` is the end of the replay where it was still off then. */
export interface ForecastOff {
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
  /** Its loss in units of that of the same time last week, and the share of the load under its quantile. */
  readonly lossRatio: number;
  readonly coverage: number;
}

export interface Action {
  readonly at: EpochSeconds;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

export interface Summary {
  readonly requests: number;
  readonly unitHours: number;
  readonly cost: number;
  /** Share of requests inside the objective. */
  readonly insideObjective: number;
  /** Minutes in which more requests missed the objective than its share allows. */
  readonly violationMinutes: number;
  readonly scaleOuts: number;
  readonly scaleIns: number;
  /** Scale-ins that were taken back by a scale-out within half an hour. */
  readonly flaps: number;
  /** Ramps, and those for which enough units were ready when the load came. */
  readonly ramps: number;
  readonly rampsReady: number;
}
