/** A day whose load swells and ebbs as the forecast said, and a morning on which everybody comes at eight. */
import { describe, expect, it } from "@jest/globals";
import { FORECAST_SLOT_SECONDS } from "../../lib/core/forecast/forecast.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../lib/core/time.ts";
import { aLockingPolicy, aPolicy, LEAD_SECONDS, PER_UNIT } from "../core/arrange.ts";
import { asksOf, at, frameAt, missedMinutes, play, scaleIns, scaleOuts, steps, unitMinutes } from "./loop.ts";

/** From 150 requests a minute at three in the morning to 1 350 at three in the afternoon. */
const swell = (time: EpochSeconds): number =>
  750 - 600 * Math.cos((2 * Math.PI * (time - at("03:00"))) / DAY_SECONDS);
/** The forecast of a slot is of its highest minute. */
const foreseen = (time: EpochSeconds): number => Math.max(swell(time), swell(time + FORECAST_SLOT_SECONDS));
const units = (load: number): number => Math.ceil(load / PER_UNIT);

describe.each([
  ["that takes a change at any time", aPolicy()],
  ["that locks while it changes", aLockingPolicy()],
])("a day on a target %s", (_kind, policy) => {
  const day = { policy, from: "00:00", to: "+1 06:00", units: units(swell(at("00:00"))) + 1, load: swell };
  const forecast = play({ ...day, forecast: foreseen });
  const reactive = play(day);

  it("is carried in every minute", () => {
    expect(missedMinutes(forecast)).toEqual([]);
    expect(missedMinutes(reactive)).toEqual([]);
  });

  it("costs less with the forecast, which stands in place of the headroom", () => {
    expect(unitMinutes(forecast)).toBeLessThan(0.9 * unitMinutes(reactive));
  });

  it("follows the load: little at night, the peak in the afternoon", () => {
    expect(frameAt(forecast, "03:00").desired).toBeLessThanOrEqual(units(swell(at("03:00"))) + 1);
    expect(frameAt(forecast, "15:00").desired).toBeGreaterThanOrEqual(units(swell(at("15:00"))));
  });

  it("goes up all morning and down all evening, without flapping", () => {
    expect(scaleIns(forecast).filter(({ now }) => at("04:00") < now && now < at("15:00"))).toEqual([]);
    expect(scaleOuts(forecast).filter(({ now }) => at("15:30") < now && now < at("+1 03:00"))).toEqual([]);
    expect(asksOf(forecast).length).toBeLessThanOrEqual(2 * units(swell(at("15:00"))) + 2);
  });
});

describe("a morning on which everybody comes at eight", () => {
  const morning = {
    policy: aPolicy(),
    from: "06:00",
    to: "10:00",
    units: 2,
    load: steps(["00:00", 150], ["08:00", 1_200]),
  };

  it("finds all units ready at eight when the forecast knew, and none asked for an hour before", () => {
    const frames = play({ ...morning, forecast: morning.load });
    expect(missedMinutes(frames)).toEqual([]);
    expect(frameAt(frames, "08:00").ready).toBe(12);
    expect(frameAt(frames, "07:00").desired).toBe(2);
  });

  it("finds too few for the length of a start when nobody knew", () => {
    const missed = missedMinutes(play(morning));
    expect(missed[0]).toBe("08:00");
    expect(missed.length).toBeGreaterThanOrEqual(LEAD_SECONDS / 60);
    expect(missed.length).toBeLessThanOrEqual(LEAD_SECONDS / 60 + 2);
  });

  it("is not believed in for longer than it is forecast, when nobody comes", () => {
    const quiet = () => 150;
    const frames = play({
      ...morning,
      load: quiet,
      forecast: steps(["00:00", 150], ["08:00", 1_200], ["08:30", 150]),
    });
    expect(frameAt(frames, "08:15").desired).toBe(12);
    expect(frameAt(frames, "09:30").desired).toBe(2);
  });
});
