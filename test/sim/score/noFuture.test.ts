/** Changing the traffic after an instant changes nothing that any policy asked for until it could be seen. */
import { describe, expect, it } from "@jest/globals";
import type { Action } from "../../../lib/core/replayResult.ts";
import type { ScorePlatform } from "../../../lib/core/scoreResult.ts";
import { defaultsOf } from "../../../lib/sim/score/candidate.ts";
import { CANDIDATES } from "../../../lib/sim/score/candidates.ts";
import type { Part } from "../../../lib/sim/score/scoreCase.ts";
import { makeStage } from "../../../lib/sim/stage.ts";
import { aCase, aTrace } from "./arrange.ts";

const CUT_MINUTE = 900;
const CUT_STEP = CUT_MINUTE * 6;

/** The part, and the same with three times the traffic from the cut on. */
function partsOf(platform: ScorePlatform): { readonly usual: Part; readonly changed: Part } {
  const { scored } = aCase(aTrace(3), platform);
  const arrivals = scored.stage.arrivals.map((count, step) => (step >= CUT_STEP ? 3 * count : count));
  return {
    usual: scored,
    changed: {
      ...scored,
      given: { ...scored.given, forecasts: new Map() },
      stage: { ...scored.stage, arrivals },
    },
  };
}

const seen = CANDIDATES.filter((candidate) => "run" in candidate);

describe.each(["sagemaker", "kubernetes"] as const)("on %s", (platform) => {
  const { usual, changed } = partsOf(platform);
  const cut = usual.stage.start + CUT_MINUTE * 60;

  it.each(seen.map((candidate) => [candidate.name, candidate] as const))(
    "%s does not know what is still to come",
    async (_name, candidate) => {
      const actionsOf = async ({ stage, given }: Part): Promise<readonly Action[]> =>
        (await candidate.run(makeStage(stage), given, 0.8, defaultsOf(candidate))).actions;
      const until = (actions: readonly Action[]): readonly Action[] => actions.filter(({ at }) => at <= cut);
      const [one, other] = [await actionsOf(usual), await actionsOf(changed)];
      expect(until(other)).toEqual(until(one));
      const looks = candidate.kind !== "timetable";
      // What looks at the load must have been put to the test: it acted before the cut, and otherwise after it.
      if (looks) expect(until(one).length).toBeGreaterThan(0);
      expect(JSON.stringify(other) !== JSON.stringify(one)).toBe(looks);
    },
  );
});

describe("those who are told", () => {
  it("are the only ones who are given the truth", () => {
    const told = CANDIDATES.filter((candidate) => "runTold" in candidate).map(({ name }) => name);
    expect(told).toEqual(["forewarm-perfect-forecast", "oracle"]);
  });
});
