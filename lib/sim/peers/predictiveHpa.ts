/**
 * predictive-horizontal-pod-autoscaler: an HPA whose proposal is joined by what a model of its own past proposals expects,
 * re-implemented from jthomperoo/predictive-horizontal-pod-autoscaler.
 */
import type { EpochSeconds } from "../../core/time.ts";
import { type HpaState, normalized, proposalFor, rateOf, SYNC_SECONDS } from "./horizontalPodAutoscaler.ts";
import type { Behavior } from "./hpa/behavior.ts";
import type { Tolerances } from "./hpa/podReplicas.ts";
import type { Peer } from "./peer.ts";
import { combine, type DecisionType } from "./predictive/combine.ts";
import { type HoltWintersOptions, holtWintersReplicas } from "./predictive/holtWinters.ts";
import { linearPrediction, type ReplicaPoint } from "./predictive/linearPrediction.ts";
import { withinSeasons, withinSize } from "./predictive/replicaHistory.ts";

/** internal/scalebehavior: the HPA's policies, but over a minute. */
const LIMITS: Behavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Percent", value: 100, periodSeconds: 60 },
      { type: "Pods", value: 4, periodSeconds: 60 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: "Max",
    policies: [{ type: "Percent", value: 100, periodSeconds: 60 }],
  },
};

export type PhpaModel =
  | { readonly type: "linear"; readonly historySize: number; readonly lookAheadSeconds: number }
  | ({ readonly type: "holt-winters"; readonly storedSeasons: number } & HoltWintersOptions);

export interface PhpaOptions {
  /** Requests a second for each pod. */
  readonly targetPerUnit: number;
  readonly min: number;
  readonly max: number;
  readonly model: PhpaModel;
  /** The model sees and says something every so many syncs. */
  readonly perSyncPeriod: number;
  readonly decisionType?: DecisionType;
  readonly tolerance?: Tolerances;
  readonly downscaleStabilizationSeconds?: number;
  /** What it would have proposed before it was begun; none as shipped. */
  readonly history?: readonly ReplicaPoint[];
}

export interface PhpaState {
  readonly hpa: HpaState;
  readonly history: readonly ReplicaPoint[];
  readonly syncs: number;
  /** What the model said last. */
  readonly expected: number;
}

export function predictiveHpa(options: PhpaOptions): Peer<PhpaState> {
  const { model, perSyncPeriod, decisionType = "maximum", min, max } = options;
  const linear = model.type === "linear";
  const window = options.downscaleStabilizationSeconds ?? LIMITS.scaleDown.stabilizationWindowSeconds;
  const behavior = { ...LIMITS, scaleDown: { ...LIMITS.scaleDown, stabilizationWindowSeconds: window } };
  return {
    name: linear ? "phpa-linear" : "phpa-holt-winters",
    label: linear ? "Predictive HPA, linear" : "Predictive HPA, Holt-Winters",
    about:
      "predictive-horizontal-pod-autoscaler: the HPA's proposal every 15 s, and what a model of past proposals expects; the larger is taken. Its history is kept in order, as was intended; the original hands it over out of order after pruning. The model's last word stands until it is asked again. Its past before the run is what the HPA would have proposed.",
    periodSeconds: SYNC_SECONDS,
    initial: {
      hpa: { log: null, events: { up: [], down: [] } },
      history: options.history ?? [],
      syncs: 0,
      expected: 0,
    },
    step: (before, observation, now) => {
      const { desired, ready, starting, locked } = observation;
      const proposal = proposalFor(options, ready, starting.length, rateOf(observation), now);
      if (proposal.kind === "error") return { desired, state: before, reason: proposal.why };
      const asked = before.syncs % perSyncPeriod === 0;
      const history = asked ? remembered(before.history, proposal.replicas, model, now) : before.history;
      const expected = asked ? expectedBy(model, history, now) : before.expected;
      const proposed = combine([proposal.replicas, expected], decisionType);
      const answer = normalized(before.hpa, { min, max, behavior }, desired, proposed, now);
      const hpa = locked ? { ...answer.state, events: before.hpa.events } : answer.state;
      return { ...answer, state: { hpa, history, syncs: before.syncs + 1, expected } };
    },
  };
}

function remembered(
  history: readonly ReplicaPoint[],
  replicas: number,
  model: PhpaModel,
  now: EpochSeconds,
): readonly ReplicaPoint[] {
  const all = [...history, { at: now, replicas }];
  return model.type === "linear"
    ? withinSize(all, model.historySize)
    : withinSeasons(all, model.seasonLength, model.storedSeasons);
}

function expectedBy(model: PhpaModel, history: readonly ReplicaPoint[], now: EpochSeconds): number {
  if (model.type === "linear") return linearPrediction(history, now + model.lookAheadSeconds);
  const series = new Float64Array(history.length);
  for (let i = 0; i < series.length; i++) series[i] = (history[i] as ReplicaPoint).replicas;
  return holtWintersReplicas(series, model);
}
