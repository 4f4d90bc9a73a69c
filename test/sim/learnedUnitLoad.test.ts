/** A policy that does not state what one unit carries, against an endpoint of which that is known: it finds out. */
import { describe, expect, it } from "@jest/globals";
import type { DecisionRecord } from "../../lib/core/decision.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { HOUR_SECONDS } from "../../lib/core/time.ts";
import { FluidQueue, type Queue, type QueueOptions } from "../../lib/sim/physics/queue.ts";
import { poisson, stream } from "../../lib/sim/random.ts";
import { replay } from "../../lib/sim/replay.ts";
import { runForewarm } from "../../lib/sim/runForewarm.ts";
import { makeStage, type StageOptions } from "../../lib/sim/stage.ts";
import { aPolicy, aRule, minutes } from "../core/arrange.ts";
import { PER_UNIT, stageOptions } from "./arrange.ts";
import { START } from "./physics/arrange.ts";

const MEAN_UNITS = 10;

/** Requests of so many days in ten-second steps: a wave a day, and now and then a quarter of an hour of 60 % more. */
function days(count: number, perUnit: number, seed: number): Uint32Array {
  const draw = poisson(stream(seed, "arrivals"));
  return Uint32Array.from({ length: count * 8_640 }, (_, step) => {
    const minute = Math.floor(step / 6);
    const wave = 1 + 0.6 * Math.sin((2 * Math.PI * minute) / 1_440);
    const burst = minute % 400 >= 385 ? 1.6 : 1;
    return draw((MEAN_UNITS * perUnit * wave * burst) / 6);
  });
}

const open = (latencyP95Ms: number): TargetPolicy =>
  aPolicy({
    kind: "sagemaker-variant",
    capacity: { min: 1, max: 40 },
    load: { metric: "invocations", statistic: "sum", perUnit: null },
    objective: { latencyP95Ms, share: 0.99 },
    leadTime: { expectedSeconds: 300, worstSeconds: 480 },
    rules: [
      aRule({
        metric: "latency",
        statistic: "p95",
        threshold: latencyP95Ms,
        scale: "out",
        by: { share: 0.25 },
      }),
    ],
  });

async function decisionsOf(
  policy: TargetPolicy,
  parts: Partial<StageOptions>,
): Promise<readonly DecisionRecord[]> {
  const stage = makeStage(
    stageOptions({
      policy,
      start: START,
      past: { start: START, perMinute: new Float64Array(0) },
      initialUnits: 14,
      ...parts,
    }),
  );
  const options = {
    name: "f",
    label: "f",
    about: "",
    policy,
    promotions: [],
    keepDecisions: true,
    model: null,
  };
  return (await runForewarm(stage, options)).decisions ?? [];
}

