/** Promotions, overrides and floors stand in the table as a person would write them, and may have been written by one. */
import { describe, expect, it } from "@jest/globals";
import { DynamoFloorStore } from "../../../../lib/adapters/aws/dynamo/dynamoFloorStore.ts";
import { DynamoOverrideStore } from "../../../../lib/adapters/aws/dynamo/dynamoOverrideStore.ts";
import { DynamoPromotionStore } from "../../../../lib/adapters/aws/dynamo/dynamoPromotionStore.ts";
import { FLOORS_PARTITION, partitionOf, SORT, TABLE } from "../../../../lib/contract/table.ts";
import { DAY_SECONDS } from "../../../../lib/core/time.ts";
import type { FloorRecord } from "../../../../lib/ports/floorStore.ts";
import { HISTORY_DAYS } from "../../../../lib/usecases/refreshForecast.ts";
import { anOverride, aPromotion, minutes, NOW, pinTo } from "../../../core/arrange.ts";
import { type FreshTable, withDynalite } from "./dynalite.ts";

const fresh = withDynalite();
const PARTITION = partitionOf("chat");
const PROMOTION_KEY = { partition: PARTITION, sort: SORT.promotion("p1") };
const PIN_KEY = { partition: PARTITION, sort: SORT.override("pin") };
const FLOOR_KEY = { partition: FLOORS_PARTITION, sort: PARTITION };
const FLOOR: FloorRecord = {
  target: "chat",
  resourceId: "endpoint/chat/variant/AllTraffic",
  dimension: "sagemaker:variant:DesiredInstanceCount",
  originalMinimum: 1,
  lastSet: 6,
  since: NOW,
};

const storedAt = async ({ table }: FreshTable, key: typeof PIN_KEY) => (await table.get(key)) ?? {};

