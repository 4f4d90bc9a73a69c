/** The unit load in a decision: whose number counts, what is said of it, and what people hear of. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../../lib/core/decide/decide.ts";
import type { Decision, Situation } from "../../../lib/core/decision.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import type { UnitLoad } from "../../../lib/core/unitLoad/unitLoad.ts";
import {
  aPolicy,
  aRule,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  loadOf,
  metricOf,
  NOW,
} from "../arrange.ts";
import { worlds } from "../decide/arbitraries.ts";
import { known } from "./arrange.ts";

const load = (perUnit: number | null) => ({ metric: "invocations", statistic: "sum", perUnit }) as const;
const open = (parts: Partial<TargetPolicy> = {}): TargetPolicy =>
  aPolicy({ kind: "sagemaker-variant", load: load(null), capacity: { min: 1, max: 50 }, ...parts });
const stated = (perUnit: number): TargetPolicy => open({ load: load(perUnit) });
const unknown: UnitLoad = { kind: "unknown", why: "no minute was seen" };

/** Six units under 1 000 requests a minute, for an hour. */
const busy = (unitLoad: UnitLoad, parts: Partial<Situation> = {}): Situation =>
  aSituation({ capacity: capacityOf(6), load: loadOf(1000), unitLoad, ...parts });

const demandOf = (policy: TargetPolicy, situation: Situation) =>
  decided(policy, situation).needs.find(({ by }) => by === "demand");

describe("a learned unit load", () => {
  it("is what demand is divided by, where the policy states none", () => {
    const learned = demandOf(open(), busy(known({ perUnit: 200 })));
    expect(learned?.units).toBe(demandOf(stated(200), busy(unknown))?.units);
    expect(learned?.reason).toMatch(/÷ 200 per unit \(learned from latency, high confidence\)$/);
  });

  it("counts with its lowest where confidence is low", () => {
    const low = known({ perUnit: 200, lowest: 170, confidence: "low", from: "utilization" });
    expect(demandOf(open(), busy(low))?.units).toBe(demandOf(stated(170), busy(unknown))?.units);
    expect(demandOf(open(), busy(low))?.reason).toMatch(
      /÷ 170 per unit \(learned from utilization, low confidence\)$/,
    );
    const medium = known({ perUnit: 200, lowest: 170, confidence: "medium" });
    expect(demandOf(open(), busy(medium))?.units).toBe(demandOf(stated(200), busy(unknown))?.units);
  });

  it("does not count where the policy states its own", () => {
    for (const unitLoad of [known({ perUnit: 100 }), known({ perUnit: 1_000 }), unknown]) {
      const { needs, desired, reason } = decided(stated(200), busy(unitLoad));
      const without = decided(stated(200), aSituation({ capacity: capacityOf(6), load: loadOf(1000) }));
      expect({ needs, desired, reason }).toEqual({
        needs: without.needs,
        desired: without.desired,
        reason: without.reason,
      });
    }
  });
});

describe("until the unit load is known", () => {
  it("capacity stays as it is, and the decision says why", () => {
    const { desired, reason, needs } = decided(open(), busy(unknown));
    expect(desired).toBe(6);
    expect(reason).toMatch(
      /^Keep 6: no rule asks for a change, and the unit load is not known yet \(no minute was seen\)$/,
    );
    expect(needs.map(({ by }) => by)).toEqual(["as is", "minimum"]);
  });

  it("rules raise it", () => {
    const rules = [aRule({ metric: "latency", threshold: 800, scale: "out", by: { share: 0.25 } })];
    const metrics = [metricOf([900, 950], { metric: "latency" })];
    expect(decided(open({ rules }), busy(unknown, { metrics })).desired).toBe(8);
  });

  it("nothing is released while what was learned cannot be read, whatever an in rule permits", () => {
    const rules = [aRule({ comparison: "below", threshold: 50, scale: "in", by: { units: 1 } })];
    const metrics = [metricOf([5, 5])];
    const permitted = busy(unknown, { metrics });
    expect(decided(open({ rules }), permitted).desired).toBe(5);
    const unread = ["the learned unit load cannot be read: the table is down"];
    expect(decided(open({ rules }), { ...permitted, unread }).desired).toBe(6);
  });

  it("a forecast that the gate has off stays off", () => {
    const gate = { ...GATE, state: "bad" as const };
    const { memory } = decide(open(), busy(unknown, { forecast: forecastOf(100) }), {
      ...EMPTY_MEMORY,
      gate,
    });
    expect(memory.gate).toEqual(gate);
  });
});

const GATE = {
  state: "good",
  since: NOW - 3_600,
  clearSince: null,
  scoredUntil: NOW - 300,
  minutes: 600,
  loss: 20,
  naiveLoss: 10,
  covered: 500,
  recentLoad: 100,
  recentMedian: 100,
} as const;

