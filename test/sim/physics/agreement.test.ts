/**
 * Whole runs before the fluid queue and before the same queue request by request, on short stretches at about one
 * violation in a hundred: the cost agrees to 2 %, the violations to 0.2 points. `npm run bench:physics` does weeks.
 */
import { describe, expect, it } from "@jest/globals";
import { defaultPolicy } from "../../../lib/cli/commands/replay.ts";
import { DAY_SECONDS } from "../../../lib/core/time.ts";
import { lognormal, poisson, stream } from "../../../lib/sim/random.ts";
import { scoringCaseOf } from "../../../lib/sim/score/scoreCase.ts";
import { generateShop } from "../../../lib/sim/traces/generateShop.ts";
import type { Trace } from "../../../lib/sim/traces/trace.ts";
import { aTrace } from "../score/arrange.ts";
import { agreementOn } from "./agreement.ts";

const START = Date.UTC(2025, 10, 3) / 1000;
const DAYS = 3;

/** Minutes whose rate jumps by chance, each for itself: no policy can follow. */
function restless(): Trace {
  const jump = lognormal(stream(1, "jumps"), 0, 0.25);
  const draw = poisson(stream(1, "requests"));
  const requests = Float64Array.from({ length: DAYS * 1440 }, (_, minute) => {
    return draw(600 * (1 + 0.5 * Math.sin((2 * Math.PI * minute) / 1440)) * jump());
  });
  return { ...aTrace(DAYS), name: "restless", stepSeconds: DAY_SECONDS / 1440, requests };
}

const TRACES: readonly Trace[] = [
  generateShop({ seed: 1, start: START, days: DAYS, utcOffsetSeconds: 0 }),
  aTrace(DAYS),
  restless(),
];

describe.each(TRACES.map((trace) => [trace.name, trace] as const))("on %s", (name, trace) => {
  it("a run costs and misses what it would request by request", async () => {
    const [target] = defaultPolicy().targets;
    if (target === undefined) throw new Error("the default policy has a target");
    const key = { trace: name, platform: "sagemaker" as const, leadTimeSeconds: 300, units: 10 };
    const { scored } = scoringCaseOf(trace, key, 1, { target, mostScoredDays: 1 });
    const { fluid, requests } = await agreementOn(scored, "target-tracking", 0.01);
    expect(requests.violations).toBeGreaterThan(0.004);
    expect(requests.violations).toBeLessThan(0.02);
    expect(Math.abs(fluid.violations - requests.violations)).toBeLessThan(0.002);
    expect(Math.abs(fluid.unitHours / requests.unitHours - 1)).toBeLessThan(0.02);
  });
});
