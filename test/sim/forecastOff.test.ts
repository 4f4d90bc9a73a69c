import { describe, expect, it } from "@jest/globals";
import type { Gate, GateState } from "../../lib/core/forecast/gate.ts";
import { ForecastOffNotes } from "../../lib/sim/forecastOff.ts";

const gate = (state: GateState, loss: number): Gate => ({
  state,
  since: 0,
  clearSince: null,
  scoredUntil: 0,
  minutes: 100,
  loss,
  naiveLoss: 100,
  covered: 110 - loss / 10,
  recentLoad: 0,
  recentMedian: 0,
});

function timesOf(gates: readonly (Gate | null)[]) {
  const notes = new ForecastOffNotes();
  for (const [minute, each] of gates.entries()) notes.note(each, 60 * minute, 60 * (minute + 1));
  return notes.times;
}

describe("times in which a forecast was off", () => {
  it("are none while it is in use", () => {
    expect(timesOf([null, gate("good", 100), gate("watch", 120)])).toEqual([]);
  });

  it("begin and end with the state, and keep the worst that was said", () => {
    const bad = [gate("bad", 140), gate("bad", 305), gate("bad", 200)];
    expect(timesOf([gate("watch", 120), ...bad, gate("good", 90)])).toEqual([
      { from: 60, to: 240, lossRatio: 3.05, coverage: 0.8 },
    ]);
  });

  it("are told apart, and the last ends with the replay", () => {
    const times = timesOf([gate("bad", 140), gate("good", 90), null, gate("bad", 150), gate("bad", 150)]);
    expect(times.map(({ from, to }) => [from, to])).toEqual([
      [0, 60],
      [180, 300],
    ]);
  });
});
