/** Runs a rival autoscaler on the same stage, on its own clock and with the metric that it would really see. */
import type { Action } from "../core/replayResult.ts";
import type { EpochSeconds } from "../core/time.ts";
import type { Peer, PeerObservation } from "./peers/peer.ts";
import { STEP_SECONDS } from "./physics/endpoint.ts";
import type { Track } from "./runForewarm.ts";
import type { Stage } from "./stage.ts";

/** As many minutes as the longest alarm of any peer looks back. */
const OBSERVED_MINUTES = 20;

/** Steps the peer each period, at the moment when a minute's metrics are published, and asks for what it wants. */
export function runPeer<State>(stage: Stage, peer: Peer<State>): Track {
  const actions: Action[] = [];
  let reason = "";
  stage.onChange = (from, to) => actions.push({ at: stage.endpoint.now, from, to, reason });
  let state = peer.initial;
  const { metricDelaySeconds } = stage;
  do {
    const { now, fleet } = stage.endpoint;
    // The first step at or after the instant: a period need not be a multiple of the simulator's step.
    if ((now - metricDelaySeconds) % peer.periodSeconds >= STEP_SECONDS) continue;
    const answer = peer.step(state, observationOf(stage, now), now);
    state = answer.state;
    reason = answer.reason;
    if (answer.desired !== fleet.asked) stage.capacity.change((each) => each.ask(answer.desired, now));
  } while (stage.advance());
  const { name, label, about } = peer;
  return { name, label, about, actions, forecast: null, decisions: [] };
}

function observationOf({ endpoint, metrics }: Stage, now: EpochSeconds): PeerObservation {
  const { fleet } = endpoint;
  const query = { metric: "invocationsPerUnit", statistic: "sum", minutes: OBSERVED_MINUTES } as const;
  const { values, end } = metrics.series(query, now);
  const locked = fleet.isLocked(now);
  return {
    perUnitPerMinute: values,
    end,
    desired: fleet.asked,
    ready: fleet.ready,
    locked,
    changedAt: locked ? null : fleet.settledAt,
  };
}
