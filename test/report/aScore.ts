/** A small score made by hand: three cases, four policies, figures that can be checked in the head. */
import {
  type CostAtShare,
  type PolicyAccount,
  type PolicyKind,
  type PolicyScore,
  type ScoreCase,
  type ScoreResult,
  SHARES,
} from "../../lib/core/scoreResult.ts";
import { HOSTILE } from "./aResult.ts";

const account = (name: string, kind: PolicyKind): PolicyAccount => ({
  name,
  label: `The ${name}`,
  kind,
  about: `What ${name} is.`,
  knob: "scales the target",
  settings: { cooldownSeconds: [300, 60] },
});

/** Unit-hours at each share. A bound of 100 makes them percent of it. */
type Costs = readonly (number | null)[];

const scored = (policy: string, costs: Costs, versions: readonly ("defaults" | "tuned")[]): PolicyScore => ({
  policy,
  trials: 10,
  versions: versions.map((version) => ({
    version,
    settings: { cooldownSeconds: version === "tuned" ? 60 : 300 },
    outcomes: costs.map((cost, i) => ({
      knob: i + 1,
      shipped: i === 0,
      violations: SHARES[i] ?? 1,
      unitHours: cost ?? 999,
      actionsPerDay: 12.5,
      flapsPerDay: 0.5,
    })),
    hull: costs.flatMap((cost, i) => (cost === null ? [] : [i])),
    costs: costs.map(
      (unitHours, i): CostAtShare => ({
        share: SHARES[i] ?? 1,
        unitHours,
        ratio: unitHours === null ? null : unitHours / 100,
        captured: unitHours === null ? null : 0.5,
      }),
    ),
  })),
});

const both = ["defaults", "tuned"] as const;

const scoreCase = (trace: string, ours: Costs, tracking: Costs, seasonal: Costs): ScoreCase => ({
  trace,
  platform: "sagemaker",
  leadTimeSeconds: 300,
  units: 10,
  factor: 2.5,
  maxUnits: 40,
  requests: 1_234_567,
  bounds: SHARES.map((share) => ({ share, linearProgramme: 90, bound: 100, clairvoyant: 105 })),
  policies: [
    scored("forewarm", ours, both),
    scored("forewarm-no-forecast", ours, ["tuned"]),
    scored("target-tracking", tracking, both),
    scored("seasonal", seasonal, both),
    scored("oracle", [101, 101, 101], both),
  ],
});

export function aScore(): ScoreResult {
  const day = (from: number) => ({ from, to: from + 86_400 });
  return {
    schema: "forewarm.score/1",
    simulation: true,
    assumptions: {
      stepSeconds: 10,
      unitLoad: 240,
      objectiveMs: 1_000,
      leadTimeSpread: "lognormal",
      seeds: [1],
      trials: 10,
      knobValues: 3,
      quick: false,
      notes: ["A note on what was assumed."],
    },
    policies: [
      account("forewarm", "forewarm"),
      account("forewarm-no-forecast", "ablation"),
      account("target-tracking", "reactive"),
      account("seasonal", "predictive"),
      account("oracle", "told"),
    ],
    traces: ["won", "lost", "tied"].map((name) => ({
      name,
      synthetic: true,
      stepSeconds: 60,
      training: day(1_736_121_600),
      scored: day(1_736_208_000),
      notes: [],
    })),
    setAside: [{ trace: "short", why: "too short" }],
    cases: [
      scoreCase("won", [150, 120, 110], [300, 200, 150], [null, 180, 140]),
      scoreCase("lost", [null, 200, 150], [400, 150, 110], [500, 160, 150]),
      scoreCase("tied", [null, 130, 120], [null, 131, 150], [null, null, 121]),
    ],
  };
}

/** Every string that comes from a file or its name, as markup that would run. */
export function hostileScore(): ScoreResult {
  const score = aScore();
  return {
    ...score,
    traces: score.traces.map((each) => ({ ...each, name: HOSTILE, notes: [HOSTILE] })),
    setAside: [{ trace: HOSTILE, why: HOSTILE }],
    cases: score.cases.map((each) => ({ ...each, trace: HOSTILE })),
    policies: score.policies.map((each) => ({ ...each, label: HOSTILE, about: HOSTILE })),
  };
}
