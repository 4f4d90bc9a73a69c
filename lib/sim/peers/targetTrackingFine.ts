/**
 * AWS target tracking on SageMaker's ten-second metric of concurrent requests, announced in July 2024: the same policy as
 * on requests per minute, with alarms over ten-second periods, whose lengths AWS does not publish.
 */
import type { AlarmShape } from "./metricAlarm.ts";
import type { Peer, StepReadings } from "./peer.ts";
import { type TargetTrackingState, targetTracking } from "./targetTracking.ts";
import type { TargetTrackingOptions } from "./targetTrackingOptions.ts";

/** Unpublished: as for one-minute metrics, three periods; a user's alarm for scale-in had 90 data points of 10 s. */
export const FINE_ALARM_HIGH: AlarmShape = { minutes: 3, ofMinutes: 3 };
export const FINE_ALARM_LOW: AlarmShape = { minutes: 90, ofMinutes: 90 };

export interface TargetTrackingFineOptions extends Omit<TargetTrackingOptions, "unitLoad"> {
  /** Requests in service and waiting at one unit that carries its unit load. */
  readonly unitConcurrency: number;
}

export function targetTrackingFine({
  unitConcurrency,
  ...options
}: TargetTrackingFineOptions): Peer<TargetTrackingState> {
  const shapes = { alarmHigh: FINE_ALARM_HIGH, alarmLow: FINE_ALARM_LOW };
  const inner = targetTracking({ unitLoad: unitConcurrency, ...shapes, ...options });
  const looksBack = Math.max(...[shapes, options].map((each) => each.alarmLow?.ofMinutes ?? 0));
  return {
    ...inner,
    name: `${inner.name}-10s`,
    label: `${inner.label}, 10 s metric`,
    about:
      "AWS Application Auto Scaling target tracking on SageMaker's ten-second metric of concurrent requests (in flight and queued) per unit. AWS publishes neither the number nor the length of its alarms' periods: here 3 of 3 above the target and 90 of 90 below 90 % of it.",
    periodSeconds: 10,
    step: (state, observation, now) =>
      inner.step(
        state,
        { ...observation, perUnitPerMinute: newestPerUnit(observation.steps, looksBack) },
        now,
      ),
  };
}

/** Concurrency per ready unit of the newest steps, oldest first; null where it is unknown or nobody served. */
function newestPerUnit({ concurrency, ready }: StepReadings, count: number): readonly (number | null)[] {
  const values: (number | null)[] = [];
  for (let step = Math.max(0, concurrency.length - count); step < concurrency.length; step++) {
    const perUnit = (concurrency[step] as number) / (ready[step] as number);
    values.push(Number.isFinite(perUnit) ? perUnit : null);
  }
  return values;
}
