/** Everything of one policy in one case: tuned on the training part, then run over the scored part, once for each knob. */
import type { KnobOutcome, PolicyVersion, Settings } from "../../core/scoreResult.ts";
import type { AnyCandidate } from "./candidate.ts";
import { defaultsOf } from "./candidate.ts";
import { type RunOutcome, runOutcome } from "./runOutcome.ts";
import type { ScoringCase } from "./scoreCase.ts";
import { bestSettings, knobsToScore, knobTrialsOf, nextKnob, type Tried, trialsOf } from "./tune.ts";

export interface ScorePlan {
  /** Runs on the training part for each policy. */
  readonly trials: number;
  /** Values of the knob on the scored part, for each version of the settings. */
  readonly knobValues: number;
}

/** What a policy came to, before it is compared with others. */
export interface PolicyRuns {
  readonly policy: string;
  readonly trials: number;
  readonly versions: readonly Pick<PolicyVersion, "version" | "settings" | "outcomes">[];
}

/**
 * Tunes on the first seed's training part; of a policy that takes the settings found for another (`taken`) only the knob is
 * tried there. `cases` holds the same case for every seed.
 */
export async function scorePolicy(
  candidate: AnyCandidate,
  cases: readonly ScoringCase[],
  plan: ScorePlan,
  taken: Settings | null = null,
): Promise<PolicyRuns> {
  const [first] = cases;
  if (first === undefined) throw new RangeError("score: got no seed, at least one is needed");
  const tried: Tried[] = [];
  for (const trial of taken === null ? trialsOf(candidate, plan.trials) : knobTrialsOf(taken)) {
    const { violations, unitHours } = await runOutcome(candidate, first.tuning, trial.knob, trial.settings);
    tried.push({ ...trial, violations, cost: unitHours });
  }
  const { policy, trials } = { policy: candidate.name, trials: tried.length };
  const score = async (version: PolicyVersion["version"], settings: Settings) => {
    const closer = Math.floor(CLOSER_SHARE * plan.knobValues);
    const knobs = knobsOf(candidate, tried, settings, version, plan.knobValues - closer);
    return { version, settings, outcomes: await sweep(candidate, cases, knobs, closer, settings, version) };
  };
  if (taken !== null) return { policy, trials, versions: [await score("tuned", taken)] };
  const defaults = await score("defaults", defaultsOf(candidate));
  const settings = bestSettings(tried);
  const same = JSON.stringify(settings) === JSON.stringify(defaults.settings);
  const tuned = same ? { ...defaults, version: "tuned" as const } : await score("tuned", settings);
  return { policy, trials, versions: [defaults, tuned] };
}

/** Of the runs over the scored part, how many look closer at what the others left open. */
const CLOSER_SHARE = 0.5;

/** The shares at which costs are read off, in the order in which they are looked at closer: the one that is tuned for twice. */
const LOOKED_AT = [0.01, 0.01, 0.001, 0.05] as const;

/**
 * Runs over the scored part, averaged over the seeds: at each of the values of the knob, then at as many more as `closer`
 * says, each between the two runs around one of the shares, or further out where none is on one side. Every policy's curve is
 * as well known where it is read off, wherever on its knob that is.
 */
async function sweep(
  candidate: AnyCandidate,
  cases: readonly ScoringCase[],
  knobs: readonly number[],
  closer: number,
  settings: Settings,
  version: PolicyVersion["version"],
): Promise<readonly KnobOutcome[]> {
  const outcomes: KnobOutcome[] = [];
  const run = async (knob: number): Promise<void> => {
    const runs: RunOutcome[] = [];
    for (const each of cases) runs.push(await runOutcome(candidate, each.scored, knob, settings));
    const shipped = version === "defaults" && knob === candidate.shippedKnob;
    outcomes.push({ knob, shipped, ...meanOf(runs) });
  };
  for (const knob of knobs) await run(knob);
  for (let i = 0; i < closer; i++) {
    const next = nextInTurn(outcomes, i);
    if (next === null) break;
    await run(next);
  }
  return outcomes.sort((a, b) => a.knob - b.knob);
}

/** In turn for the shares; for the next one where a share is known well enough or out of reach. */
function nextInTurn(outcomes: readonly KnobOutcome[], turn: number): number | null {
  for (let i = 0; i < LOOKED_AT.length; i++) {
    const knob = nextKnob(outcomes, LOOKED_AT[(turn + i) % LOOKED_AT.length] as number);
    if (knob !== null) return knob;
  }
  return null;
}

/** As shipped, the knob's own default is run as well. */
function knobsOf(
  { shippedKnob }: AnyCandidate,
  tried: readonly Tried[],
  settings: Settings,
  version: "defaults" | "tuned",
  count: number,
): readonly number[] {
  const ofSettings = tried.filter((each) => JSON.stringify(each.settings) === JSON.stringify(settings));
  const knobs = new Set(knobsToScore(ofSettings, count));
  if (version === "defaults" && shippedKnob !== null) knobs.add(shippedKnob);
  return [...knobs].sort((a, b) => a - b);
}

function meanOf(runs: readonly RunOutcome[]): RunOutcome {
  const mean = (pick: (run: RunOutcome) => number): number =>
    runs.reduce((sum, run) => sum + pick(run), 0) / runs.length;
  return {
    violations: mean(({ violations }) => violations),
    unitHours: mean(({ unitHours }) => unitHours),
    actionsPerDay: mean(({ actionsPerDay }) => actionsPerDay),
    flapsPerDay: mean(({ flapsPerDay }) => flapsPerDay),
  };
}
