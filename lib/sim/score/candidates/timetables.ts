/** Policies that never look at the load of the day: sized once, from the past. */
import { scheduled } from "../../peers/scheduled.ts";
import { staticPeak, staticPeakUnits } from "../../peers/staticPeak.ts";
import { type Candidate, type Given, numberOf } from "../candidate.ts";
import { rival } from "../rival.ts";

/** How long before its hour a timetable asks, in lead times. */
const AHEAD = { aheadLeadTimes: [1.2, 1, 1.5, 2] } as const;

export const TIMETABLES: readonly Candidate[] = [
  rival({
    name: "static-peak",
    label: "Static peak",
    kind: "timetable",
    about: "A fixed number of units for the highest minute of the history, never changed.",
    shippedKnob: 1,
    make: (given, knob) => staticPeak({ units: staticUnits(given, knob, 1) }),
  }),
  rival({
    name: "static-p95",
    label: "Static 95th percentile",
    kind: "timetable",
    about: "A fixed number of units for the 95th percentile of the history's minutes, never changed.",
    shippedKnob: 1,
    make: (given, knob) => staticPeak({ units: staticUnits(given, knob, 0.95) }),
  }),
  rival({
    name: "scheduled",
    label: "Schedule by hour of the week",
    kind: "timetable",
    about:
      "Scheduled scaling with a minimum for each hour of the week: that hour's highest minute in the history, asked for ahead of its hour. Hours that the history does not have get the maximum.",
    settings: AHEAD,
    shippedKnob: 1,
    make: ({ past, perUnit, min, max, leadTimeSeconds }, knob, settings) =>
      scheduled({
        past,
        perUnit: perUnit * knob,
        min,
        max,
        aheadSeconds: numberOf(settings, "aheadLeadTimes") * leadTimeSeconds,
      }),
  }),
];

function staticUnits({ past, perUnit, min, max }: Given, knob: number, level: number): number {
  const perMinute = level === 1 ? past.perMinute : [quantileOf(past.perMinute, level)];
  return staticPeakUnits({ perMinute, perUnit: perUnit * knob, capacity: { min, max } });
}

/** The smallest known value that at least so large a share of the known values does not exceed; NaN for none. */
function quantileOf(values: Float64Array, level: number): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known[Math.max(0, Math.ceil(level * known.length) - 1)] ?? Number.NaN;
}