describe("a promotion in DynamoDB", () => {
  it("is plain attributes under its key, and outlives every history that must leave it out", async () => {
    const made = await fresh();
    await new DynamoPromotionStore(made.table).put(aPromotion());
    const { [TABLE.timeToLive]: end, ...stored } = await storedAt(made, PROMOTION_KEY);
    expect(stored).toEqual({ pk: "TARGET#chat", sk: "PROMOTION#p1", ...aPromotion() });
    expect(Number(end) - aPromotion().end).toBeGreaterThan((HISTORY_DAYS + 1) * DAY_SECONDS);
  });

  it.each(["11.11@2025-11-11T00:00Z", "光棍节@2025-11-11T00:00Z", "Ökowoche", "", "#", "\u{10ffff}"])(
    "is listed whatever a person has called it: %p",
    async (id) => {
      const promotions = new DynamoPromotionStore((await fresh()).table);
      await promotions.put(aPromotion({ id }));
      expect(await promotions.list("chat", NOW)).toEqual([aPromotion({ id })]);
      expect(await promotions.remove("chat", id)).toBe(true);
    },
  );

  it("keeps nothing that a caller had besides", async () => {
    const made = await fresh();
    const besides = { ...aPromotion(), password: "hunter2", note: undefined };
    await new DynamoPromotionStore(made.table).put(besides);
    expect(Object.keys(await storedAt(made, PROMOTION_KEY))).not.toContain("password");
  });

  it.each([
    ["no end", { end: null }, /end: /],
    ["two expectations", { expect: { units: 3, load: 5 } }, /expect: one of multiplier, load and units/],
    ["an expectation below nothing", { expect: { units: -3 } }, /expect\.units: /],
  ])("with %s is refused by its key", async (_case, flaw, message) => {
    const { table } = await fresh();
    await table.put(PROMOTION_KEY, { ...aPromotion(), ...flaw });
    const list = new DynamoPromotionStore(table).list("chat", NOW);
    await expect(list).rejects.toThrow(message);
    await expect(list).rejects.toThrow(/TARGET#chat \/ PROMOTION#p1 /);
  });
});

describe("an override in DynamoDB", () => {
  it.each([
    ["a pin", pinTo(7), { kind: "pin", until: null, reason: "ops: load test", units: 7 }],
    [
      "a pause",
      anOverride({ id: "pin", until: NOW + minutes(5) }),
      {
        kind: "pause",
        until: NOW + minutes(5),
        reason: "ops: looking into it",
        [TABLE.timeToLive]: expect.any(Number),
      },
    ],
  ])("is plain attributes under its key: %s", async (_case, override, plain) => {
    const made = await fresh();
    await new DynamoOverrideStore(made.table).put(override);
    expect(await storedAt(made, PIN_KEY)).toEqual({
      pk: "TARGET#chat",
      sk: "OVERRIDE#pin",
      id: "pin",
      target: "chat",
      ...plain,
    });
  });

  it("is listed whatever a person has called it", async () => {
    const overrides = new DynamoOverrideStore((await fresh()).table);
    await overrides.put(anOverride({ id: "Überlast" }));
    expect(await overrides.list("chat", NOW)).toEqual([anOverride({ id: "Überlast" })]);
  });

  it("is deleted by DynamoDB only after its end, in whole seconds", async () => {
    const made = await fresh();
    const until = NOW + 0.5;
    await new DynamoOverrideStore(made.table).put(anOverride({ id: "pin", until }));
    const end = Number((await storedAt(made, PIN_KEY))[TABLE.timeToLive]);
    expect(end).toBeGreaterThanOrEqual(until);
    expect(Number.isInteger(end)).toBe(true);
  });

  it.each([
    ["a pin without units", { kind: "pin", until: null, reason: "" }, /units: /],
    ["half a unit", { kind: "pin", until: null, reason: "", units: 0.5 }, /units: /],
    ["another kind", { kind: "stop", until: null, reason: "" }, /kind: /],
    ["an end in words", { kind: "pause", until: "tomorrow", reason: "" }, /until: /],
  ])("that is %s is refused by its key", async (_case, attributes, message) => {
    const { table } = await fresh();
    await table.put(PIN_KEY, { id: "pin", target: "chat", ...attributes });
    const list = new DynamoOverrideStore(table).list("chat", NOW);
    await expect(list).rejects.toThrow(message);
    await expect(list).rejects.toThrow(/TARGET#chat \/ OVERRIDE#pin /);
  });
});

describe("a floor in DynamoDB", () => {
  it("is listed whatever its target is called", async () => {
    const floors = new DynamoFloorStore((await fresh()).table);
    await floors.put({ ...FLOOR, target: "größe" });
    await floors.put({ ...FLOOR, target: "übersetzung" });
    expect((await floors.list()).map(({ target }) => target)).toEqual(["größe", "übersetzung"]);
  });

  it("is plain attributes in the partition of all floors, and never ends by itself", async () => {
    const made = await fresh();
    await new DynamoFloorStore(made.table).put(FLOOR);
    expect(await storedAt(made, FLOOR_KEY)).toEqual({ pk: "FLOORS", sk: "TARGET#chat", ...FLOOR });
  });

  it("that is not whole is refused by its key", async () => {
    const { table } = await fresh();
    await table.put(FLOOR_KEY, { ...FLOOR, originalMinimum: "1" });
    await expect(new DynamoFloorStore(table).get("chat")).rejects.toThrow(
      /FLOORS \/ TARGET#chat .*originalMinimum/,
    );
    await expect(new DynamoFloorStore(table).list()).rejects.toThrow(/originalMinimum/);
  });
});

describe("the plain items of a target", () => {
  it("cost one request to list, one to put and one to remove", async () => {
    const { table, billed } = await fresh();
    const promotions = new DynamoPromotionStore(table);
    const overrides = new DynamoOverrideStore(table);
    await promotions.put(aPromotion());
    await promotions.list("chat", NOW);
    await promotions.remove("chat", "p1");
    await overrides.put(pinTo(7));
    await overrides.list("chat", NOW);
    await overrides.remove("chat", "pin");
    const each = ["PutItem", "Query", "DeleteItem"].map((command) => ({ command, units: 1 }));
    expect(billed).toEqual([...each, ...each]);
  });
});
