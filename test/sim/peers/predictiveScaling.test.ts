import { describe, expect, it } from "@jest/globals";
import type { Peer } from "../../../lib/sim/peers/peer.ts";
import {
  effectiveMaximum,
  forecastHours,
  predictiveScaling,
} from "../../../lib/sim/peers/predictiveScaling.ts";
import { loadBefore, NOW, seen, steady } from "./arrange.ts";

const HOUR = 3_600;
/** NOW is forty seconds into this hour. */
const HOUR_START = NOW - 40;

/** Always wants the same. */
const fixed = (units: number | null): Peer<number> => ({
  name: "fixed",
  label: "Fixed",
  about: "",
  periodSeconds: 60,
  initial: 0,
  step: (steps, { desired }) => ({ desired: units ?? desired, state: steps + 1, reason: "fixed" }),
});

/** Days of hours up to HOUR_START, by hours before it (1 is the last). */
const days = (count: number, loadOf: (hoursBefore: number) => number) =>
  loadBefore(
    Array.from({ length: count * 24 }, (_, i) => loadOf(count * 24 - i)).flatMap((load) => [
      ...steady(load, 60),
    ]),
    HOUR_START,
  );

describe("the forecast", () => {
  it("is the mean of the same hour of the week, and of the day where there is no week yet", () => {
    const weeks = days(14, (back) => (back === 7 * 24 ? 300 : back === 14 * 24 ? 500 : 100));
    expect(forecastHours(weeks, NOW).hours.slice(0, 2)).toEqual([400, 100]);
    const short = days(2, (back) => (back === 24 ? 300 : back === 48 ? 500 : 100));
    expect(forecastHours(short, NOW).hours.slice(0, 2)).toEqual([400, 100]);
  });

  it("reaches two days, looks back two weeks, and leaves out what is not known", () => {
    const { hours } = forecastHours(
      days(21, (back) => (back > 14 * 24 ? 9_999 : 100)),
      NOW,
    );
    expect(hours).toHaveLength(48);
    expect(Math.max(...hours)).toBe(100);
    const gaps = days(14, (back) => (back === 7 * 24 ? Number.NaN : back === 14 * 24 ? 500 : 100));
    expect(forecastHours(gaps, NOW).hours[0]).toBe(500);
  });
});

describe("predictive scaling", () => {
  const options = { perUnitAtTarget: 100, min: 1, max: 10 };
  const busyNext = days(14, (back) => ((back - 1) % 24 === 22 ? 700 : 100));
  const step = (
    peer: ReturnType<typeof predictiveScaling<number>>,
    now: number,
    desired = 2,
    state = peer.initial,
  ) => peer.step(state, seen(steady(1), { desired, load: busyNext }), now);

  it("raises capacity to the hour's forecast five minutes before the hour, once", () => {
    const peer = predictiveScaling({ ...options, dynamic: fixed(null) });
    const before = step(peer, HOUR_START + HOUR - 360);
    expect(before.desired).toBe(2);
    const due = step(peer, HOUR_START + HOUR - 300, 2, before.state);
    expect(due.desired).toBe(7);
    expect(step(peer, HOUR_START + HOUR - 240, 2, due.state).desired).toBe(2);
  });

  it("never scales in, and the larger of the two wins", () => {
    const peer = predictiveScaling({ ...options, dynamic: fixed(null) });
    expect(step(peer, HOUR_START + HOUR - 300, 9).desired).toBe(9);
    const larger = predictiveScaling({ ...options, dynamic: fixed(8) });
    expect(step(larger, HOUR_START + HOUR - 300).desired).toBe(8);
  });

  it("asks again at the next minute when the endpoint was locked", () => {
    const peer = predictiveScaling({ ...options, dynamic: fixed(null) });
    const locked = peer.step(
      peer.initial,
      seen(steady(1), { desired: 2, locked: true, load: busyNext }),
      HOUR_START + HOUR - 300,
    );
    expect(locked.desired).toBe(2);
    expect(step(peer, HOUR_START + HOUR - 240, 2, locked.state).desired).toBe(7);
  });

  it("leaves all to the other for its first day", () => {
    const peer = predictiveScaling({ ...options, dynamic: fixed(3) });
    const short = loadBefore([...steady(900, 23 * 60)], HOUR_START);
    expect(peer.step(peer.initial, seen(steady(1), { desired: 2, load: short }), NOW).desired).toBe(3);
  });

  it.each([
    [50, 40, 10, 55],
    [50, 40, null, 40],
    [30, 40, 10, 40],
  ])(
    "has for a forecast of %p, a maximum of %p and a buffer of %p an effective maximum of %p",
    (forecast, max, buffer, effective) => {
      expect(effectiveMaximum(forecast, max, buffer)).toBe(effective);
    },
  );
});
