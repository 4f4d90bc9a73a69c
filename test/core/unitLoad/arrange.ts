/** Measured minutes of a made-up endpoint, whose units are known to leave the objective at a certain load. */
import type { MeasuredMinutes } from "../../../lib/core/unitLoad/minutes.ts";
import type { KnownUnitLoad } from "../../../lib/core/unitLoad/unitLoad.ts";
import { NOW } from "../arrange.ts";

export const OBJECTIVE_MS = 800;
export const UNITS = 4;

export interface MadeUp {
  /** Load of one unit, minute by minute. */
  readonly perUnit: readonly number[];
  /** Where the latency passes the objective. */
  readonly knee: number;
  /** Percent of the devices at a load of one unit; not known where it is left out. */
  readonly busyAt?: (perUnit: number) => number;
}

/** Latency is a third of the objective on an idle unit and passes it at the knee, steeply. The last minute ends at `NOW`. */
export function measured(
  { perUnit, knee, busyAt }: MadeUp,
  parts: Partial<MeasuredMinutes> = {},
): MeasuredMinutes {
  const each = (of: (load: number) => number): Float64Array => Float64Array.from(perUnit, of);
  return {
    start: NOW - 60 * perUnit.length,
    load: each((load) => UNITS * load),
    requests: each((load) => UNITS * load),
    requestsPerUnit: each((load) => load),
    latencyP95Ms: each((load) => OBJECTIVE_MS * (1 / 3 + (2 / 3) * (load / knee) ** 6)),
    utilization: each((load) => busyAt?.(load) ?? Number.NaN),
    errorRate: each(() => 0),
    ...parts,
  };
}

/** Loads from `low` up to `high` and back, `cycles` times, each cycle with `steps` minutes up. */
export function waves(low: number, high: number, steps: number, cycles: number): number[] {
  const up = Array.from({ length: steps }, (_, i) => low + ((high - low) * i) / (steps - 1));
  return Array.from({ length: cycles }, () => [...up, ...up.toReversed()]).flat();
}

export const known = (parts: Partial<KnownUnitLoad> = {}): KnownUnitLoad => ({
  kind: "known",
  perUnit: 200,
  lowest: 190,
  highest: 210,
  confidence: "high",
  from: "latency",
  carried: 224,
  minutes: 5_000,
  at: NOW - 6 * 3_600,
  movedFrom: null,
  ...parts,
});
