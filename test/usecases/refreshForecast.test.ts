import { describe, expect, it } from "@jest/globals";
import type { ForecastModel } from "../../lib/core/forecast/forecast.ts";
import { timeOfWeek } from "../../lib/core/forecast/timeOfWeek.ts";
import { DAY_SECONDS, utcDayOf } from "../../lib/core/time.ts";
import { refreshForecast } from "../../lib/usecases/refreshForecast.ts";
import { aLockingPolicy, minutes } from "../core/arrange.ts";
import { aWorld, START, type TestWorld, wake } from "./arrange.ts";

const policy = aLockingPolicy({ demand: { ...aLockingPolicy().demand, recentHeadroom: 0.1 } });
const load = { target: policy.id, metric: "invocations", statistic: "sum" } as const;

/** Days of minutes up to the start: 200 by night, 800 from 08:00 to 20:00. */
function publishDays(world: TestWorld, days: number): void {
  const from = START - days * DAY_SECONDS;
  const values = Array.from({ length: days * 1440 }, (_, minute) => {
    const hour = ((from + minutes(minute)) % DAY_SECONDS) / 3600;
    return hour >= 8 && hour < 20 ? 800 : 200;
  });
  world.metrics.publish(load, from, values);
}

describe("refreshForecast", () => {
  it("writes the current UTC day and a week ahead", async () => {
    const world = aWorld();
    publishDays(world, 10);
    expect(await refreshForecast(world, policy, timeOfWeek, START)).toEqual({ kind: "written", days: 8 });
    const days = Array.from({ length: 10 }, (_, day) => utcDayOf(START + day * DAY_SECONDS));
    const stored = await world.forecasts.get(policy.id, days);
    expect(stored.map((each) => each.day)).toEqual(days.slice(0, 8));
    expect(stored[1]?.median[12 * 3]).toBeCloseTo(200, -1);
    expect(stored[1]?.median[12 * 12]).toBeCloseTo(800, -1);
    expect(stored[0]?.history).toMatchObject({ to: START, missingShare: expect.any(Number) });
  });

  it("leaves promotions of the past out, and lets the model see nothing else of them", async () => {
    const world = aWorld();
    publishDays(world, 3);
    const start = START - minutes(600);
    const end = START - minutes(540);
    await world.promotions.put({
      id: "sale",
      name: "sale",
      target: policy.id,
      start,
      end,
      expect: { multiplier: 2 },
      priority: 0,
    });
    const seen: number[] = [];
    const spy: ForecastModel = {
      name: "spy",
      fit(history) {
        const first = (start - history.start) / history.slotSeconds;
        seen.push(...history.mean.subarray(first - 1, first + 13));
        return null;
      },
    };
    await refreshForecast(world, policy, spy, START);
    expect(seen.map(Number.isNaN)).toEqual([false, ...new Array<boolean>(12).fill(true), false]);
  });

  it.each([[0, "less than one whole day of history: deciding from readings alone"]])(
    "says why it writes nothing with %i days",
    async (days, why) => {
      const world = aWorld();
      publishDays(world, days);
      expect(await refreshForecast(world, policy, timeOfWeek, START)).toEqual({ kind: "skipped", why });
    },
  );

  it("has nothing to do for a target without a load", async () => {
    const report = await refreshForecast(aWorld(), { ...policy, load: null }, timeOfWeek, START);
    expect(report).toEqual({ kind: "skipped", why: "the policy states no load to forecast" });
  });

  it("lets the next wake-up scale before the load comes", async () => {
    const world = aWorld();
    publishDays(world, 10);
    await refreshForecast(world, policy, timeOfWeek, START);
    world.capacity.add(policy.id, 3);
    const early = START - minutes(5);
    await refreshForecast(world, policy, timeOfWeek, early);
    expect(await wake(world, policy, early)).toMatchObject({
      record: { situation: { forecast: { kind: "known" } }, decision: { desired: expect.any(Number) } },
    });
    expect((await world.capacity.describe(policy.id)).desired).toBeGreaterThanOrEqual(8);
  });
});
