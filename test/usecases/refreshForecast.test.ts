import { describe, expect, it } from "@jest/globals";
import type { DeclaredEvent } from "../../lib/core/declaredEvent.ts";
import { ensemble } from "../../lib/core/forecast/ensemble.ts";
import type { Calendar, ForecastModel, History } from "../../lib/core/forecast/forecast.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { DAY_SECONDS, utcDayOf } from "../../lib/core/time.ts";
import { order, withdraw } from "../../lib/usecases/overrides.ts";
import { refreshForecast } from "../../lib/usecases/refreshForecast.ts";
import { aLockingPolicy, aPolicy, instant, minutes } from "../core/arrange.ts";
import { anOccurrence } from "../core/forecast/arrangePromotions.ts";
import { aWorld, START, type TestWorld, wake } from "./arrange.ts";

const MODEL = ensemble();
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
    expect(await refreshForecast(world, policy, MODEL, START)).toEqual({ kind: "written", days: 8 });
    const days = Array.from({ length: 10 }, (_, day) => utcDayOf(START + day * DAY_SECONDS));
    const stored = await world.forecasts.get(policy.id, days);
    expect(stored.map((each) => each.day)).toEqual(days.slice(0, 8));
    expect(stored[1]?.median[12 * 3]).toBeCloseTo(200, -1);
    expect(stored[1]?.median[12 * 12]).toBeCloseTo(800, -1);
    expect(stored[0]?.history).toMatchObject({ to: START, missingShare: expect.any(Number) });
  });

  it("learns when the next request comes for a target that may have no unit, and for no other", async () => {
    const sparse = aPolicy({ id: policy.id, capacity: { min: 0, max: 4 } });
    const world = aWorld();
    const values = Array.from({ length: 5 * 1440 }, (_, minute) => (minute % 60 < 3 ? 9 : 0));
    world.metrics.publish(load, START - 5 * DAY_SECONDS, values);
    await refreshForecast(world, sparse, MODEL, START);
    const [day] = await world.forecasts.get(policy.id, [utcDayOf(START)]);
    expect(day).toMatchObject({ idle: { pauses: 5 * 24 - 1, firstLoad: 9 } });
    await refreshForecast(world, { ...sparse, capacity: { min: 1, max: 4 } }, MODEL, START);
    const [without] = await world.forecasts.get(policy.id, [utcDayOf(START)]);
    expect(without).not.toHaveProperty("idle");
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

  const HOUR = 3_600;
  const DAY = 86_400;

  /** What a model is given. */
  async function seenBy(world: TestWorld, parts: Partial<TargetPolicy> = {}) {
    const seen: { history: History; calendar: Calendar }[] = [];
    const spy: ForecastModel = {
      name: "spy",
      fit(history, _, calendar) {
        seen.push({ history, calendar });
        return null;
      },
    };
    const report = await refreshForecast(world, { ...policy, ...parts }, spy, START);
    const [{ history, calendar }] = seen as [{ history: History; calendar: Calendar }];
    const at = (time: number): number =>
      history.mean[(time - history.start) / history.slotSeconds] ?? Number.NaN;
    return { report, at, kindOf: calendar.kindOf, utcOffset: calendar.utcOffset };
  }

  it("leaves out windows in which a pause or a pin held the capacity", async () => {
    const world = aWorld();
    publishDays(world, 3);
    const pin = { target: policy.id, kind: "pin", units: 2, reason: "test" } as const;
    await order(world, { ...pin, until: START - 20 * HOUR }, START - 24 * HOUR);
    await order(world, { ...pin, until: null }, START - 10 * HOUR);
    await withdraw(world, policy.id, "pin", START - 9 * HOUR);
    const { at } = await seenBy(world);
    const hours = [25, 24, 21, 20, 10, 9].map((ago) => Number.isNaN(at(START - ago * HOUR)));
    expect(hours).toEqual([false, true, true, false, true, false]);
  });

  it("makes a forecast also when it cannot read when the capacity was held", async () => {
    const world = aWorld();
    publishDays(world, 3);
    const noted = () => Promise.reject(new Error("damaged"));
    const { report } = await seenBy({ ...world, overrides: { ...world.overrides, noted } } as never);
    expect(report.notes).toEqual(["when pauses and pins held the capacity cannot be read: damaged"]);
  });

  it("leaves out masked days on the wall clock, and masked windows", async () => {
    const world = aWorld();
    publishDays(world, 4);
    const events: DeclaredEvent[] = [
      { kind: "days", name: "outage", from: "2025-11-09", to: "2025-11-09", like: "masked" },
      { kind: "window", name: "test", start: START - 5 * HOUR, end: START - 4 * HOUR },
    ];
    const { at, utcOffset } = await seenBy(world, { events, timeZone: "Asia/Shanghai" });
    const times = ["2025-11-08T15:55Z", "2025-11-08T16:00Z", "2025-11-09T15:55Z", "2025-11-09T16:00Z"].map(
      instant,
    );
    expect(times.map((time) => Number.isNaN(at(time)))).toEqual([false, true, true, false]);
    expect([at(START - 5 * HOUR), at(START - 4 * HOUR)].map(Number.isNaN)).toEqual([true, false]);
    expect(utcOffset(START)).toBe(8 * HOUR);
  });

  it("gives the model the kinds of declared days", async () => {
    const world = aWorld();
    publishDays(world, 3);
    const events: DeclaredEvent[] = [
      { kind: "days", name: "feast", from: "2025-11-12", to: "2025-11-12", like: "sunday" },
      { kind: "days", name: "derby", from: "2025-11-04", to: "2025-11-04", like: "last-time" },
      { kind: "days", name: "derby", from: "2025-11-14", to: "2025-11-14", like: "last-time" },
    ];
    const { kindOf } = await seenBy(world, { events });
    const day = START / DAY;
    const kinds = ["2025-11-11", "2025-11-12", "2025-11-14"].map((each) =>
      kindOf(Math.floor(instant(`${each}T00:00Z`) / DAY)),
    );
    expect(kinds).toEqual([Math.floor(day) % 7, 3, 7]);
  });

  it("brings the past to the level after a declared shift", async () => {
    const world = aWorld();
    publishDays(world, 3);
    const at = START - 24 * HOUR;
    const { at: seen } = await seenBy(world, {
      events: [{ kind: "level-shift", name: "app", at, factor: 3 }],
    });
    expect([seen(at - HOUR), seen(at)]).toEqual([600, 800]);
  });

  it("says what of the events cannot be used, and goes on with the rest", async () => {
    const world = aWorld();
    publishDays(world, 3);
    const events = [
      { kind: "feast", name: "x" },
      { kind: "level-shift", name: "app", at: START - HOUR, factor: null },
      { kind: "window", name: "test", start: START - 5 * HOUR, end: START - 4 * HOUR },
    ] as never;
    const { report, at } = await seenBy(world, { events });
    expect(report.notes).toEqual([
      "the event x is set aside: got the kind feast; allowed: days, window, level-shift",
      expect.stringContaining(
        "the level shift app (2025-11-11T07:00Z) has no factor, and none can be told before 6 h",
      ),
    ]);
    expect(at(START - 5 * HOUR)).toBeNaN();
  });

  describe("learns what promotions brought", () => {
    const start = START - 30 * HOUR;
    const sale = {
      id: "sale@1",
      name: "sale",
      target: policy.id,
      start,
      end: start + 3 * HOUR,
      expect: { learned: null },
      priority: 0,
    };
    const published = async (): Promise<TestWorld> => {
      const world = aWorld();
      const from = START - 10 * DAY;
      const values = Array.from({ length: 10 * 1440 }, (_, minute) => {
        const at = from + minutes(minute);
        return at >= sale.start && at < sale.end ? 500 : 200;
      });
      world.metrics.publish(load, from, values);
      await world.promotions.put(sale);
      return world;
    };

    it("and remembers it by name", async () => {
      const world = await published();
      const { report } = await seenBy(world);
      expect(report.notes).toBeUndefined();
      expect(await world.uplifts.list(policy.id)).toMatchObject([
        {
          id: "sale@1",
          name: "sale",
          start,
          multiplier: expect.closeTo(2.5, 6),
          unevenness: expect.closeTo(0, 6),
        },
      ]);
    });

    it("but not from one that is still on, or was measured on more days before", async () => {
      const world = await published();
      await world.promotions.put({ ...sale, id: "on", start: START - HOUR, end: START + HOUR });
      const better = anOccurrence({ id: "sale@1", target: policy.id, multiplier: 9, days: 99 });
      await world.uplifts.put(better);
      await seenBy(world);
      expect(await world.uplifts.list(policy.id)).toEqual([better]);
    });

    it("and says which it cannot measure, unless it is remembered", async () => {
      const world = await published();
      const daily = Array.from({ length: 10 }, (_, day) => ({
        ...sale,
        id: `happy hour ${day}`,
        start: START - day * DAY - 10 * HOUR,
        end: START - day * DAY - 9 * HOUR,
      }));
      for (const each of daily) await world.promotions.put(each);
      await world.uplifts.put(anOccurrence({ id: "happy hour 0", target: policy.id }));
      const { notes } = (await seenBy(world)).report;
      expect(notes).toHaveLength(9);
      expect(notes?.[0]).toMatch(
        /^what the promotion happy hour 9 brought cannot be told: .* ordinary at that time$/,
      );
    });

    it("and makes a forecast also when it cannot remember", async () => {
      const world = await published();
      const uplifts = { ...world.uplifts, list: () => Promise.reject(new Error("throttled")) };
      const { report } = await seenBy({ ...world, uplifts } as never);
      expect(report.notes).toEqual(["what past promotions brought could not be remembered: throttled"]);
    });
  });

  it.each([[0, "less than one whole day of history: deciding from readings alone"]])(
    "says why it writes nothing with %i days",
    async (days, why) => {
      const world = aWorld();
      publishDays(world, days);
      expect(await refreshForecast(world, policy, MODEL, START)).toEqual({ kind: "skipped", why });
    },
  );

  it("has nothing to do for a target without a load", async () => {
    const report = await refreshForecast(aWorld(), { ...policy, load: null }, MODEL, START);
    expect(report).toEqual({ kind: "skipped", why: "the policy states no load to forecast" });
  });

  it("lets the next wake-up scale before the load comes", async () => {
    const world = aWorld();
    publishDays(world, 10);
    await refreshForecast(world, policy, MODEL, START);
    world.capacity.add(policy.id, 3);
    const early = START - minutes(5);
    await refreshForecast(world, policy, MODEL, early);
    expect(await wake(world, policy, early)).toMatchObject({
      record: { situation: { forecast: { kind: "known" } }, decision: { desired: expect.any(Number) } },
    });
    expect((await world.capacity.describe(policy.id)).desired).toBeGreaterThanOrEqual(8);
  });
});
