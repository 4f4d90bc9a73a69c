/** A learned unit load as it must be when it comes back from the table, alone or in a decision's record. */
import { z } from "zod";
import type { Statistic } from "../../../core/reading.ts";
import type { StoredUnitLoad, UnitLoad } from "../../../core/unitLoad/unitLoad.ts";

const perUnit = z.number().positive();

export const statisticSchema: z.ZodType<Statistic> = z.union([
  z.enum(["average", "sum", "maximum", "minimum", "sampleCount"]),
  z.templateLiteral(["p", z.number()]),
]);

export const unitLoadSchema: z.ZodType<UnitLoad> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("known"),
    perUnit,
    lowest: perUnit,
    highest: perUnit,
    confidence: z.enum(["high", "medium", "low"]),
    from: z.enum(["latency", "utilization"]),
    carried: z.number().nonnegative(),
    minutes: z.int().nonnegative(),
    at: z.number(),
    movedFrom: z.object({ perUnit, at: z.number() }).nullable(),
  }),
  z.object({ kind: z.literal("unknown"), why: z.string() }),
]);

export const storedUnitLoadSchema: z.ZodType<StoredUnitLoad> = z.object({
  target: z.string(),
  basis: z.object({
    metric: z.string(),
    statistic: statisticSchema,
    latencyP95Ms: z.number().positive(),
  }),
  learned: unitLoadSchema,
});
