/** Forewarm as it is deployed, and with one part of it missing, told, or configured wrong. */

import { lastWeek } from "../../../core/forecast/candidates/naive.ts";
import { ensemble } from "../../../core/forecast/ensemble.ts";
import type { ForecastModel } from "../../../core/forecast/forecast.ts";
import { forecastModelOf } from "../../../core/forecast/models.ts";
import { EMPTY_MEMORY, type Memory } from "../../../core/memory.ts";
import type { TargetPolicy } from "../../../core/policy.ts";
import { MOST_SHARE, quantileOf } from "../../../core/promise/promise.ts";
import { type ForecastArchive, rehearse, runForewarm, type Track } from "../../runForewarm.ts";
import { makeStage, type Stage } from "../../stage.ts";
import type { AnyCandidate, Candidate, Given } from "../candidate.ts";
import { perfectForecast } from "../perfectForecast.ts";

/**
 * Nothing is tuned but the knob. Quantile, headroom, stabilization and payback move along the same curve as the knob, so that
 * what was cheapest in training was dearer than the defaults on the scored part (docs/decisions.md).
 */
const SETTINGS = {} as const;

/** Of the default policy. */
const PROMISED_SHARE = 0.99;

type Change = (policy: TargetPolicy) => TargetPolicy;
const UNCHANGED: Change = (policy) => policy;

const withoutSeasons: Change = (policy) => ({ ...policy, demand: { ...policy.demand, forecast: "off" } });

/** Rules and the last minutes no longer ask for anything; the level of the last hour still corrects the forecast. */
const withoutReactivePath: Change = (policy) => ({
  ...policy,
  rules: [],
  // Nothing over the last minutes' peak is less than any forecast.
  demand: { ...policy.demand, recentHeadroom: Number.NEGATIVE_INFINITY },
});

const leadTimesBy =
  (factor: number): Change =>
  (policy) => ({
    ...policy,
    leadTime: {
      expectedSeconds: policy.leadTime.expectedSeconds * factor,
      worstSeconds: policy.leadTime.worstSeconds * factor,
    },
  });

const OF_FOREWARM = { settings: SETTINGS, settingsOf: "forewarm", shippedKnob: 1 } as const;

const ours: Candidate = {
  name: "forewarm",
  label: "Forewarm",
  kind: "forewarm",
  about:
    "The controller of this project with its forecast: the code that is deployed, driven through its ports.",
  settings: SETTINGS,
  shippedKnob: 1,
  run: play(),
};

/** The shipped knob promises what the objective does by default. */
const promise: Candidate = {
  ...ours,
  name: "forewarm-promise",
  label: "Forewarm by its promise",
  about:
    "As it is deployed: no quantile is stated, the promised share sets it, and what was achieved corrects it. It has run through the training part before.",
  knob: "1 − promised share: a hundredth at 1, times the fourth power of the knob",
  run: playPromise,
};

/** As target tracking on ten-second metrics: an endpoint that publishes its requests so often. */
const fine: Candidate = {
  ...OF_FOREWARM,
  name: "forewarm-10s",
  label: "Forewarm, 10 s metric",
  kind: "forewarm",
  about:
    "The same with the requests published every ten seconds (MetricsConfig of the endpoint configuration): decisions see the last sixty seconds instead of the last full minute.",
  run: play((policy) =>
    policy.load === null ? policy : { ...policy, load: { ...policy.load, everySeconds: 10 } },
  ),
};

const withoutForecast: Candidate = {
  ...ours,
  name: "forewarm-no-forecast",
  label: "Forewarm without seasons",
  kind: "ablation",
  about:
    "The same controller with demand.forecast off: no seasons, what comes is learned from the last hour alone.",
  run: play(withoutSeasons),
};

