/** What is assumed before anything is measured can be stored, and is wide. */
import { describe, expect, it } from "@jest/globals";
import { bandsFlaw, errorsFlaw } from "../../../lib/core/forecast/checkTables.ts";
import { highestLoad } from "../../../lib/core/forecast/conditional/highestLoad.ts";
import { WINDOWS_MINUTES } from "../../../lib/core/forecast/conditional/moment.ts";
import {
  UNMEASURED_BANDS,
  UNMEASURED_ERRORS,
  unmeasuredScale,
} from "../../../lib/core/forecast/unmeasured.ts";
import { forecastOf, minutes, NOW } from "../arrange.ts";
import { NONE, tableBy } from "./arrangeTable.ts";

/** An hour that ran at `load` where `path` was forecast. */
const seenAt = (load: number, path: number) => ({
  at: NOW,
  deviations: WINDOWS_MINUTES.map(() => Math.sqrt(load) - Math.sqrt(path)),
  trend: [0, 0],
  pathRoot: Math.sqrt(path),
  loadRoot: Math.sqrt(load),
  unrest: 0,
});
const upper = (load: number, path: number): number =>
  highestLoad(
    forecastOf(path, { errors: UNMEASURED_ERRORS }),
    seenAt(load, path),
    { from: NOW, to: NOW + minutes(10) },
    0.95,
  );

describe("errors that nobody has measured", () => {
  it("are tables that can be stored", () => {
    expect(errorsFlaw(UNMEASURED_ERRORS)).toBeNull();
    expect(bandsFlaw(UNMEASURED_BANDS)).toBeNull();
  });

  it("leave room for three quarters more than an ordinary load, and for much more than a small one", () => {
    expect(upper(10_000, 10_000) / 10_000).toBeGreaterThan(1.6);
    expect(upper(10_000, 10_000) / 10_000).toBeLessThan(1.9);
    expect(upper(1, 1)).toBeGreaterThan(3);
  });

  it("follow half of what the last hour was off, and the height that it has reached", () => {
    expect(upper(4_000, 1_000)).toBeGreaterThan(4_000);
    expect(upper(400, 1_000)).toBeLessThan(upper(1_000, 1_000));
  });

  it("are in proportion to the root of the load, and never nothing", () => {
    const scale = unmeasuredScale(tableBy(2, 4, (row) => (row === 0 ? 40 : NONE)));
    expect([...scale]).toEqual([5, 5, 5, 5]);
    expect(unmeasuredScale(tableBy(2, 4, () => NONE))[0]).toBeGreaterThan(0);
  });
});