describe("people hear", () => {
  const noticed = (policy: TargetPolicy, unitLoad: UnitLoad, before: readonly string[] = []) => {
    const { notices, memory } = decide(policy, busy(unitLoad, { forecast: forecastOf(100) }), {
      ...EMPTY_MEMORY,
      noticed: before,
    });
    return { sent: notices.map(({ kind }) => kind), standing: memory.noticed };
  };

  it("once that the unit load is not known", () => {
    expect(noticed(open(), unknown)).toEqual({
      sent: ["unit load unknown"],
      standing: ["unit load unknown"],
    });
    expect(noticed(open(), unknown, ["unit load unknown"])).toEqual({
      sent: [],
      standing: ["unit load unknown"],
    });
  });

  it.each<[string, number, UnitLoad, boolean]>([
    ["a stated number far above the learned", 260, known(), true],
    ["one far below", 150, known(), true],
    ["one that is near", 230, known(), false],
    ["one inside the bounds", 260, known({ highest: 270 }), false],
    ["one against low confidence", 400, known({ confidence: "low" }), false],
    ["one against nothing", 400, unknown, false],
  ])("of drift: %s", (_, perUnit, unitLoad, isDrift) => {
    expect(noticed(stated(perUnit), unitLoad).sent).toEqual(isDrift ? ["unit load drift"] : []);
  });

  it("of drift once, though it comes and goes a little or cannot be read for a while", () => {
    const told = ["unit load drift"];
    expect(noticed(stated(240), known()).sent).toEqual([]);
    expect(noticed(stated(240), known(), told)).toEqual({ sent: [], standing: told });
    expect(noticed(stated(240), unknown, told)).toEqual({ sent: [], standing: told });
    expect(noticed(stated(215), known(), told)).toEqual({ sent: [], standing: [] });
  });

  it("what follows from a drift", () => {
    const textOf = (perUnit: number) =>
      decided(stated(perUnit), busy(known(), { forecast: forecastOf(100) })).notices[0]?.text;
    expect(textOf(300)).toBe(
      "the policy states 300 per unit, 200 was learned (high confidence): requests may miss the objective; correct load.perUnit or leave it out",
    );
    expect(textOf(100)).toMatch(/more units than needed are paid for/);
  });

  it("for a day that the learned number in use has moved", () => {
    const moved = (hoursAgo: number) => known({ movedFrom: { perUnit: 260, at: NOW - hoursAgo * 3_600 } });
    expect(noticed(open(), moved(1)).sent).toEqual(["unit load moved"]);
    expect(noticed(open(), moved(25)).standing).toEqual([]);
    expect(noticed(open(), known()).sent).toEqual([]);
  });
});

describe("whatever was learned", () => {
  /** What was decided, without how it is said. */
  const outcomeOf = ({ desired, needs, holds, bounds, memory }: Decision) => ({
    desired,
    needs: needs.map(({ by, units, whenActing }) => ({ by, units, whenActing })),
    holds: holds.map(({ by, units }) => ({ by, units })),
    bounds: bounds.map(({ by, from, to }) => ({ by, from, to })),
    memory: { ...memory, noticed: [] },
  });

  it("a number counts as if the policy stated it", () => {
    fc.assert(
      fc.property(worlds, ({ policy, situation, memory }) => {
        fc.pre(policy.load !== null);
        const { load: stated } = policy as { load: { metric: string; statistic: "sum"; perUnit: number } };
        const unitLoad = known({ perUnit: stated.perUnit });
        const learned = { ...policy, load: { ...stated, perUnit: null } };
        expect(outcomeOf(decide(learned, { ...situation, unitLoad }, memory))).toEqual(
          outcomeOf(decide(policy, situation, memory)),
        );
      }),
    );
  });

  it("a number that cannot be read releases nothing but what a limit or a person takes", () => {
    fc.assert(
      fc.property(worlds, ({ policy, situation, memory }) => {
        fc.pre(policy.load !== null);
        const learned = { ...policy, load: policy.load === null ? null : { ...policy.load, perUnit: null } };
        const unread = ["the learned unit load cannot be read: down"];
        const { from, desired, bounds } = decide(
          learned,
          { ...situation, unitLoad: unknown, unread },
          memory,
        );
        if (bounds.length === 0) expect(desired).toBeGreaterThanOrEqual(from);
      }),
    );
  });

  it("a decision made again from its record is the same", () => {
    const unitLoads = fc.oneof(
      fc.constant(unknown),
      fc
        .record({ perUnit: fc.integer({ min: 10, max: 400 }), isLow: fc.boolean() })
        .map(({ perUnit, isLow }) =>
          known({ perUnit, lowest: perUnit * 0.9, confidence: isLow ? "low" : "high" }),
        ),
    );
    fc.assert(
      fc.property(unitLoads, fc.constantFrom(null, 200), (unitLoad, perUnit) => {
        const policy = perUnit === null ? open() : stated(perUnit);
        const situation = busy(unitLoad, { forecast: forecastOf(900) });
        const again = JSON.parse(JSON.stringify(situation)) as Situation;
        expect(decide(policy, again, EMPTY_MEMORY)).toEqual(decide(policy, situation, EMPTY_MEMORY));
      }),
    );
  });
});
