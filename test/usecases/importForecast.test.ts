/** Another model's rows in the store: whole days, the target's own errors and history, and rows that are skipped. */
import { describe, expect, it } from "@jest/globals";
import { DAY_SECONDS, utcDayOf } from "../../lib/core/time.ts";
import { importForecast } from "../../lib/usecases/importForecast.ts";
import { aLockingPolicy, minutes } from "../core/arrange.ts";
import { aForecastDay } from "../core/forecast/aForecastDay.ts";
import { aRow, LONG_ROW_HOURS } from "../core/forecast/external/arrange.ts";
import { aWorld, START, type TestWorld } from "./arrange.ts";

const policy = aLockingPolicy();

function publishWeeks(world: TestWorld): void {
  const values = Array.from({ length: 14 * 1440 }, (_, minute) => Math.floor(minute / 1440));
  const load = { target: policy.id, metric: "invocations", statistic: "sum" } as const;
  world.metrics.publish(load, START - minutes(14 * 1440), values);
}

const storedIn = (world: TestWorld, days: number) =>
  world.forecasts.get(
    policy.id,
    Array.from({ length: days }, (_, day) => utcDayOf(START + day * DAY_SECONDS)),
  );

describe("importForecast", () => {
  it("stores whole days under the model's name, with the naive path from the target's own history", async () => {
    const world = aWorld();
    publishWeeks(world);
    const report = await importForecast(world, policy, aRow({ historyEnd: START }, LONG_ROW_HOURS), START);
    expect(report).toEqual({ kind: "written", days: 8 });
    const [today, tomorrow] = await storedIn(world, 2);
    expect(today).toMatchObject({ model: "lstm", madeAt: START, history: { to: START }, slotSeconds: 3600 });
    expect(today?.version === 3 && today.median[8]).toBe(100);
    // At 08:00 seven days ago the seventh day had just begun.
    expect(today?.version === 3 && today.naive[8]).toBe(7);
    expect(tomorrow?.version === 3 && tomorrow.bands.levels).toEqual([0.5, 0.9, 0.95, 0.99]);
  });

  it("takes the errors of the target's newest stored day", async () => {
    const world = aWorld();
    const day = { ...aForecastDay(), target: policy.id, day: utcDayOf(START - DAY_SECONDS) };
    await world.forecasts.put([day]);
    await importForecast(world, policy, aRow({ historyEnd: START }, 48), START);
    const [today] = await storedIn(world, 1);
    expect(today?.version === 3 && today.errors).toEqual(day.errors);
  });

  it.each([
    ["is for another target", aRow({ series: "other" }), START, "the row is for other"],
    ["was made in the future", aRow({ madeAt: START + 60 }), START, "which is yet to come"],
    ["has passed", aRow({}, 48), START + 3 * DAY_SECONDS, "which has passed"],
    ["holds no whole day", aRow({}, 4), START, "does not reach the end of its first UTC day"],
  ])("skips a row that %s, and keeps what is stored", async (_, row, now, why) => {
    const world = aWorld();
    expect(await importForecast(world, policy, row, now)).toEqual({
      kind: "skipped",
      why: expect.stringContaining(why),
    });
    expect(await storedIn(world, 5)).toEqual([]);
  });

  it("skips a target that wants no forecast", async () => {
    const off = { ...policy, demand: { ...policy.demand, forecast: "off" as const } };
    const world = aWorld();
    const report = await importForecast(world, off, aRow({ historyEnd: START }, 48), START);
    expect(report).toEqual({ kind: "skipped", why: expect.stringContaining("demand.forecast: off") });
    expect(await storedIn(world, 2)).toEqual([]);
  });

  it("skips a target without a load", async () => {
    const report = await importForecast(aWorld(), { ...policy, load: null }, aRow(), START);
    expect(report).toEqual({ kind: "skipped", why: expect.stringContaining("no load") });
  });
});
