/** Forecasts, one packed item for each target and UTC day. */
import { z } from "zod";
import { partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import { DAY_VERSION, refuseDay, versionFlaw } from "../../../core/forecast/checkDay.ts";
import type { ForecastDay } from "../../../core/forecast/forecast.ts";
import { type PackedForecastDay, packDay, unpackDay } from "../../../core/forecast/packDay.ts";
import type { StoredDay } from "../../../core/forecast/view.ts";
import { DAY_SECONDS } from "../../../core/time.ts";
import type { ForecastStore } from "../../../ports/forecastStore.ts";
import type { DynamoTable, Item } from "./dynamoTable.ts";
import { bytes, readItem } from "./readItem.ts";

/** A past forecast is kept for comparing it with what came. */
const KEPT_SECONDS = 35 * DAY_SECONDS;

const numbers = z.array(z.number());
const column = z.object({ highest: z.number(), codes: bytes });
const errors: z.ZodType<PackedForecastDay["errors"]> = z.object({
  horizonsSeconds: numbers,
  levels: numbers,
  response: z.array(numbers),
  spread: z.array(numbers),
  size: z.array(numbers),
  quantiles: bytes,
});

const idle: z.ZodType<NonNullable<PackedForecastDay["idle"]>> = z.object({
  byAge: column,
  rate: column,
  minuteOfHour: column,
  firstLoad: z.number(),
  laterLoad: z.number(),
  pauses: z.number(),
});

const packedDay: z.ZodType<PackedForecastDay> = z.object({
  version: z.literal(DAY_VERSION),
  target: z.string(),
  day: z.string(),
  model: z.string(),
  madeAt: z.number(),
  slotSeconds: z.number(),
  minuteOfHour: numbers,
  weights: z.array(z.object({ candidate: z.string(), weights: numbers })),
  history: z.object({ from: z.number(), to: z.number(), missingShare: z.number(), gaps: z.number() }),
  score: z.object({ loss: z.number().nullable(), lossSameTimeLastWeek: z.number().nullable() }),
  median: column,
  scale: column,
  naive: column,
  bands: z.object({ leadsSeconds: numbers, levels: numbers, quantiles: bytes }),
  errors,
  idle: idle.exactOptional(),
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

  /** Throws an Error that names target and day of an item that cannot be read, or that a newer program wrote. */
  async get(target: string, days: readonly string[]): Promise<readonly StoredDay[]> {
    const items = await this.table.batchGet(
      partitionOf(target),
      days.map((day) => SORT.forecast(day)),
    );
    const found = new Map(items.map((item) => [item[TABLE.sortKey], item]));
    return days.flatMap((day) => {
      const item = found.get(SORT.forecast(day));
      return item === undefined ? [] : [readDay(target, day, item)];
    });
  }
}

/** The version is looked at first: the rest of an item of another version would only look damaged. */
function readDay(target: string, day: string, item: Item): StoredDay {
  const version = item["version"];
  if (typeof version === "number" && version < DAY_VERSION) return { version: "outdated", target, day };
  const flaw = versionFlaw(version);
  if (flaw !== null) refuseDay({ target, day }, flaw);
  return unpackDay(readItem(packedDay, item));
}
