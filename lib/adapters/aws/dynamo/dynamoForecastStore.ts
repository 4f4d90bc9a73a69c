/** Forecasts, one packed item for each target and UTC day. */
import { z } from "zod";
import { partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import type { ForecastDay } from "../../../core/forecast/forecast.ts";
import { type PackedForecastDay, packDay, unpackDay } from "../../../core/forecast/packDay.ts";
import { DAY_SECONDS } from "../../../core/time.ts";
import type { ForecastStore } from "../../../ports/forecastStore.ts";
import type { DynamoTable } from "./dynamoTable.ts";
import { bytes, readItem, reading } from "./readItem.ts";

/** A past forecast is kept for comparing it with what came. */
const KEPT_SECONDS = 35 * DAY_SECONDS;

const numbers = z.array(z.number());
const packedDay: z.ZodType<PackedForecastDay> = z.object({
  // Any number: the core says which versions it knows.
  version: z.number() as unknown as z.ZodLiteral<1>,
  target: z.string(),
  day: z.string(),
  model: z.string(),
  madeAt: z.number(),
  slotSeconds: z.number(),
  history: z.object({ from: z.number(), to: z.number(), missingShare: z.number() }),
  score: z.object({ loss: z.number().nullable(), lossSameTimeLastWeek: z.number().nullable() }),
  highestMedian: z.number(),
  median: bytes,
  highestScale: z.number(),
  scale: bytes,
  errors: z.object({
    horizonsSeconds: numbers,
    levels: numbers,
    correction: numbers,
    quantiles: bytes,
  }),
});

export class DynamoForecastStore implements ForecastStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  /** All days are checked before the first is written. Throws a RangeError that names target and day of an unsound one. */
  async put(days: readonly ForecastDay[]): Promise<void> {
    const packed = days.map(packDay);
    for (const day of packed) {
      const key = { partition: partitionOf(day.target), sort: SORT.forecast(day.day) };
      const expiresAt = Date.parse(`${day.day}T00:00:00Z`) / 1000 + KEPT_SECONDS;
      await this.table.put(key, { ...day, [TABLE.timeToLive]: expiresAt });
    }
  }

  /** Throws an Error that names the item that cannot be read. */
  async get(target: string, days: readonly string[]): Promise<readonly ForecastDay[]> {
    const partition = partitionOf(target);
    const items = await this.table.batchGet(days.map((day) => ({ partition, sort: SORT.forecast(day) })));
    const found = items.map((item) => reading(item, () => unpackDay(readItem(packedDay, item))));
    return days.flatMap((day) => found.find((each) => each.day === day) ?? []);
  }
}