/** What demand was divided by at an instant. */
const usedAt = (decisions: readonly DecisionRecord[], at: number): number => {
  const reason = decisions.findLast(({ situation }) => situation.now <= at)?.decision.needs[0]?.reason ?? "";
  return Number(
    /÷ ([\d ]+(?:\.\d+)?) per unit \(learned/.exec(reason)?.[1]?.replaceAll(" ", "") ?? Number.NaN,
  );
};

describe("a unit load that is left to be learned", () => {
  it.each([
    [PER_UNIT, 800, 1],
    [PER_UNIT, 2_000, 2],
    [2_400, 800, 3],
  ])(
    "of %d requests a minute, objective %d ms: is known within six hours, to 15 %",
    async (perUnit, objectiveMs, seed) => {
      const decisions = await decisionsOf(open(objectiveMs), { perUnit, arrivals: days(1, perUnit, seed) });
      expect(usedAt(decisions, START + minutes(30))).toBeNaN();
      for (const hours of [6, 12, 23]) {
        const share = usedAt(decisions, START + hours * HOUR_SECONDS) / perUnit;
        expect(share).toBeGreaterThan(0.85);
        expect(share).toBeLessThan(1.1);
      }
    },
  );

  it("releases nothing before it is known, though the load falls, and says why", async () => {
    const falling = days(1, PER_UNIT, 1).subarray(480 * 6);
    const decisions = await decisionsOf(open(800), { arrivals: falling, initialUnits: 22 });
    const known = decisions.findIndex(({ situation }) => situation.unitLoad?.kind === "known");
    expect(known).toBeGreaterThan(0);
    for (const { decision } of decisions.slice(0, known)) expect(decision.desired).toBe(22);
    expect(decisions[0]?.decision.reason).toMatch(/the unit load is not known yet/);
    expect(decisions[0]?.decision.notices.map(({ kind }) => kind)).toContain("unit load unknown");
    expect(Math.min(...decisions.map(({ decision }) => decision.desired))).toBeLessThan(10);
  });

  it("is followed down within two days when units carry a third less since a deploy, and that is told", async () => {
    const deployAt = 1.5 * 8_640;
    const queueOf = (options: QueueOptions): Queue =>
      deployedAt(deployAt, options, { ...options, saturationPerUnit: (2 / 3) * options.saturationPerUnit });
    const decisions = await decisionsOf(open(800), { arrivals: days(4, PER_UNIT, 4), queueOf });
    expect(usedAt(decisions, START + 36 * HOUR_SECONDS) / PER_UNIT).toBeGreaterThan(0.85);
    const end = usedAt(decisions, START + 84 * HOUR_SECONDS) / PER_UNIT;
    expect(end).toBeGreaterThan(0.85 * (2 / 3));
    expect(end).toBeLessThan(1.1 * (2 / 3));
    const told = decisions
      .flatMap(({ decision }) => decision.notices)
      .filter(({ kind }) => kind === "unit load moved");
    expect(told).toHaveLength(1);
  });
});

/** One queue up to a step, another from there on; what waits then is lost. */
function deployedAt(step: number, before: QueueOptions, after: QueueOptions): Queue {
  const old = new FluidQueue(before);
  const fresh = new FluidQueue(after);
  let steps = 0;
  const running = (): FluidQueue => (steps <= step ? old : fresh);
  return {
    get waiting() {
      return running().waiting;
    },
    get undecided() {
      return running().undecided;
    },
    advance(arrivals, ready, seconds) {
      steps++;
      return running().advance(arrivals, ready, seconds);
    },
    lose: (share) => running().lose(share),
  };
}

describe("a replay of a policy that leaves the unit load open", () => {
  it("sizes the simulated unit by the policy's maximum, says so, and learns it", async () => {
    const requests = Float64Array.from({ length: 1_440 }, (_, minute) =>
      Math.round(3_000 * (1 + 0.5 * Math.sin((2 * Math.PI * minute) / 1_440))),
    );
    const result = await replay({
      trace: {
        name: "wave",
        synthetic: true,
        start: START,
        stepSeconds: 60,
        requests,
        inputTokens: null,
        outputTokens: null,
        setAside: [],
        missingSteps: 0,
        notes: [],
      },
      target: open(800),
      promotions: [],
      units: null,
      leadTimeSeconds: null,
      historySeconds: 0,
      platform: "sagemaker",
      seed: 1,
      faults: [],
    });
    expect(result.policy.load?.perUnit).toBeNull();
    expect(result.policy.capacity).toEqual({ min: 1, max: 40 });
    expect(result.assumptions.unitLoad).toBeCloseTo((1.25 * 4_500) / 40, -1);
    expect(result.assumptions.notes.join(" ")).toMatch(
      /leaves the unit load to be learned: the simulated unit carries 1\d\d /,
    );
    const decisions = result.runs[0]?.decisions ?? [];
    expect(usedAt(decisions, START + 23 * HOUR_SECONDS) / result.assumptions.unitLoad).toBeGreaterThan(0.8);
  });
});
