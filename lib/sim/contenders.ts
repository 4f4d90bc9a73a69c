/** Who takes part in a replay: Forewarm, Forewarm without its forecast, and what people use instead. */
import { forecastModelOf } from "../core/forecast/models.ts";
import type { Promotion } from "../core/promotion.ts";
import { staticPeak, staticPeakUnits } from "./peers/staticPeak.ts";
import { targetTracking } from "./peers/targetTracking.ts";
import { runForewarm, type Track } from "./runForewarm.ts";
import { runPeer } from "./runPeer.ts";
import type { Stage, StageOptions } from "./stage.ts";

export interface Contender {
  readonly label: string;
  readonly run: (stage: Stage) => Promise<Track>;
}

/**
 * AWS's documented safety factor of a load test; the same giving back at most a tenth at a time, since AWS calls its
 * scale-in gradual and does not publish how; and a tighter factor that people often choose.
 */
const TARGET_TRACKING = [{}, { scaleInStep: { share: 0.1 } }, { safetyFactor: 0.7 }] as const;

/** In the order of the page: Forewarm first. */
export function contenders(
  { policy, perUnit, past }: StageOptions,
  promotions: readonly Promotion[],
): readonly Contender[] {
  const ours = [
    {
      name: "forewarm",
      label: "Forewarm",
      about:
        "The controller of this project with its forecast: the code that is deployed, driven through its ports.",
      keepDecisions: true,
      model: forecastModelOf(policy),
    },
    {
      name: "forewarm-without-forecast",
      label: "Forewarm without forecast",
      about: "The same controller deciding from readings alone, with the policy's reactive headroom.",
      keepDecisions: false,
      model: null,
    },
  ].map((each) => ({
    label: each.label,
    run: (stage: Stage) => runForewarm(stage, { ...each, policy, promotions }),
  }));
  const { capacity } = policy;
  const peers = [
    staticPeak({ units: staticPeakUnits({ perMinute: past.perMinute, perUnit, capacity }) }),
    ...TARGET_TRACKING.map((choice) => targetTracking({ unitLoad: perUnit, ...capacity, ...choice })),
  ].map((peer) => ({ label: peer.label, run: async (stage: Stage) => runPeer(stage, peer) }));
  return [...ours, ...peers];
}
