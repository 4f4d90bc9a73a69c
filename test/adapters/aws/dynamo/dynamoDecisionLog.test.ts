import { describe, expect, it } from "@jest/globals";
import { DynamoDecisionLog } from "../../../../lib/adapters/aws/dynamo/dynamoDecisionLog.ts";
import { packJson } from "../../../../lib/adapters/aws/dynamo/packJson.ts";
import { DECISION_DAYS, partitionOf, SORT, TABLE } from "../../../../lib/contract/table.ts";
import type { DecisionRecord } from "../../../../lib/core/decision.ts";
import { DAY_SECONDS } from "../../../../lib/core/time.ts";
import { minutes, NOW } from "../../../core/arrange.ts";
import { aFullRecord } from "./arrange.ts";
import { withDynalite } from "./dynalite.ts";

const fresh = withDynalite();
const KEY = { partition: partitionOf("chat"), sort: SORT.decision(NOW, 7) };

async function aLog() {
  const made = await fresh();
  return { ...made, decisions: new DynamoDecisionLog(made.table) };
}

describe("a decision in DynamoDB", () => {
  it("takes one request of at most four write units, and as much again to be completed", async () => {
    const { decisions, billed } = await aLog();
    await decisions.append(aFullRecord());
    await decisions.complete("chat", aFullRecord().id, { kind: "accepted", units: 6 });
    expect(billed.map(({ command }) => command)).toEqual(["PutItem", "UpdateItem"]);
    expect(Math.max(...billed.map(({ units }) => units))).toBeLessThanOrEqual(4);
  });

  it("comes back whole: alarms, promotion, forecast, memories, nulls and reasons", async () => {
    const { decisions } = await aLog();
    await decisions.append(aFullRecord());
    expect(await decisions.list("chat", NOW, NOW + 1)).toStrictEqual([aFullRecord()]);
  });

  it("comes back whole without a forecast and with series that could not be read", async () => {
    const { decisions } = await aLog();
    const full = aFullRecord();
    const situation: DecisionRecord["situation"] = {
      ...full.situation,
      load: { metric: "invocations", statistic: "p99.9", end: NOW, values: [null], why: "throttled" },
      forecast: { kind: "missing", why: "30 h old", stale: true },
      overrides: [{ id: "pin", target: "chat", kind: "pin", units: 0, until: NOW + 1, reason: "ops" }],
    };
    await decisions.append({ ...full, situation });
    expect(await decisions.list("chat", NOW, NOW + 1)).toStrictEqual([{ ...full, situation }]);
  });

  it("shows its outcome, ends by itself after the days that decisions are kept, and has nothing else", async () => {
    const { decisions, table } = await aLog();
    await decisions.append(aFullRecord());
    expect(await table.get(KEY)).toEqual({
      pk: KEY.partition,
      sk: KEY.sort,
      id: `chat@${NOW}#7`,
      record: expect.any(Uint8Array),
      outcome: { kind: "unknown", why: "asked, no answer yet" },
      [TABLE.timeToLive]: NOW + DECISION_DAYS * DAY_SECONDS,
    });
  });

  it.each(["chat", "chat@#7", "chat@soon#7", `chat@${NOW}`, `chat@${NOW}.5#7`, `chat@${NOW}#x`])(
    "is refused with the id %s, says how one looks, and cannot be completed under it",
    async (id) => {
      const { decisions } = await aLog();
      await expect(decisions.append({ ...aFullRecord(), id })).rejects.toThrow(`chat@${NOW}#fence`);
      await decisions.append(aFullRecord());
      await decisions.complete("chat", id, { kind: "none", why: "" });
      expect(await decisions.list("chat", 0, NOW + 1)).toEqual([aFullRecord()]);
    },
  );

  it("is refused with the id of another instant: it would not be found again", async () => {
    const { decisions } = await aLog();
    const wrong = { ...aFullRecord(), id: `chat@${NOW + 1}#7` };
    await expect(decisions.append(wrong)).rejects.toThrow(`chat@${NOW}#fence`);
  });

  it("is listed with more others than fit a page of a megabyte", async () => {
    const { decisions, table, billed } = await aLog();
    const { outcome, ...record } = aFullRecord();
    const padded = { record: packJson(record), outcome, padding: "x".repeat(300_000) };
    for (const fence of [1, 2, 3, 4, 5]) {
      await table.put({ ...KEY, sort: SORT.decision(NOW + minutes(fence), fence) }, padded);
    }
    expect(await decisions.list("chat", 0, Number.POSITIVE_INFINITY)).toHaveLength(5);
    expect(billed.filter(({ command }) => command === "Query")).toHaveLength(2);
  });

  it.each([
    ["between its bounds and fractions of seconds", NOW - 0.5, NOW + 0.5, 1],
    ["from before all time", -1_000, NOW + 1, 1],
    ["from after its end", NOW + 60, NOW, 0],
    ["to nobody knows when", NOW, Number.NaN, 0],
  ])("is listed %s", async (_case, from, to, count) => {
    const { decisions } = await aLog();
    await decisions.append(aFullRecord());
    expect(await decisions.list("chat", from, to)).toHaveLength(count);
  });

  it.each([
    ["bytes that are no deflated JSON", { record: new Uint8Array([7]), outcome: { kind: "none", why: "" } }],
    ["another shape", { record: packJson({ id: 1 }), outcome: { kind: "none", why: "" } }],
    ["an outcome of another kind", { record: packJson(aFullRecord()), outcome: { kind: "done" } }],
  ])("that holds %s is refused by its key", async (_case, attributes) => {
    const { decisions, table } = await aLog();
    await table.put(KEY, attributes);
    await expect(decisions.list("chat", 0, NOW + 1)).rejects.toThrow(
      `TARGET#chat / DECISION#${NOW}#000000000007 cannot be read: `,
    );
  });
});
