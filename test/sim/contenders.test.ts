/** Who takes part in a replay. */
import { expect, it } from "@jest/globals";
import { contenders } from "../../lib/sim/contenders.ts";
import type { StageOptions } from "../../lib/sim/stage.ts";
import { aPolicy } from "../core/arrange.ts";

const labelsWhere = (forecast: "on" | "off"): readonly string[] => {
  const policy = aPolicy({ demand: { ...aPolicy().demand, forecast } });
  const options = { policy, perUnit: 100, past: { start: 0, perMinute: new Float64Array(1440).fill(300) } };
  return contenders(options as unknown as StageOptions, []).map(({ label }) => label);
};

it("Forewarm comes first, then itself without its forecast", () => {
  expect(labelsWhere("on").slice(0, 2)).toEqual(["Forewarm", "Forewarm without forecast"]);
});

it("where the policy wants no seasons there is one Forewarm, beside all others", () => {
  expect(labelsWhere("off")).toEqual(labelsWhere("on").filter((label) => !label.includes("without")));
});
