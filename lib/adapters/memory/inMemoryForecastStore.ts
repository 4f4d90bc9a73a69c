/** The in-memory twin of the forecast store, with the numbers that a real table would give back. */
import type { ForecastDay } from "../../core/forecast/forecast.ts";
import { packDay, unpackDay } from "../../core/forecast/packDay.ts";
import type { ForecastStore } from "../../ports/forecastStore.ts";
import { InMemoryTable } from "./inMemoryTable.ts";

export class InMemoryForecastStore implements ForecastStore {
  private readonly days = new InMemoryTable<ForecastDay>();

  /** Packs and unpacks each day once, so that what is read is rounded as it is in a table; all days or none. */
  async put(days: readonly ForecastDay[]): Promise<void> {
    const stored = days.map((day) => unpackDay(packDay(day)));
    for (const day of stored) this.days.put(day.target, day.day, day);
  }

  /** A store of its own with the same days. */
  copy(): InMemoryForecastStore {
    const copy = new InMemoryForecastStore();
    for (const day of this.days.all()) copy.days.put(day.target, day.day, day);
    return copy;
  }

  async get(target: string, days: readonly string[]): Promise<readonly ForecastDay[]> {
    const found: ForecastDay[] = [];
    for (const day of days) {
      const item = this.days.get(target, day);
      if (item !== undefined) found.push(item);
    }
    return found;
  }
}
