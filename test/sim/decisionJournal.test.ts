/** What a replay keeps of its decisions: each that acted, told people something or had other reasons than the one before. */
import { describe, expect, it } from "@jest/globals";
import type { Outcome } from "../../lib/core/capacity.ts";
import type { Decision, DecisionRecord } from "../../lib/core/decision.ts";
import { EMPTY_MEMORY } from "../../lib/core/memory.ts";
import { DecisionJournal } from "../../lib/sim/decisionJournal.ts";
import { aPolicy, aSituation, capacityOf, decided, minutes, NOW, pinTo } from "../core/arrange.ts";

const NONE: Outcome = { kind: "none", why: "nothing to change" };
const ASKED: Outcome = { kind: "unknown", why: "asked, no answer yet" };
const QUIET = decided(aPolicy(), aSituation({ capacity: capacityOf(4) }));

type Parts = Partial<Decision> & {
  readonly outcome?: Outcome;
  readonly situation?: DecisionRecord["situation"];
};

/** A record of the minute so many after NOW, the same decision as every other but for what is said. */
function aRecord(
  minute: number,
  { outcome = NONE, situation = aSituation(), ...parts }: Parts = {},
): DecisionRecord {
  const at = NOW + minutes(minute);
  const decision = { ...QUIET, notices: [], at, ...parts };
  return {
    id: `chat@${at}#1`,
    situation: { ...situation, now: at },
    memory: EMPTY_MEMORY,
    decision,
    outcome,
  };
}

async function journalOf(...records: readonly DecisionRecord[]): Promise<DecisionJournal> {
  const journal = new DecisionJournal(true);
  for (const record of records) await journal.append(record);
  return journal;
}

const keptMinutes = ({ records }: DecisionJournal): number[] =>
  records.map(({ decision }) => (decision.at - NOW) / 60);

describe("a quiet minute", () => {
  it("is kept once, however long it lasts", async () => {
    const journal = await journalOf(...[0, 1, 2, 3].map((minute) => aRecord(minute)));
    expect(keptMinutes(journal)).toEqual([0]);
  });

  it("that repeats one from before an other is kept again", async () => {
    const journal = await journalOf(aRecord(0), aRecord(1, { desired: 5 }), aRecord(2));
    expect(keptMinutes(journal)).toEqual([0, 1, 2]);
  });

  it("whose numbers move while the same advisers decide the same is a repeat", async () => {
    const more = QUIET.needs.map((need) => ({ ...need, reason: "said otherwise" }));
    expect(keptMinutes(await journalOf(aRecord(0), aRecord(1, { needs: more })))).toEqual([0]);
  });
});

describe("a minute is kept that has other", () => {
  const [demand] = QUIET.needs;
  const need = (by: "demand" | "rule" | "minimum", units: number) => ({
    ...demand,
    by,
    units,
    whenActing: units,
    reason: "",
  });
  const hold = (by: "cooldown" | "stabilization", units: number) => ({ by, units, reason: "" });
  const bound = { by: "maximum", from: 30, to: 20, reason: "" } as const;
  const base = aRecord(0, { needs: [need("demand", 3), need("minimum", 1)], holds: [hold("cooldown", 4)] });
  const recordWith = (change: Parts): DecisionRecord =>
    aRecord(1, { needs: base.decision.needs, holds: base.decision.holds, ...change });

  it.each([
    ["units before", recordWith({ from: 5 })],
    ["units after", recordWith({ desired: 5 })],
    ["a largest need", recordWith({ needs: [need("demand", 3), need("rule", 4)] })],
    ["a largest hold", recordWith({ holds: [hold("cooldown", 4), hold("stabilization", 5)] })],
    ["no hold", recordWith({ holds: [] })],
    ["bounds", recordWith({ bounds: [bound] })],
    ["overrides", recordWith({ overrides: [pinTo(4)] })],
    ["ready units", recordWith({ situation: aSituation({ capacity: capacityOf(4, { ready: 3 }) }) })],
    [
      "locks",
      recordWith({ situation: aSituation({ capacity: capacityOf(4, { locked: { why: "Updating" } }) }) }),
    ],
    ["notices", recordWith({ notices: [{ kind: "no forecast", text: "deciding from readings alone" }] })],
  ])("%s", async (_case, record) => {
    expect(keptMinutes(await journalOf(base, record))).toEqual([0, 1]);
  });

  it.each([
    ["needs that are not the largest", recordWith({ needs: [need("demand", 3), need("rule", 2)] })],
    [
      "holds that are not the largest",
      recordWith({ holds: [hold("cooldown", 4), hold("stabilization", 3)] }),
    ],
    ["one more need as large as the first", recordWith({ needs: [need("demand", 3), need("rule", 3)] })],
  ])("but not for %s", async (_case, record) => {
    expect(keptMinutes(await journalOf(base, record))).toEqual([0]);
  });
});

describe("a decision that asks", () => {
  it("is kept even if it repeats the one before, and so is the quiet one after it", async () => {
    const journal = await journalOf(
      aRecord(0, { outcome: ASKED }),
      aRecord(1, { outcome: ASKED }),
      aRecord(2),
      aRecord(3),
    );
    expect(keptMinutes(journal)).toEqual([0, 1, 2]);
  });

  it("gets its outcome when the platform has answered", async () => {
    const journal = await journalOf(aRecord(0), aRecord(1, { desired: 5, outcome: ASKED }));
    await journal.complete("chat", `chat@${NOW + 60}#1`, { kind: "accepted", units: 5 });
    expect(journal.records.map(({ outcome }) => outcome.kind)).toEqual(["none", "accepted"]);
    expect(journal.latest?.outcome).toEqual({ kind: "accepted", units: 5 });
    expect(journal.latest).toBe(journal.records[1]);
  });

  it("leaves other records alone", async () => {
    const journal = await journalOf(aRecord(0), aRecord(1, { desired: 5, outcome: ASKED }));
    await journal.complete("chat", `chat@${NOW}#1`, { kind: "accepted", units: 5 });
    await journal.complete("chat", "nobody", { kind: "accepted", units: 5 });
    expect(journal.records.map(({ outcome }) => outcome.kind)).toEqual(["none", "unknown"]);
  });

  it("does not put its outcome on the record that stands for it when it was not kept", async () => {
    const journal = await journalOf(aRecord(0), aRecord(1));
    await journal.complete("chat", `chat@${NOW + 60}#1`, { kind: "refused", why: "late" });
    expect(journal.records.map(({ outcome }) => outcome.kind)).toEqual(["none"]);
    expect(journal.latest?.outcome.kind).toBe("refused");
  });
});

it("lists the kept records from an instant until before another", async () => {
  const journal = await journalOf(...[0, 1, 2, 3].map((minute) => aRecord(minute, { desired: minute })));
  const listed = await journal.list("chat", NOW + 60, NOW + 180);
  expect(listed).toEqual([journal.records[1], journal.records[2]]);
});

it("knows the latest record and keeps none when nobody will read them", async () => {
  const journal = new DecisionJournal(false);
  await journal.append(aRecord(0, { outcome: ASKED }));
  await journal.complete("chat", `chat@${NOW}#1`, { kind: "accepted", units: 4 });
  await journal.append(aRecord(1));
  expect(journal.records).toEqual([]);
  expect(journal.latest?.id).toBe(`chat@${NOW + 60}#1`);
});
