/** A controller's memory as it must be when it comes back from the table. */
import { z } from "zod";
import type { Memory } from "../../../core/memory.ts";

const at = z.number();
const units = z.number();

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
});
