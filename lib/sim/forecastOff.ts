/** Notes when the accuracy gate has the forecast off, and how bad it was at its worst. */
import { coverageOf, type Gate, lossRatioOf } from "../core/forecast/gate.ts";
import type { ForecastOff } from "../core/replayResult.ts";
import type { EpochSeconds } from "../core/time.ts";

const hundredths = (value: number): number => Math.round(value * 100) / 100;

export class ForecastOffNotes {
  readonly times: ForecastOff[] = [];
  private isOff = false;

  /** At each minute, in order; `until` is where this minute ends. */
  note(gate: Gate | null, at: EpochSeconds, until: EpochSeconds): void {
    const isOff = gate?.state === "bad";
    if (isOff) {
      const before = this.isOff ? this.times.pop() : undefined;
      this.times.push({
        from: before?.from ?? at,
        to: until,
        lossRatio: Math.max(before?.lossRatio ?? 0, hundredths(lossRatioOf(gate) ?? 0)),
        coverage: Math.min(before?.coverage ?? 1, hundredths(coverageOf(gate) ?? 1)),
      });
    }
    this.isOff = isOff;
  }
}
