/** The simplest forecast that anybody would write, beside a reactive maximum. */
import { DAY_SECONDS } from "../../../core/time.ts";
import { sameTimeLast } from "../../peers/sameTimeLast.ts";
import { type Candidate, numberOf } from "../candidate.ts";
import { rival } from "../rival.ts";

const SETTINGS = {
  coverLeadTimes: [2, 1.5, 3],
  stabilizationSeconds: [600, 300, 1200],
} as const;

export const SEASONAL: readonly Candidate[] = [7, 1].map((days) => {
  const when = days === 7 ? "last week" : "yesterday";
  return rival({
    name: days === 7 ? "same-time-last-week" : "same-time-yesterday",
    label: `Same time ${when} + reactive`,
    kind: "predictive",
    about: `The highest load of the same stretch ${when}, or of the last 3 minutes if that is higher.`,
    settings: SETTINGS,
    shippedKnob: 1,
    make: ({ perUnit, min, max, leadTimeSeconds }, knob, settings) =>
      sameTimeLast({
        seasonSeconds: days * DAY_SECONDS,
        perUnit: perUnit * knob,
        factor: 1,
        min,
        max,
        coverSeconds: numberOf(settings, "coverLeadTimes") * leadTimeSeconds + 60,
        stabilizationSeconds: numberOf(settings, "stabilizationSeconds"),
      }),
  });
});
