/** What every forecast store must do. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import type { ForecastDay } from "../../lib/core/forecast/forecast.ts";
import { packDay, unpackDay } from "../../lib/core/forecast/packDay.ts";
import type { StoredDay } from "../../lib/core/forecast/view.ts";
import type { ForecastStore } from "../../lib/ports/forecastStore.ts";
import { repeat } from "../core/arrange.ts";
import { aForecastDay, anIdleTable } from "../core/forecast/aForecastDay.ts";

export interface ForecastStoreUnderTest {
  /** Empty. */
  readonly forecasts: ForecastStore;
}

const MONDAY = "2025-11-10";
const TUESDAY = "2025-11-11";
const WEDNESDAY = "2025-11-12";

/** Stores keep days packed, so that all of them give back the same numbers. */
const asStored = (day: ForecastDay): ForecastDay => unpackDay(packDay(day));

/** Days of this program's own version, as all are that a test has put there. */
function readable(days: readonly StoredDay[]): readonly ForecastDay[] {
  return days.map((day) => {
    if (day.version === "outdated") throw new Error(`${day.day} is of an older version`);
    return day;
  });
}

export function describeForecastStoreContract(
  name: string,
  make: () => Promise<ForecastStoreUnderTest>,
): void {
  describe(`forecast store: ${name}`, () => {
    it("has nothing for a target never seen", async () => {
      const { forecasts } = await make();
      expect(await forecasts.get("chat", [MONDAY, TUESDAY])).toEqual([]);
    });

    it("gives back a day as it is after packing: header and errors as they were, numbers rounded", async () => {
      const { forecasts } = await make();
      const day = aForecastDay();
      await forecasts.put([day]);
      expect(await forecasts.get("chat", [TUESDAY])).toEqual([asStored(day)]);
    });

    it("gives back what pauses taught, where the day has it", async () => {
      const { forecasts } = await make();
      const day = aForecastDay({ idle: anIdleTable(288) });
      await forecasts.put([day]);
      expect(await forecasts.get("chat", [TUESDAY])).toEqual([asStored(day)]);
    });

    it("gives back zeros as zeros and a score that is not known as null", async () => {
      const { forecasts } = await make();
      const day = aForecastDay({
        median: repeat(288, 0),
        score: { loss: null, lossSameTimeLastWeek: null },
      });
      await forecasts.put([day]);
      const [got] = readable(await forecasts.get("chat", [TUESDAY]));
      expect(got?.median).toEqual(repeat(288, 0));
      expect(got?.score).toEqual({ loss: null, lossSameTimeLastWeek: null });
    });

    it("changes nothing when what was read is written again", async () => {
      const { forecasts } = await make();
      await forecasts.put([aForecastDay()]);
      const before = readable(await forecasts.get("chat", [TUESDAY]));
      await forecasts.put(before);
      expect(await forecasts.get("chat", [TUESDAY])).toEqual(before);
    });

    it("replaces a day, and leaves the others", async () => {
      const { forecasts } = await make();
      const monday = aForecastDay({ day: MONDAY });
      await forecasts.put([monday, aForecastDay()]);
      const newer = aForecastDay({ madeAt: aForecastDay().madeAt + 6 * 3600, median: repeat(288, 42) });
      await forecasts.put([newer]);
      expect(await forecasts.get("chat", [MONDAY, TUESDAY])).toEqual([monday, newer].map(asStored));
    });

    it("answers in the order of the days asked for, whatever order they were written in", async () => {
      const { forecasts } = await make();
      const [monday, tuesday, wednesday] = [MONDAY, TUESDAY, WEDNESDAY].map((day) => aForecastDay({ day }));
      await forecasts.put([wednesday, monday, tuesday] as ForecastDay[]);
      const got = await forecasts.get("chat", [TUESDAY, WEDNESDAY, MONDAY]);
      expect(got.map(({ day }) => day)).toEqual([TUESDAY, WEDNESDAY, MONDAY]);
    });

    it("answers only what was asked for and leaves out days that are not there", async () => {
      const { forecasts } = await make();
      await forecasts.put([aForecastDay({ day: MONDAY }), aForecastDay({ day: WEDNESDAY })]);
      const got = await forecasts.get("chat", [TUESDAY, WEDNESDAY]);
      expect(got.map(({ day }) => day)).toEqual([WEDNESDAY]);
      expect(await forecasts.get("chat", [])).toEqual([]);
    });

    it("takes a week and more in one call", async () => {
      const { forecasts } = await make();
      const names = repeat(30, 0).map((_, i) => `2025-11-${String(i + 1).padStart(2, "0")}`);
      await forecasts.put(names.map((day, i) => aForecastDay({ day, median: repeat(288, i) })));
      const got = readable(await forecasts.get("chat", names));
      expect(got.map(({ day, median }) => [day, median[0]])).toEqual(names.map((day, i) => [day, i]));
    });

    it("takes no days at all", async () => {
      const { forecasts } = await make();
      await expect(forecasts.put([])).resolves.toBeUndefined();
    });

    it.each([60, 900, 3_600])("keeps days of slots of %i s", async (slotSeconds) => {
      const { forecasts } = await make();
      const day = aForecastDay({ slotSeconds });
      await forecasts.put([day]);
      const [got] = readable(await forecasts.get("chat", [TUESDAY]));
      expect(got).toEqual(asStored(day));
      expect(got?.naive).toHaveLength(86_400 / slotSeconds);
    });

    it("keeps targets apart, even in one call", async () => {
      const { forecasts } = await make();
      const ours = aForecastDay({ median: repeat(288, 1) });
      const theirs = aForecastDay({ target: "chat-2", median: repeat(288, 2) });
      await forecasts.put([ours, theirs]);
      expect(await forecasts.get("chat", [TUESDAY])).toEqual([asStored(ours)]);
      expect(await forecasts.get("chat-2", [TUESDAY])).toEqual([asStored(theirs)]);
    });

    it("refuses days of which one is unsound, names it, and keeps what it had", async () => {
      const { forecasts } = await make();
      const old = aForecastDay();
      await forecasts.put([old]);
      const newer = aForecastDay({ median: repeat(288, 5) });
      const unsound = aForecastDay({ day: WEDNESDAY, median: repeat(288, Number.NaN) });
      await expect(forecasts.put([newer, unsound])).rejects.toThrow(`chat for ${WEDNESDAY}`);
      expect(await forecasts.get("chat", [TUESDAY, WEDNESDAY])).toEqual([asStored(old)]);
    });
  });
}
