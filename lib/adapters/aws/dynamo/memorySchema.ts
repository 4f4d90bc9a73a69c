/** A controller's memory as it must be when it comes back from the table. */
import { z } from "zod";
import type { Gate } from "../../../core/forecast/gate.ts";
import type { Memory } from "../../../core/memory.ts";

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

export const memorySchema: z.ZodType<Memory> = z.object({
  lastDecisionAt: at.nullable(),
  seen: z.object({ at, desired: units, ready: units }).nullable(),
  readySince: at.nullable(),
  lastOutAt: at.nullable(),
  lastInAt: at.nullable(),
  starting: z.object({ at, to: units }).nullable(),
  leadTimesSeconds: z.array(z.number()),
  recommendations: z.array(z.object({ at, units })),
  noticed: z.array(z.string()),
  /** Memories of before there was a gate have none. */
  gate: gateSchema.nullable().default(null),
});
