/** A policy as the score runs it: one knob from careful to daring, settings that may be tuned, and a way to run it. */
import type { TargetPolicy } from "../../core/policy.ts";
import type { PolicyKind, Settings, SettingValue } from "../../core/scoreResult.ts";
import type { EpochSeconds } from "../../core/time.ts";
import type { CraneForecast } from "../peers/crane.ts";
import type { SimPlatform } from "../physics/platform.ts";
import type { ForecastArchive, Track } from "../runForewarm.ts";
import type { Stage, StageOptions } from "../stage.ts";

/** Minutes from `start` on. */
export interface Minutes {
  readonly start: EpochSeconds;
  readonly perMinute: Float64Array;
}

/** What a policy may be made from: nothing of the part that it is about to be run on. */
export interface Given {
  readonly policy: TargetPolicy;
  /** Requests a minute that one unit carries inside the objective. */
  readonly perUnit: number;
  readonly min: number;
  readonly max: number;
  readonly platform: SimPlatform;
  readonly leadTimeSeconds: number;
  /** Requests of each minute before the run; NaN where nothing is known. */
  readonly past: Minutes;
  /** By model; shared by all runs over the same requests. */
  readonly forecasts: Map<string, ForecastArchive>;
  readonly craneForecasts: Map<EpochSeconds, CraneForecast>;
  /** The days before the run, to be run through by who learns from what it achieves; null where there are none to spare. */
  readonly rehearsal: Rehearsal | null;
}

export interface Rehearsal {
  readonly stage: StageOptions;
  readonly forecasts: Given["forecasts"];
}

interface Common {
  /** Short and stable. */
  readonly name: string;
  readonly label: string;
  readonly about: string;
  /** What is tuned, the shipped default first. */
  readonly settings: Readonly<Record<string, readonly [SettingValue, ...SettingValue[]]>>;
  /** Where the knob stands as shipped; null where its original has no such default. */
  readonly shippedKnob: number | null;
  /** What the knob is, where it is not the one of all. */
  readonly knob?: string;
}

export interface Candidate extends Common {
  readonly kind: Exclude<PolicyKind, "told">;
  /** Runs whose settings are those found for another policy are not tuned themselves. */
  readonly settingsOf?: string;
  readonly run: (stage: Stage, given: Given, knob: number, settings: Settings) => Promise<Track>;
}

/** One that is told the future, to show what not knowing it costs. */
export interface ToldCandidate extends Common {
  readonly kind: "told" | "ablation";
  readonly settingsOf?: string;
  readonly runTold: (
    stage: Stage,
    given: Given & { readonly truth: Minutes },
    knob: number,
    settings: Settings,
  ) => Promise<Track>;
}

export type AnyCandidate = Candidate | ToldCandidate;

/**
 * The knob is the same for all: the load that one unit is planned to carry, as a share of what it can carry inside the
 * objective. Rivals call it target value, target utilisation or safety factor.
 */
export const KNOB = "load planned for one unit, as a share of the unit load";

/** At 0.2 five times the units are there, at 1.6 a unit is far more than full. */
export const KNOB_RANGE = { lowest: 0.2, highest: 1.6 } as const;

export function defaultsOf({ settings }: AnyCandidate): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, [first]]) => [name, first]));
}

/** A setting that is a number. Throws a RangeError when it is not: the table of settings and its reader disagree. */
export function numberOf(settings: Settings, name: string): number {
  const value = settings[name];
  if (typeof value !== "number") throw new RangeError(`setting ${name}: got ${value}, allowed is a number`);
  return value;
}
