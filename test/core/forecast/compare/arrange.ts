/** Traces whose right scores can be worked out by hand, and forecasters that say what they are told. */
import type { EvaluatedTrace } from "../../../../lib/core/forecast/compare/evaluate.ts";
import type { Forecaster } from "../../../../lib/core/forecast/compare/forecaster.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../../../lib/core/time.ts";

/** A Monday, 00:00Z. */
export const MONDAY = 1_736_121_600;

/** `load` a minute in every step, by the step's start. */
export function aTrace(
  days: number,
  load: (at: number) => number,
  stepSeconds: number = HOUR_SECONDS,
): EvaluatedTrace {
  const steps = (days * DAY_SECONDS) / stepSeconds;
  return {
    name: "made-up",
    synthetic: true,
    start: MONDAY,
    stepSeconds,
    requests: Float64Array.from(
      { length: steps },
      (_, i) => (load(MONDAY + i * stepSeconds) * stepSeconds) / 60,
    ),
    notes: [],
    filled: [],
  };
}

/** Busy by day, quiet by night, quieter at weekends. */
export function weekly(at: number): number {
  const day = Math.floor((at - MONDAY) / DAY_SECONDS) % 7;
  const hour = Math.floor((at % DAY_SECONDS) / HOUR_SECONDS);
  return (day >= 5 ? 20 : 100) * (hour >= 8 && hour < 20 ? 1 : 0.2);
}

/** The same number in every slot and at every level, or what `load` gives. */
export function saying(name: string, load: number): Forecaster {
  return {
    name,
    label: `Says ${load}`,
    about: "",
    quantiles: (_history, slots, levels) => levels.map(() => new Float64Array(slots).fill(load)),
  };
}