export const FOREWARM: readonly AnyCandidate[] = [
  ours,
  promise,
  fine,
  withoutForecast,
  {
    ...OF_FOREWARM,
    name: "forewarm-no-reactive",
    label: "Forewarm without its reactive path",
    kind: "ablation",
    about:
      "Forecast and the level of the last hour alone: no rules, no alarms, no headroom over the last minutes.",
    run: play(withoutReactivePath),
  },
  {
    ...OF_FOREWARM,
    name: "forewarm-naive-forecast",
    label: "Forewarm with a naive forecast",
    kind: "ablation",
    about:
      "The forecast is the same time last week (or yesterday), its errors measured as those of any model.",
    run: play(UNCHANGED, ensemble([lastWeek], "last-week")),
  },
  {
    ...OF_FOREWARM,
    name: "forewarm-perfect-forecast",
    label: "Forewarm with a perfect forecast",
    kind: "ablation",
    about: "The forecast is each slot's true highest minute. Nobody can run it.",
    runTold: (stage, given, knob, settings) =>
      play(UNCHANGED, perfectForecast(given.truth))(stage, given, knob, settings),
  },
  ...[0.5, 2].map(
    (factor): Candidate => ({
      ...OF_FOREWARM,
      name: `forewarm-lead-time-${factor === 2 ? "double" : "half"}`,
      label: `Forewarm told ${factor === 2 ? "twice" : "half"} the lead time`,
      kind: "ablation",
      about: `The policy states lead times × ${factor}; the controller has to find out.`,
      run: play(leadTimesBy(factor)),
    }),
  ),
];

/** Without a model of its own it is the policy's. */
function play(change: Change = UNCHANGED, own: ForecastModel | null = null): Candidate["run"] {
  return (stage: Stage, { policy, forecasts }: Given, knob: number): Promise<Track> => {
    const changed = change(withUnitLoad(policy, knob));
    const model = own ?? forecastModelOf(changed);
    return runForewarm(stage, {
      name: "forewarm",
      label: "Forewarm",
      about: "",
      policy: changed,
      promotions: [],
      keepDecisions: false,
      model,
      archive: archiveOf(forecasts, model),
    });
  };
}

/** With what the days before have taught it, as a controller that has run for a while. */
async function playPromise(
  stage: Stage,
  { policy, forecasts, rehearsal }: Given,
  knob: number,
): Promise<Track> {
  const model = forecastModelOf(policy);
  const options = {
    name: "forewarm",
    label: "Forewarm",
    about: "",
    policy: promisedPolicy(policy, knob),
    promotions: [],
    keepDecisions: false,
    model,
  };
  const before =
    rehearsal === null
      ? null
      : await rehearse(makeStage(rehearsal.stage), {
          ...options,
          archive: archiveOf(rehearsal.forecasts, model),
        });
  const memory: Memory = {
    ...EMPTY_MEMORY,
    starts: before?.starts ?? [],
    achieved: before?.achieved ?? null,
  };
  return runForewarm(stage, { ...options, archive: archiveOf(forecasts, model), memory });
}

function promisedPolicy(policy: TargetPolicy, knob: number): TargetPolicy {
  const missed = (1 - PROMISED_SHARE) * knob ** 4;
  return {
    ...policy,
    objective: { ...policy.objective, share: Math.min(MOST_SHARE, 1 - missed) },
    demand: { ...policy.demand, quantile: null },
  };
}

function archiveOf(forecasts: Given["forecasts"], { name }: ForecastModel): ForecastArchive {
  const archive = forecasts.get(name) ?? new Map();
  forecasts.set(name, archive);
  return archive;
}

/** At the quantile that the promise begins with, stated, so that no margin follows what is achieved. */
function withUnitLoad(policy: TargetPolicy, knob: number): TargetPolicy {
  const { demand, load } = policy;
  return {
    ...policy,
    load: load?.perUnit == null ? load : { ...load, perUnit: load.perUnit * knob },
    demand: { ...demand, quantile: quantileOf(policy) },
  };
}
