/** Who wins in a score, and in which case most is lost. */
import { describe, expect, it } from "@jest/globals";
import { SHARES } from "../../lib/core/scoreResult.ts";
import { standingsOf, verdictsOf } from "../../lib/core/standings.ts";
import { aScore } from "../report/aScore.ts";

const [STRICT, USUAL, LOOSE] = SHARES;

const standing = (policy: string, share: number = USUAL, version: "tuned" | "defaults" = "tuned") =>
  standingsOf(aScore(), share, version).find((each) => each.policy === policy);

describe("a policy over all cases", () => {
  it("has the median ratio to the bound, and is compared with ours case by case", () => {
    // 200 to 120 is a win, 150 to 200 a loss, 131 to 130 a tie.
    expect(standing("target-tracking")).toEqual({
      policy: "target-tracking",
      ratio: 1.5,
      reached: 3,
      wins: 1,
      ties: 1,
      losses: 1,
      overOurs: 131 / 130,
      captured: 0.5,
    });
  });

  it("counts a share that was not reached as dearer than any price, and as lost", () => {
    expect(standing("seasonal")).toMatchObject({ ratio: 1.8, reached: 2, wins: 2, losses: 1 });
    expect(standing("seasonal", STRICT)).toMatchObject({
      ratio: null,
      reached: 1,
      wins: 1,
      ties: 1,
      losses: 1,
    });
    expect(standing("forewarm", STRICT)).toMatchObject({ ratio: null, reached: 1 });
  });

  it("compares only what both reached", () => {
    expect(standing("target-tracking", STRICT)?.overOurs).toBe(2);
    expect(standing("forewarm")?.overOurs).toBe(1);
  });

  it("stands in the order of the median ratio, what was not reached last", () => {
    expect(standingsOf(aScore(), USUAL, "tuned").map(({ policy }) => policy)).toEqual([
      "oracle",
      "forewarm",
      "forewarm-no-forecast",
      "target-tracking",
      "seasonal",
    ]);
    expect(standingsOf(aScore(), STRICT, "tuned").map(({ policy }) => policy)[1]).toBe("target-tracking");
  });

  it("is left out where it was not run with those settings", () => {
    expect(standing("forewarm-no-forecast", USUAL, "defaults")).toBeUndefined();
    expect(standing("target-tracking", USUAL, "defaults")).toBeDefined();
  });

  it("says nothing of no cases", () => {
    expect(standingsOf({ ...aScore(), cases: [] }, USUAL, "tuned")).toEqual([]);
  });
});

describe("the cases, worst first", () => {
  const verdicts = (share: number) => verdictsOf(aScore(), share, "tuned");

  it("are compared with the cheapest policy that could have been run instead", () => {
    expect(verdicts(USUAL)).toEqual([
      {
        index: 1,
        ratio: 2,
        captured: 0.5,
        rival: { policy: "target-tracking", ratio: 1.5 },
        outcome: "loss",
      },
      {
        index: 2,
        ratio: 1.3,
        captured: 0.5,
        rival: { policy: "target-tracking", ratio: 1.31 },
        outcome: "tie",
      },
      { index: 0, ratio: 1.2, captured: 0.5, rival: { policy: "seasonal", ratio: 1.8 }, outcome: "win" },
    ]);
  });

  it("a share that only rivals reached is lost first of all; one that nobody reached is a tie", () => {
    expect(verdicts(STRICT).map(({ index, outcome }) => [index, outcome])).toEqual([
      [1, "loss"],
      [2, "tie"],
      [0, "win"],
    ]);
  });

  it("never takes the oracle or a part of ours for a rival", () => {
    const rivals = [STRICT, USUAL, LOOSE].flatMap((share) =>
      verdicts(share).map(({ rival }) => rival?.policy),
    );
    expect(new Set(rivals)).toEqual(new Set(["target-tracking", "seasonal", undefined]));
  });
});
