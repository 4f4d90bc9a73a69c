import { describe, expect, it } from "@jest/globals";
import { DynamoForecastStore } from "../../../../lib/adapters/aws/dynamo/dynamoForecastStore.ts";
import { partitionOf, SORT, TABLE } from "../../../../lib/contract/table.ts";
import { packDay } from "../../../../lib/core/forecast/packDay.ts";
import { DAY_SECONDS } from "../../../../lib/core/time.ts";
import { instant, repeat } from "../../../core/arrange.ts";
import { aForecastDay } from "../../../core/forecast/aForecastDay.ts";
import { withDynalite } from "./dynalite.ts";

const fresh = withDynalite();
const DAY = "2025-11-11";
const KEY = { partition: partitionOf("chat"), sort: SORT.forecast(DAY) };

async function aStore() {
  const made = await fresh();
  return { ...made, forecasts: new DynamoForecastStore(made.table) };
}

describe("a forecast in DynamoDB", () => {
  it("takes six write units a day, and two read units in one request for the two days of a decision", async () => {
    const { forecasts, billed } = await aStore();
    await forecasts.put([aForecastDay(), aForecastDay({ day: "2025-11-12" })]);
    await forecasts.get("chat", [DAY, "2025-11-12"]);
    expect(billed.map(({ command }) => command)).toEqual(["PutItem", "PutItem", "BatchGetItem"]);
    expect(billed.map(({ units }) => units)).toEqual([expect.any(Number), expect.any(Number), 2]);
    expect(Math.max(...billed.map(({ units }) => units))).toBeLessThanOrEqual(6);
  });

  it.each([
    ["five minutes", 300, 6, 1],
    ["an hour", 3_600, 4, 1],
    ["a minute", 60, 12, 2],
  ])("of slots of %s is written and read in few units", async (_slots, slotSeconds, written, read) => {
    const { forecasts, billed } = await aStore();
    await forecasts.put([aForecastDay({ slotSeconds })]);
    await forecasts.get("chat", [DAY]);
    const [put, get] = billed.map(({ units }) => units);
    expect([Math.ceil(put ?? 0), Math.ceil(get ?? 0)]).toEqual([written, read]);
  });

  const whole = packDay(aForecastDay());
  it.each([
    ["whose columns were others", { version: 1, target: "chat", day: DAY, median: new Uint8Array(576) }],
    [
      "whose errors had other terms",
      { ...whole, version: 2, errors: { ...whole.errors, response: repeat(9, repeat(7, 0.25)) } },
    ],
  ])("of an older version, %s, is told apart from none until it is written over", async (_how, older) => {
    const { forecasts, table } = await aStore();
    const monday = { day: "2025-11-10" };
    await forecasts.put([aForecastDay(monday)]);
    await table.put(KEY, older);
    const [first, second] = await forecasts.get("chat", [monday.day, DAY]);
    expect(first).toMatchObject({ version: 3, ...monday });
    expect(second).toEqual({ version: "outdated", target: "chat", day: DAY });
    await forecasts.put([aForecastDay()]);
    expect(await forecasts.get("chat", [DAY])).toMatchObject([{ version: 3 }]);
  });

  it("ends by itself some days after its day", async () => {
    const { forecasts, table } = await aStore();
    await forecasts.put([aForecastDay()]);
    const end = Number((await table.get(KEY))?.[TABLE.timeToLive]);
    expect(end - instant("2025-11-12T00:00Z")).toBeGreaterThanOrEqual(2 * DAY_SECONDS);
    expect(end - instant("2025-11-12T00:00Z")).toBeLessThanOrEqual(60 * DAY_SECONDS);
  });

  it("is the later one of two for the same day", async () => {
    const { forecasts } = await aStore();
    await forecasts.put([aForecastDay(), aForecastDay({ median: repeat(288, 5) })]);
    expect((await forecasts.get("chat", [DAY]))[0]).toMatchObject({ median: repeat(288, 5) });
  });

  it("is given once for every time that its day is asked for", async () => {
    const { forecasts } = await aStore();
    await forecasts.put([aForecastDay()]);
    expect(await forecasts.get("chat", [DAY, DAY])).toHaveLength(2);
  });

  it("is found among more days than a request may ask for", async () => {
    const { forecasts, billed } = await aStore();
    await forecasts.put([aForecastDay()]);
    const others = repeat(150, 0).map((_, i) => `day-${i}`);
    expect(await forecasts.get("chat", [...others, DAY])).toHaveLength(1);
    expect(billed.filter(({ command }) => command === "BatchGetItem")).toHaveLength(2);
  });

  it.each<readonly [string, object, RegExp]>([
    ["of a newer version", { version: 4 }, /forecast of chat for 2025-11-11: .*version 4/],
    ["of no version", { version: "1" }, /forecast of chat for 2025-11-11: .*version 1/],
    ["without medians", { median: null }, /TARGET#chat \/ FORECAST#2025-11-11 .*median/],
    [
      "with too few bytes",
      { median: { highest: 1, codes: new Uint8Array(10) } },
      /chat for 2025-11-11: median has 10 bytes/,
    ],
    ["that cannot be true", { slotSeconds: 7 }, /chat for 2025-11-11: slotSeconds is 7/],
  ])("%s is refused with its target and day", async (_case, flaw, message) => {
    const { forecasts, table } = await aStore();
    await table.put(KEY, { ...packDay(aForecastDay()), ...flaw });
    await expect(forecasts.get("chat", [DAY])).rejects.toThrow(message);
  });
});
