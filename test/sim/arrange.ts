/** A simulated world of one run for tests: a unit carries 240 requests a minute, which is forty in each step. */
import type { Stage, StageOptions } from "../../lib/sim/stage.ts";
import { makeStage } from "../../lib/sim/stage.ts";
import { aPolicy, repeat } from "../core/arrange.ts";
import { START } from "./physics/arrange.ts";

export const PER_UNIT = 240;

/** Four units of an endpoint under just what they carry, for ten minutes; nothing is known of what was before. */
export function stageOptions(parts: Partial<StageOptions> = {}): StageOptions {
  return {
    policy: aPolicy({ load: { metric: "invocations", statistic: "sum", perUnit: PER_UNIT } }),
    perUnit: PER_UNIT,
    platform: "sagemaker",
    leadTimeSeconds: 300,
    metricDelaySeconds: 40,
    seed: 1,
    faults: [],
    start: START,
    arrivals: Uint32Array.from(repeat(60, 160)),
    past: { start: START, perMinute: new Float64Array(0) },
    isMissing: () => false,
    initialUnits: 4,
    ...parts,
  };
}

export const aStage = (parts: Partial<StageOptions> = {}): Stage => makeStage(stageOptions(parts));
