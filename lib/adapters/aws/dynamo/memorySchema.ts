/** A controller's memory as it must be when it comes back from the table. */
import { z } from "zod";
import type { Gate } from "../../../core/forecast/gate.ts";
import type { MeasuredStart } from "../../../core/leadTime/measuredStart.ts";
import type { Memory } from "../../../core/memory.ts";
import type { Achieved } from "../../../core/promise/achieved.ts";

const at = z.number();
const units = z.number();

const gateSchema: z.ZodType<Gate> = z.object({
  state: z.enum(["good", "watch", "bad"]),
  since: at,
  clearSince: at.nullable(),
  scoredUntil: at,
  minutes: z.number(),
  loss: z.number(),
  naiveLoss: z.number(),
  covered: z.number(),
  recentLoad: z.number(),
  recentMedian: z.number(),
});

const startSchema = z.object({
  seconds: z.number(),
  units: units.nullable(),
  hour: z.number().nullable(),
  atLeast: z.literal(true).optional(),
}) as z.ZodType<MeasuredStart>;

const achievedSchema: z.ZodType<Achieved> = z.object({
  countedUntil: at,
  seconds: z.number(),
  requests: z.number(),
  outside: z.number(),
  logMargin: z.number(),
  movedAt: at,
  logMarginBefore: z.number(),
});

const currentSchema: z.ZodType<Memory> = z.object({
  lastDecisionAt: at.nullable(),
  seen: z.object({ at, desired: units, ready: units }).nullable(),
  readySince: at.nullable(),
  lastOutAt: at.nullable(),
  lastInAt: at.nullable(),
  starting: z.object({ at, to: units, units: units.nullable().default(null) }).nullable(),
  starts: z.array(startSchema),
  recommendations: z.array(z.object({ at, units })),
  noticed: z.array(z.string()),
  /** Memories of before there was a gate have none. */
  gate: gateSchema.nullable().default(null),
  /** And of before the promise was counted. */
  achieved: achievedSchema.nullable().default(null),
  /** And those of before scale to zero was decided by the next request have no idle time. */
  idle: z.object({ since: at, until: at }).nullable().default(null),
});

/** Older memories have lead times alone, without what they were of. */
const withStarts = (stored: unknown): unknown => {
  if (typeof stored !== "object" || stored === null || "starts" in stored) return stored;
  if (!("leadTimesSeconds" in stored) || !Array.isArray(stored.leadTimesSeconds)) return stored;
  const { leadTimesSeconds, ...rest } = stored;
  return { ...rest, starts: leadTimesSeconds.map((seconds) => ({ seconds, units: null, hour: null })) };
};

export const memorySchema: z.ZodType<Memory> = z.preprocess(withStarts, currentSchema);
