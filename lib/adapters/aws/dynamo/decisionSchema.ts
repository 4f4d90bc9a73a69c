/** A decision's record as it must be when it comes back from the table. */
import { z } from "zod";
import type { CapacityState, Outcome } from "../../../core/capacity.ts";
import type { Decision, DecisionRecord, Situation } from "../../../core/decision.ts";
import type { ErrorTable, IdleTable } from "../../../core/forecast/forecast.ts";
import type { Override, Promotion } from "../../../core/promotion.ts";
import type { Series } from "../../../core/reading.ts";
import { memorySchema } from "./memorySchema.ts";
import { statisticSchema, unitLoadSchema } from "./unitLoadSchema.ts";

const at = z.number();
const units = z.number();
const numbers = z.array(z.number());
const why = z.string();

const capacitySchema: z.ZodType<CapacityState> = z.object({
  desired: units,
  ready: units,
  locked: z.object({ why }).nullable(),
  changedAt: at.nullable(),
  problem: z.string().nullable(),
  minimum: units.nullable(),
});

const seriesSchema: z.ZodType<Series> = z.object({
  metric: z.string(),
  statistic: statisticSchema,
  end: at,
  values: z.array(z.number().nullable()),
  why: z.string().exactOptional(),
});

const errorsSchema: z.ZodType<ErrorTable> = z.object({
  horizonsSeconds: numbers,
  levels: numbers,
  response: z.array(numbers),
  spread: z.array(numbers),
  size: z.array(numbers),
  quantiles: z.array(numbers),
});

/** Records that were written before forecasts had a naive path and bands have none: their gate says nothing. */
const NO_BANDS = { leadsSeconds: [], levels: [], quantiles: [] };
const bandsSchema = z.object({ leadsSeconds: numbers, levels: numbers, quantiles: z.array(numbers) });

const idleSchema: z.ZodType<IdleTable> = z.object({
  byAge: numbers,
  rate: numbers,
  minuteOfHour: numbers,
  firstLoad: z.number(),
  laterLoad: z.number(),
  pauses: z.number(),
});

const forecastSchema: z.ZodType<Situation["forecast"]> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("known"),
    model: z.string(),
    madeAt: at,
    slotSeconds: z.number(),
    start: at,
    median: numbers,
    scale: numbers,
    naive: numbers.default([]),
    minuteOfHour: numbers.default([]),
    bands: bandsSchema.default(NO_BANDS),
    historyEnd: at.default(0),
    errors: errorsSchema,
    idle: idleSchema.exactOptional(),
  }),
  z.object({ kind: z.literal("missing"), why, stale: z.literal(true).exactOptional() }),
]);

const upliftSchema = z.object({
  multiplier: z.number(),
  spread: z.number(),
  occurrences: z.number(),
  lowest: z.number(),
  highest: z.number(),
});

const promotionSchema: z.ZodType<Promotion> = z.object({
  id: z.string(),
  name: z.string(),
  target: z.string(),
  start: at,
  end: at,
  expect: z.union([
    z.object({ multiplier: z.number() }),
    z.object({ learned: upliftSchema.nullable() }),
    z.object({ load: z.number() }),
    z.object({ units }),
  ]),
  priority: z.number(),
});

const overrideSchema: z.ZodType<Override> = z.object({
  id: z.string(),
  target: z.string(),
  kind: z.enum(["pause", "pin", "freeze-scale-in"]),
  units: units.exactOptional(),
  until: at.nullable(),
  reason: z.string(),
});

const situationSchema: z.ZodType<Situation> = z.object({
  now: at,
  capacity: capacitySchema,
  load: seriesSchema.nullable(),
  newestMinute: seriesSchema.exactOptional(),
  metrics: z.array(seriesSchema),
  alarms: z
    .array(z.object({ rule: z.string(), state: z.enum(["quiet", "ringing", "blind"]) }))
    .exactOptional(),
  forecast: forecastSchema,
  promotions: z.array(promotionSchema),
  overrides: z.array(overrideSchema),
  unitLoad: unitLoadSchema.exactOptional(),
  unread: z.array(z.string()).exactOptional(),
});

const NEEDS = ["demand", "rule", "promotion", "next request", "minimum", "as is"] as const;
const HOLDS = [
  "missing data",
  "stabilization",
  "cooldown",
  "error guard",
  "return cost",
  "promotion in sight",
  "lock risk",
  "small change",
  "rule",
  "freeze",
  "idle",
] as const;
const BOUNDS = ["pin", "pause", "scale-out cooldown", "step out", "step in", "minimum", "maximum"] as const;

const reason = z.string();
const decisionSchema: z.ZodType<Decision> = z.object({
  target: z.string(),
  at,
  mode: z.enum(["shadow", "floor", "full"]),
  from: units,
  desired: units,
  needs: z.array(z.object({ by: z.enum(NEEDS), units, whenActing: units, reason })),
  holds: z.array(z.object({ by: z.enum(HOLDS), units, reason })),
  bounds: z.array(z.object({ by: z.enum(BOUNDS), from: units, to: units, reason })),
  overrides: z.array(overrideSchema),
  notices: z.array(z.object({ kind: z.string(), text: z.string() })),
  reason,
  memory: memorySchema,
});

export const outcomeSchema: z.ZodType<Outcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accepted"), units }),
  z.object({ kind: z.enum(["none", "deferred", "refused", "unknown"]), why }),
]);

/** All but the outcome, which comes later. */
export const recordSchema: z.ZodType<Omit<DecisionRecord, "outcome">> = z.object({
  id: z.string(),
  situation: situationSchema,
  memory: memorySchema,
  decision: decisionSchema,
});
