/** AIBrix's PodAutoscaler with its own algorithm, re-implemented from vllm-project/aibrix pkg/controller/podautoscaler. */
import type { EpochSeconds } from "../../core/time.ts";
import { APA_DEFAULTS, type ApaOptions, apaReplicas } from "./aibrix/apa.ts";
import type { Peer } from "./peer.ts";
import { meanOfLast } from "./stepMeans.ts";

const RESYNC_SECONDS = 10;
const WINDOW_SECONDS = 60;

export interface AibrixOptions extends Partial<ApaOptions> {
  /** Requests in service and waiting at each pod. */
  readonly targetPerUnit: number;
  readonly min: number;
  readonly max: number;
  readonly upCooldownSeconds?: number;
  readonly downCooldownSeconds?: number;
}

export interface AibrixState {
  readonly changedAt: EpochSeconds;
}

export function aibrix(options: AibrixOptions): Peer<AibrixState> {
  const { targetPerUnit, min, max, upCooldownSeconds = 0, downCooldownSeconds = 300 } = options;
  const settings: ApaOptions = { ...APA_DEFAULTS, ...options };
  return {
    name: "aibrix-apa",
    label: "AIBrix APA",
    about:
      "AIBrix's PodAutoscaler with its own algorithm on requests in service and waiting at each pod, averaged over a minute, every 10 s; the use of a pod is that of the pods that serve. A cooldown is waited for after a change, as its name says; the original takes the lowest of the proposals in that time for a scale-in, which does not hold it back.",
    periodSeconds: RESYNC_SECONDS,
    initial: { changedAt: Number.NEGATIVE_INFINITY },
    step: (state, { desired, ready, locked, steps }, now) => {
      const total = meanOfLast(steps.concurrency, WINDOW_SECONDS / steps.stepSeconds);
      const use = total / ready;
      if (!Number.isFinite(use)) return { desired, state, reason: "no readings" };
      const proposed = Math.min(max, Math.max(min, apaReplicas(desired, use, targetPerUnit, settings)));
      const cooldown = proposed > desired ? upCooldownSeconds : downCooldownSeconds;
      if (proposed === desired || now - state.changedAt < cooldown) {
        return { desired, state, reason: `Keep ${desired}` };
      }
      const reason = `Scale ${desired} → ${proposed}: ${use.toFixed(2)} requests at each pod`;
      return { desired: proposed, state: locked ? state : { changedAt: now }, reason };
    },
  };
}
