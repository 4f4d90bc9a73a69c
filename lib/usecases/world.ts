/** The ports that the use cases work through, together. */
import type { AlarmWatch } from "../ports/alarmWatch.ts";
import type { CapacityTarget } from "../ports/capacityTarget.ts";
import type { Clock } from "../ports/clock.ts";
import type { DecisionLog } from "../ports/decisionLog.ts";
import type { ForecastStore } from "../ports/forecastStore.ts";
import type { MemoryStore } from "../ports/memoryStore.ts";
import type { MetricSource } from "../ports/metricSource.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { OverrideStore } from "../ports/overrideStore.ts";
import type { PromotionStore } from "../ports/promotionStore.ts";
import type { UnitLoadStore } from "../ports/unitLoadStore.ts";
import type { UpliftStore } from "../ports/upliftStore.ts";

export interface World {
  readonly clock: Clock;
  readonly metrics: MetricSource;
  /** Absent where no alarm watches the rules: then every wake-up reads the metrics of all of them. */
  readonly alarms?: AlarmWatch;
  readonly capacity: CapacityTarget;
  readonly forecasts: ForecastStore;
  readonly memories: MemoryStore;
  readonly promotions: PromotionStore;
  readonly uplifts: UpliftStore;
  readonly unitLoads: UnitLoadStore;
  readonly overrides: OverrideStore;
  readonly decisions: DecisionLog;
  readonly notifier: Notifier;
}
