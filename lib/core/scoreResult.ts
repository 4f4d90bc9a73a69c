/**
 * The result of `forewarm score`: what each policy costs at equal violations, beside a bound. Everything in it is
 * simulated. docs/score-schema.md explains each field; the number in `schema` grows when a reader would break.
 */
import type { EpochSeconds } from "./time.ts";

export const SCORE_SCHEMA = "forewarm.score/1";

/** Shares of violated requests at which costs are compared. */
export const SHARES = [0.001, 0.01, 0.05] as const;

export type ScorePlatform = "sagemaker" | "kubernetes";

/**
 * `forewarm` is ours and `ablation` ours with a part missing or wrong; `reactive` rivals follow what they measure,
 * `predictive` ones expect something, `timetable` ones never look; `told` ones know the future and can be run by nobody.
 */
export type PolicyKind = "forewarm" | "ablation" | "reactive" | "predictive" | "timetable" | "told";

export type SettingValue = number | string | boolean | null;
export type Settings = Readonly<Record<string, SettingValue>>;

export interface PolicyAccount {
  readonly name: string;
  readonly label: string;
  readonly kind: PolicyKind;
  /** What it is, of what source, and every deviation from its original. */
  readonly about: string;
  /** What the knob does, in words. */
  readonly knob: string;
  /** What was tuned, with the values that were tried, the shipped default first. */
  readonly settings: Readonly<Record<string, readonly SettingValue[]>>;
}

export interface KnobOutcome {
  readonly knob: number;
  /** Whether the knob stands where its original ships it. */
  readonly shipped: boolean;
  /** Share of all offered requests that missed the objective, were refused, timed out or never finished. */
  readonly violations: number;
  readonly unitHours: number;
  readonly actionsPerDay: number;
  readonly flapsPerDay: number;
}

export interface CostAtShare {
  readonly share: number;
  /** Null: the policy never left so few violations. */
  readonly unitHours: number | null;
  /** Over the bound for the same share. */
  readonly ratio: number | null;
  /** The part of what perfect knowledge saves over the best tuned reactive rival; null where it saves nothing. */
  readonly captured: number | null;
}

export interface PolicyVersion {
  readonly version: "defaults" | "tuned";
  readonly settings: Settings;
  /** On the scored part, averaged over seeds, by knob. */
  readonly outcomes: readonly KnobOutcome[];
  /** Indices into `outcomes` of the lower-left hull, by violations. */
  readonly hull: readonly number[];
  readonly costs: readonly CostAtShare[];
}

export interface PolicyScore {
  readonly policy: string;
  /** Runs on the training part; 0 for policies that take the settings of another. */
  readonly trials: number;
  readonly versions: readonly PolicyVersion[];
}

export interface BoundAtShare {
  readonly share: number;
  /** Unit-hours of the linear programme; null where it was not solved. */
  readonly linearProgramme: number | null;
  /** Unit-hours that no policy undercuts. */
  readonly bound: number;
  /** Unit-hours of the clairvoyant's plan in the simulator; null where it did not reach the share. */
  readonly clairvoyant: number | null;
}

export interface CaseKey {
  readonly trace: string;
  readonly platform: ScorePlatform;
  readonly leadTimeSeconds: number;
  /** Units that the mean load needs. */
  readonly units: number;
}

export interface ScoreCase extends CaseKey {
  /** Requests of the run for each of the trace. */
  readonly factor: number;
  readonly maxUnits: number;
  /** Offered on the scored part, averaged over seeds. */
  readonly requests: number;
  readonly bounds: readonly BoundAtShare[];
  readonly policies: readonly PolicyScore[];
}

export interface ScoredTrace {
  readonly name: string;
  readonly synthetic: boolean;
  readonly stepSeconds: number;
  readonly training: { readonly from: EpochSeconds; readonly to: EpochSeconds };
  readonly scored: { readonly from: EpochSeconds; readonly to: EpochSeconds };
  readonly notes: readonly string[];
}

export interface ScoreAssumptions {
  readonly stepSeconds: number;
  /** Requests a minute that one unit carries inside the objective. */
  readonly unitLoad: number;
  readonly objectiveMs: number;
  readonly leadTimeSpread: string;
  readonly seeds: readonly number[];
  readonly trials: number;
  readonly knobValues: number;
  readonly quick: boolean;
  readonly notes: readonly string[];
}

export interface ScoreResult {
  readonly schema: typeof SCORE_SCHEMA;
  readonly simulation: true;
  readonly assumptions: ScoreAssumptions;
  readonly policies: readonly PolicyAccount[];
  readonly traces: readonly ScoredTrace[];
  readonly setAside: readonly { readonly trace: string; readonly why: string }[];
  readonly cases: readonly ScoreCase[];
}
