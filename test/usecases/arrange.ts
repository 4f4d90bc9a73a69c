/** A whole world of in-memory twins for the use cases, with readings of a steady load and a target that starts at two units. */
import { InMemoryCapacityTarget } from "../../lib/adapters/memory/inMemoryCapacityTarget.ts";
import { InMemoryDecisionLog } from "../../lib/adapters/memory/inMemoryDecisionLog.ts";
import { InMemoryForecastStore } from "../../lib/adapters/memory/inMemoryForecastStore.ts";
import { InMemoryMemoryStore } from "../../lib/adapters/memory/inMemoryMemoryStore.ts";
import { InMemoryMetricSource } from "../../lib/adapters/memory/inMemoryMetricSource.ts";
import { InMemoryNotifier } from "../../lib/adapters/memory/inMemoryNotifier.ts";
import { InMemoryOverrideStore } from "../../lib/adapters/memory/inMemoryOverrideStore.ts";
import { InMemoryPromotionStore } from "../../lib/adapters/memory/inMemoryPromotionStore.ts";
import { InMemoryUnitLoadStore } from "../../lib/adapters/memory/inMemoryUnitLoadStore.ts";
import { InMemoryUpliftStore } from "../../lib/adapters/memory/inMemoryUpliftStore.ts";
import { ManualClock } from "../../lib/adapters/memory/manualClock.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import type { EpochSeconds } from "../../lib/core/time.ts";
import { runScaling, type TargetReport } from "../../lib/usecases/runScaling.ts";
import type { World } from "../../lib/usecases/world.ts";
import { aLockingPolicy, instant, minutes, repeat } from "../core/arrange.ts";

/** The first tick; readings go back three hours and forward six. */
export const START = instant("2025-11-11T08:00Z");

export interface TestWorld extends World {
  readonly clock: ManualClock;
  readonly metrics: InMemoryMetricSource;
  readonly capacity: InMemoryCapacityTarget;
  readonly forecasts: InMemoryForecastStore;
  readonly memories: InMemoryMemoryStore;
  readonly promotions: InMemoryPromotionStore;
  readonly uplifts: InMemoryUpliftStore;
  readonly unitLoads: InMemoryUnitLoadStore;
  readonly overrides: InMemoryOverrideStore;
  readonly decisions: InMemoryDecisionLog;
  readonly notifier: InMemoryNotifier;
}

export function aWorld(): TestWorld {
  return {
    clock: new ManualClock(START),
    metrics: new InMemoryMetricSource(),
    capacity: new InMemoryCapacityTarget(),
    forecasts: new InMemoryForecastStore(),
    memories: new InMemoryMemoryStore(),
    promotions: new InMemoryPromotionStore(),
    uplifts: new InMemoryUpliftStore(),
    unitLoads: new InMemoryUnitLoadStore(),
    overrides: new InMemoryOverrideStore(),
    decisions: new InMemoryDecisionLog(),
    notifier: new InMemoryNotifier(),
  };
}

/** Publishes the load of a target: `before` up to the start, `after` from then on. */
export function publishLoad(world: TestWorld, target: string, before: number, after: number = before): void {
  const values = [...repeat(180, before), ...repeat(360, after)];
  world.metrics.publish({ target, metric: "invocations", statistic: "sum" }, START - minutes(180), values);
}

/** A world with one target of two ready units under a steady load. */
export function aWorldWithTarget(
  load: number,
  parts: Partial<TargetPolicy> = {},
): { readonly world: TestWorld; readonly policy: TargetPolicy } {
  const world = aWorld();
  const policy = aLockingPolicy(parts);
  world.capacity.add(policy.id, 2, { locksWhileChanging: true });
  publishLoad(world, policy.id, load);
  return { world, policy };
}

let wakeUps = 0;

/** One wake-up with an owner of its own; the report of the one target. */
export async function wake(world: World, policy: TargetPolicy, now: EpochSeconds): Promise<TargetReport> {
  const [report] = await runScaling(world, [policy], now, `wake-up-${wakeUps++}`);
  if (report === undefined) throw new Error("no report");
  return report;
}

/** What one port call did: the crash comes before it, or after it had its effect. */
export type Crash = { readonly atCall: number; readonly when: "before" | "after" };

/**
 * The same world, in which the process dies at the given port call: that call and every later one rejects, as nothing
 * runs after a crash. `calls` counts what was reached.
 */
export function crashing(
  world: World,
  crash: Crash,
): { readonly world: World; readonly calls: () => number } {
  let calls = 0;
  const mortal = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return async (...words: unknown[]): Promise<unknown> => {
          const call = calls++;
          if (call > crash.atCall || (call === crash.atCall && crash.when === "before"))
            throw new Error("crashed");
          const answer: unknown = await member.apply(target, words);
          if (call === crash.atCall) throw new Error("crashed");
          return answer;
        };
      },
    });
  const { clock, ...ports } = world;
  const dying = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, mortal(port)]));
  return { world: { ...world, ...dying, clock }, calls: () => calls };
}
