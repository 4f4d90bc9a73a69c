/** What every decision log must do. Each test has a log of its own. */
import { describe, expect, it } from "@jest/globals";
import type { Outcome } from "../../lib/core/capacity.ts";
import type { DecisionRecord } from "../../lib/core/decision.ts";
import { EMPTY_MEMORY } from "../../lib/core/memory.ts";
import { type EpochSeconds, isoOf } from "../../lib/core/time.ts";
import type { DecisionLog } from "../../lib/ports/decisionLog.ts";
import {
  aPolicy,
  aPromotion,
  aSituation,
  decided,
  forecastOf,
  metricOf,
  minutes,
  NOW,
  pinTo,
} from "../core/arrange.ts";

export interface DecisionLogUnderTest {
  /** Empty. */
  readonly decisions: DecisionLog;
}

const ASKED: Outcome = { kind: "unknown", why: "asked, no answer yet" };
const ACCEPTED: Outcome = { kind: "accepted", units: 5 };
const LATER = NOW + minutes(24 * 60);

/** As the use case writes it: whole situation, memory and decision, nulls and gaps included. */
function aRecord(
  at: EpochSeconds,
  parts: { readonly fence?: number; readonly target?: string; readonly outcome?: Outcome } = {},
): DecisionRecord {
  const { fence = 1, target = "chat", outcome = ASKED } = parts;
  const situation = aSituation({
    now: at,
    metrics: [metricOf([12.5, null, 0], { end: at })],
    forecast: forecastOf(300, { now: at }),
    promotions: [aPromotion({ target })],
    overrides: [{ ...pinTo(5), target }],
  });
  const decision = decided(aPolicy({ id: target }), situation);
  return { id: `${target}@${isoOf(at)}#${fence}`, situation, memory: EMPTY_MEMORY, decision, outcome };
}

const idsOf = (records: readonly DecisionRecord[]): string[] => records.map(({ id }) => id);

export function describeDecisionLogContract(name: string, make: () => Promise<DecisionLogUnderTest>): void {
  describe(`decision log: ${name}`, () => {
    it("has nothing for a target that nothing was decided for", async () => {
      const { decisions } = await make();
      expect(await decisions.list("chat", 0, LATER)).toEqual([]);
    });

    it("gives back a record as it was written, whole", async () => {
      const { decisions } = await make();
      await decisions.append(aRecord(NOW));
      expect(await decisions.list("chat", NOW, NOW + 1)).toEqual([aRecord(NOW)]);
    });

    it("holds one record when the same is written again", async () => {
      const { decisions } = await make();
      await decisions.append(aRecord(NOW));
      await decisions.append(aRecord(NOW));
      expect(await decisions.list("chat", 0, LATER)).toEqual([aRecord(NOW)]);
    });

    it("replaces the record of the same id", async () => {
      const { decisions } = await make();
      await decisions.append(aRecord(NOW));
      await decisions.append(aRecord(NOW, { outcome: { kind: "none", why: "nothing to change" } }));
      const [record, ...others] = await decisions.list("chat", 0, LATER);
      expect(record?.outcome).toEqual({ kind: "none", why: "nothing to change" });
      expect(others).toEqual([]);
    });

    it("keeps both of two wake-ups in the same second", async () => {
      const { decisions } = await make();
      await decisions.append(aRecord(NOW, { fence: 9 }));
      await decisions.append(aRecord(NOW, { fence: 10 }));
      const records = await decisions.list("chat", NOW, NOW + 1);
      expect(new Set(idsOf(records))).toEqual(
        new Set(idsOf([9, 10].map((fence) => aRecord(NOW, { fence })))),
      );
    });

    it.each<Outcome>([
      ACCEPTED,
      { kind: "deferred", why: "the endpoint is Updating" },
      { kind: "refused", why: "quota of 4" },
      { kind: "unknown", why: "timed out" },
    ])("completes a record with the outcome %j and changes nothing else", async (outcome) => {
      const { decisions } = await make();
      await decisions.append(aRecord(NOW - 60));
      await decisions.append(aRecord(NOW));
      await decisions.complete("chat", aRecord(NOW).id, outcome);
      expect(await decisions.list("chat", 0, LATER)).toEqual([aRecord(NOW - 60), aRecord(NOW, { outcome })]);
    });

    it("can complete a record twice: the last word holds", async () => {
      const { decisions } = await make();
      await decisions.append(aRecord(NOW));
      await decisions.complete("chat", aRecord(NOW).id, { kind: "unknown", why: "timed out" });
      await decisions.complete("chat", aRecord(NOW).id, ACCEPTED);
      expect(await decisions.list("chat", 0, LATER)).toEqual([aRecord(NOW, { outcome: ACCEPTED })]);
    });

    it("does nothing to complete a record that is not there, and makes none of it", async () => {
      const { decisions } = await make();
      await decisions.append(aRecord(NOW));
      await decisions.complete("chat", aRecord(NOW + 60).id, ACCEPTED);
      await decisions.complete("nobody", aRecord(NOW).id, ACCEPTED);
      expect(await decisions.list("chat", 0, LATER)).toEqual([aRecord(NOW)]);
      expect(await decisions.list("nobody", 0, LATER)).toEqual([]);
    });

    it("lists from the first instant up to but without the last", async () => {
      const { decisions } = await make();
      for (const at of [NOW - 60, NOW, NOW + 60, NOW + 120]) await decisions.append(aRecord(at));
      const between = async (from: EpochSeconds, to: EpochSeconds): Promise<EpochSeconds[]> =>
        (await decisions.list("chat", from, to)).map(({ decision }) => decision.at);
      expect(await between(NOW, NOW + 120)).toEqual([NOW, NOW + 60]);
      expect(await between(NOW + 1, NOW + 121)).toEqual([NOW + 60, NOW + 120]);
      expect(await between(NOW, NOW)).toEqual([]);
      expect(await between(NOW + 121, LATER)).toEqual([]);
    });

    it("lists the oldest first, whatever order they were written in, across days and digits", async () => {
      const { decisions } = await make();
      const instants = [LATER - 1, 999_999_999, NOW, 1_000_000_000, NOW - 60];
      for (const at of instants) await decisions.append(aRecord(at));
      const records = await decisions.list("chat", 0, LATER);
      expect(records.map(({ decision }) => decision.at)).toEqual([...instants].sort((a, b) => a - b));
    });

    it("lists a whole day of minutes", async () => {
      const { decisions } = await make();
      const ids: string[] = [];
      for (let at = NOW; at < LATER; at += minutes(5)) {
        const record = aRecord(at);
        ids.push(record.id);
        await decisions.append(record);
      }
      expect(idsOf(await decisions.list("chat", NOW, LATER))).toEqual(ids);
    });

    it("keeps targets apart, even when one's name begins with the other's", async () => {
      const { decisions } = await make();
      const theirs = aRecord(NOW, { target: "chat-2" });
      await decisions.append(aRecord(NOW));
      await decisions.append(theirs);
      await decisions.complete("chat", aRecord(NOW).id, ACCEPTED);
      expect(await decisions.list("chat", 0, LATER)).toEqual([aRecord(NOW, { outcome: ACCEPTED })]);
      expect(await decisions.list("chat-2", 0, LATER)).toEqual([theirs]);
    });
  });
}
