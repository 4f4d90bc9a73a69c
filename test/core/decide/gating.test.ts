/** A forecast that does worse than last week, from its first hour to its return: what decisions say and do. */
import { describe, expect, it } from "@jest/globals";
import { decide } from "../../../lib/core/decide/decide.ts";
import type { Decision, Situation } from "../../../lib/core/decision.ts";
import type { GateState } from "../../../lib/core/forecast/gate.ts";
import { EMPTY_MEMORY, type Memory } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import { anOverride, aPolicy, aPromotion, aSituation, forecastOf, loadOf, minutes, NOW } from "../arrange.ts";

const LOAD = 500;
const policy = aPolicy();

/** Flat load, as last week; the forecast of it is `path`. */
function situationAt(now: number, path: number, parts: Partial<Situation> = {}): Situation {
  const forecast = forecastOf(path, { now, naive: LOAD });
  return aSituation({
    now,
    load: loadOf(LOAD, now),
    forecast: { ...forecast, historyEnd: NOW - minutes(120) },
    ...parts,
  });
}

/** Decisions of so many hours, one every five minutes. */
function decisionsOf(
  hours: number,
  path: number,
  from: { readonly at: number; readonly memory: Memory } = { at: NOW, memory: EMPTY_MEMORY },
  parts: Partial<Situation> = {},
  target: TargetPolicy = policy,
): readonly Decision[] {
  const decisions: Decision[] = [];
  let { memory } = from;
  for (let at = from.at; at <= from.at + minutes(60 * hours); at += minutes(5)) {
    const decision = decide(target, situationAt(at, path, parts), memory);
    decisions.push(decision);
    memory = decision.memory;
  }
  return decisions;
}

const stateOf = (decision: Decision | undefined): GateState | undefined => decision?.memory.gate?.state;
const last = (decisions: readonly Decision[]): Decision => decisions.at(-1) as Decision;

describe("a forecast of three times the load", () => {
  const decisions = decisionsOf(4, 3 * LOAD);
  const off = decisions.findIndex((each) => stateOf(each) === "bad");
  const before = decisions[off - 1] as Decision;
  const after = decisions[off] as Decision;

  it("is used at first, and off within two hours", () => {
    expect(off).toBeGreaterThan(0);
    expect(off).toBeLessThan(24);
    expect(before.needs[0]?.reason).toContain("forecast for the next");
  });

  it("is no part of the demand once it is off: the peak of the last minutes with wide headroom is", () => {
    expect(after.needs[0]?.units).toBeLessThan(before.needs[0]?.units ?? 0);
    expect(after.needs[0]?.reason).toContain("peak of the last minutes");
    expect(after.holds.map(({ by }) => by)).not.toContain("return cost");
  });

  it("is named in the sentence of every decision while it is off", () => {
    const said = decisions.slice(off).map(({ reason }) => reason);
    expect(said.every((reason) => /; forecast: gated: error \d.* × same time last week/.test(reason))).toBe(
      true,
    );
    expect(before.reason).not.toContain("gated");
  });

  it("is told of once, apart from a forecast that is missing", () => {
    const notices = decisions.flatMap((each) => each.notices);
    expect(notices).toEqual([
      { kind: "forecast gated", text: expect.stringContaining("from readings alone: gated") },
    ]);
    expect(last(decisions).memory.noticed).toEqual(["forecast gated"]);
  });

  it("is back, and told of anew the next time, after it has been right for hours", () => {
    const start = last(decisions);
    const mended = decisionsOf(6, LOAD, { at: start.at + minutes(5), memory: start.memory });
    expect(stateOf(last(mended))).toBe("good");
    expect(last(mended).memory.noticed).toEqual([]);
    expect(last(mended).needs[0]?.reason).toContain("forecast for the next");
  });

  it("decides the same again from its record", () => {
    const memory = decisions[off - 1]?.memory as Memory;
    const copy = JSON.parse(JSON.stringify(memory)) as Memory;
    expect(decide(policy, situationAt(after.at, 3 * LOAD), copy)).toEqual(after);
  });
});

describe("the gate says nothing", () => {
  const wrong = (parts: Partial<Situation>, target = policy): Decision =>
    last(decisionsOf(4, 3 * LOAD, undefined, parts, target));

  it.each<readonly [string, Decision]>([
    ["where the policy switches it off", wrong({}, aPolicy({ demand: { ...policy.demand, gate: "off" } }))],
    [
      "where the policy forecasts no seasons",
      wrong({}, aPolicy({ demand: { ...policy.demand, forecast: "off" } })),
    ],
    [
      "of a promotion",
      wrong({ promotions: [aPromotion({ start: NOW - minutes(300), end: NOW + minutes(600) })] }),
    ],
    ["while an order is in force", wrong({ overrides: [anOverride({ until: null })] })],
    ["without a forecast", wrong({ forecast: { kind: "missing", why: "none" } })],
    ["of a target without a load", wrong({ load: null }, aPolicy({ load: null }))],
    ["of a target that carries next to nothing", wrong({ load: loadOf(0), forecast: forecastOf(1) })],
  ])("%s", (_where, decision) => {
    expect(decision.memory.gate).toBeNull();
  });

  it("where the memory of an older record has no gate", () => {
    const { gate, ...older } = EMPTY_MEMORY;
    expect(() => decide(policy, situationAt(NOW, LOAD), older as Memory)).not.toThrow();
  });

  it("of minutes that are missing", () => {
    const values = new Array<null>(60).fill(null);
    const decision = decide(
      policy,
      { ...situationAt(NOW, LOAD), load: { ...loadOf(LOAD), values } },
      EMPTY_MEMORY,
    );
    expect(decision.memory.gate).toBeNull();
  });
});
