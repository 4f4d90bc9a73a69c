/** The in-memory twins keep the contracts of their ports, so that what passes with them will pass with the real ones. */
import { InMemoryAlarmWatch } from "../../lib/adapters/memory/inMemoryAlarmWatch.ts";
import { InMemoryCapacityTarget } from "../../lib/adapters/memory/inMemoryCapacityTarget.ts";
import { InMemoryDecisionLog } from "../../lib/adapters/memory/inMemoryDecisionLog.ts";
import { InMemoryFloorStore } from "../../lib/adapters/memory/inMemoryFloorStore.ts";
import { InMemoryForecastStore } from "../../lib/adapters/memory/inMemoryForecastStore.ts";
import { InMemoryMemoryStore } from "../../lib/adapters/memory/inMemoryMemoryStore.ts";
import { InMemoryMetricSource } from "../../lib/adapters/memory/inMemoryMetricSource.ts";
import { InMemoryNotifier } from "../../lib/adapters/memory/inMemoryNotifier.ts";
import { InMemoryOverrideStore } from "../../lib/adapters/memory/inMemoryOverrideStore.ts";
import { InMemoryPromotionStore } from "../../lib/adapters/memory/inMemoryPromotionStore.ts";
import { InMemoryUnitLoadStore } from "../../lib/adapters/memory/inMemoryUnitLoadStore.ts";
import { InMemoryUpliftStore } from "../../lib/adapters/memory/inMemoryUpliftStore.ts";
import { ManualClock } from "../../lib/adapters/memory/manualClock.ts";
import { NOW } from "../core/arrange.ts";
import { describeAlarmWatchContract } from "./alarmWatch.contract.ts";
import { type CapacityTargetUnderTest, describeCapacityTargetContract } from "./capacityTarget.contract.ts";
import { describeClockContract } from "./clock.contract.ts";
import { describeDecisionLogContract } from "./decisionLog.contract.ts";
import { describeFloorStoreContract } from "./floorStore.contract.ts";
import { describeForecastStoreContract } from "./forecastStore.contract.ts";
import { describeMemoryStoreContract } from "./memoryStore.contract.ts";
import type { MetricSourceUnderTest } from "./metricSource.arrange.ts";
import { describeMetricSourceContract } from "./metricSource.contract.ts";
import { describeNotifierContract } from "./notifier.contract.ts";
import { describeOverrideStoreContract } from "./overrideStore.contract.ts";
import { describePromotionStoreContract } from "./promotionStore.contract.ts";
import { describeUnitLoadStoreContract } from "./unitLoadStore.contract.ts";
import { describeUpliftStoreContract } from "./upliftStore.contract.ts";

describeClockContract("manual", async () => ({ clock: new ManualClock(NOW) }));
describePromotionStoreContract("in memory", async () => ({ promotions: new InMemoryPromotionStore() }));
describeOverrideStoreContract("in memory", async () => ({ overrides: new InMemoryOverrideStore() }));
describeUpliftStoreContract("in memory", async () => ({ uplifts: new InMemoryUpliftStore() }));
describeUnitLoadStoreContract("in memory", async () => ({ unitLoads: new InMemoryUnitLoadStore() }));
describeForecastStoreContract("in memory", async () => ({ forecasts: new InMemoryForecastStore() }));
describeFloorStoreContract("in memory", async () => ({ floors: new InMemoryFloorStore() }));
describeMemoryStoreContract("in memory", async () => ({ memories: new InMemoryMemoryStore() }));
describeDecisionLogContract("in memory", async () => ({ decisions: new InMemoryDecisionLog() }));

describeNotifierContract("in memory", async () => {
  const notifier = new InMemoryNotifier();
  return {
    notifier,
    received: async () => notifier.sent,
    failAll: async (why) => notifier.fail(why),
  };
});

describeAlarmWatchContract("in memory", async () => {
  const alarms = new InMemoryAlarmWatch();
  return {
    alarms,
    put: async (target, rule, state) => alarms.set(target, rule, state),
    failAll: async (why) => alarms.fail(why),
  };
});

async function metricsAfter(publicationDelaySeconds: number): Promise<MetricSourceUnderTest> {
  const metrics = new InMemoryMetricSource(publicationDelaySeconds);
  return {
    metrics,
    publicationDelaySeconds,
    publish: async (series, start, values) => metrics.publish(series, start, values),
    failSeries: async (series, why) => metrics.failSeries(series, why),
    failAll: async (why) => metrics.fail(why),
  };
}

describeMetricSourceContract("in memory, at once", () => metricsAfter(0));
describeMetricSourceContract("in memory, two minutes late", () => metricsAfter(120));
describeMetricSourceContract("in memory, 45 seconds late", () => metricsAfter(45));

async function platformThat(locksWhileChanging: boolean): Promise<CapacityTargetUnderTest> {
  const capacity = new InMemoryCapacityTarget();
  return {
    capacity,
    add: async (target, units) => capacity.add(target, units, { locksWhileChanging }),
    becomeReady: async (target) => capacity.becomeReady(target),
    lock: async (target) => capacity.change(target, { locked: { why: `${target} is Updating` } }),
    limit: async (target, quota) => {
      const { desired } = await capacity.describe(target);
      capacity.add(target, desired, { locksWhileChanging, quota });
    },
    reportProblem: async (target, problem) => capacity.change(target, { problem }),
  };
}

describeCapacityTargetContract("in memory, always open", () => platformThat(false));
describeCapacityTargetContract("in memory, locked while it changes", () => platformThat(true));
