/** How long a score takes, before it starts: what is counted of each policy. Times themselves are not tested. */
import { describe, expect, it } from "@jest/globals";
import { effortOf, referenceDayMs, runsOf, sayMinutes } from "../../../lib/cli/score/effort.ts";
import type { ScoreSetup, ScoreTask } from "../../../lib/cli/score/tasks.ts";
import type { AnyCandidate } from "../../../lib/sim/score/candidate.ts";
import { CANDIDATES } from "../../../lib/sim/score/candidates.ts";
import type { ScoringCase } from "../../../lib/sim/score/scoreCase.ts";
import { scorePolicy } from "../../../lib/sim/score/scorePolicy.ts";
import type { Stage } from "../../../lib/sim/stage.ts";
import { aPolicy } from "../../core/arrange.ts";
import { aCase, aKey, aTrace } from "../../sim/score/arrange.ts";

const SETUP: ScoreSetup = {
  target: aPolicy({}),
  platforms: ["sagemaker"],
  leadTimesSeconds: [300],
  units: [5],
  policies: CANDIDATES.map(({ name }) => name),
  seeds: [1],
  trials: 10,
  knobValues: 4,
  quick: false,
  mostScoredDays: null,
};
const FILE = { path: "wave.csv", name: "wave" };
const task = (policy: string): ScoreTask => ({ kind: "policy", key: aKey(), file: FILE, policy });
const bound: ScoreTask = { kind: "bound", key: aKey(), file: FILE };
const named = (name: string): AnyCandidate => CANDIDATES.find((each) => each.name === name) as AnyCandidate;

describe("the runs of a policy", () => {
  /** Counts the runs over each part instead of making them; requests are missed as the knob says, so that all looks are taken. */
  async function counted(name: string, takes: boolean): Promise<{ tuning: number; scoring: number }> {
    const only: ScoringCase = aCase(aTrace(2));
    const count = { tuning: 0, scoring: 0 };
    const original = named(name);
    const run = async ({ endpoint: { log } }: Stage, given: unknown, knob: number) => {
      if (given === only.tuning.given) count.tuning++;
      else count.scoring++;
      log.arrivals.fill(1);
      log.violations.fill(Math.min(1, 0.02 * knob ** 4));
      return { name, label: name, about: "", actions: [], forecast: null, decisions: [] };
    };
    const { settingsOf: _of, ...rest } = original;
    await scorePolicy({ ...rest, run } as AnyCandidate, [only], SETUP, takes ? {} : null);
    return count;
  }

  it.each([
    ["static-peak", false],
    ["forewarm-naive-forecast", true],
  ])("are as many as are counted: %s", async (name, takes) => {
    expect(await counted(name, takes)).toEqual(runsOf(named(name), SETUP));
  });

  it.each([
    ["two versions with settings", "hpa", SETUP.policies, { tuning: 10, scoring: 9 }],
    ["one without", "static-peak", SETUP.policies, { tuning: 10, scoring: 5 }],
    ["fewer that take another's", "forewarm-naive-forecast", SETUP.policies, { tuning: 5, scoring: 4 }],
    [
      "all where nobody finds them",
      "forewarm-naive-forecast",
      ["forewarm-naive-forecast"],
      { tuning: 10, scoring: 5 },
    ],
  ])("are %s", (_what, name, policies, runs) => {
    expect(runsOf(named(name), { ...SETUP, policies })).toEqual(runs);
  });
});

describe("the effort of a task", () => {
  const trace = aTrace(4);

  it("is in proportion to runs, days and seeds", () => {
    const base = effortOf(task("static-peak"), trace, { ...SETUP, trials: 0 });
    expect(effortOf(task("static-peak"), trace, { ...SETUP, trials: 0, seeds: [1, 2, 3] })).toBe(3 * base);
    expect(effortOf(task("static-peak"), trace, { ...SETUP, trials: 0, mostScoredDays: 1 })).toBe(base / 2);
    expect(effortOf(task("static-peak"), trace, { ...SETUP, trials: 0, knobValues: 9 })).toBe(2 * base);
    expect(effortOf(task("static-peak"), trace, SETUP)).toBeGreaterThan(base);
  });

  it("is more for a bound of more units, and less for a quick one", () => {
    const of50 = effortOf({ ...bound, key: { ...aKey(), units: 50 } }, trace, SETUP);
    expect(of50).toBeGreaterThan(effortOf(bound, trace, SETUP));
    expect(effortOf(bound, trace, { ...SETUP, quick: true })).toBeLessThan(effortOf(bound, trace, SETUP));
  });

  it("is measured against a run on this machine", async () => {
    expect(await referenceDayMs(SETUP.target)).toBeGreaterThan(0);
  });
});

describe("sayMinutes", () => {
  it.each([
    [10, "1 seconds"],
    [89_400, "89 seconds"],
    [90_000, "2 minutes"],
    [5_399_000, "90 minutes"],
    [9_000_000, "2.5 hours"],
  ])("%p ms are %s", (milliseconds, text) => expect(sayMinutes(milliseconds)).toBe(text));
});
