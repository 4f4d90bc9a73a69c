/** Runs a rival autoscaler on the same stage, on its own clock and with the metric that it would really see. */
import type { Action } from "../core/replayResult.ts";
import type { EpochSeconds } from "../core/time.ts";
import { Observer } from "./observer.ts";
import type { Peer, PeerAnswer, PeerObservation } from "./peers/peer.ts";
import { STEP_SECONDS } from "./physics/endpoint.ts";
import type { Track } from "./runForewarm.ts";
import type { Stage } from "./stage.ts";

/**
 * Steps the peer at every instant of its clock and asks for what it wants. The clock starts when a minute's metrics are
 * published. An instant between two steps of the simulator is taken at the later one; a clock that is faster than those
 * steps strikes several times at each, with the same readings.
 */
export function runPeer<State>(stage: Stage, peer: Peer<State>): Track {
  const actions: Action[] = [];
  let reason = "";
  stage.onChange = (from, to) => actions.push({ at: stage.endpoint.now, from, to, reason });
  let state = peer.initial;
  const { endpoint, metricDelaySeconds, capacity } = stage;
  const observer = new Observer(stage);
  let due = firstInstant(endpoint.now, metricDelaySeconds, peer.periodSeconds);
  do {
    const { now, fleet } = endpoint;
    let seen: PeerObservation | null = null;
    for (; due <= now; due += peer.periodSeconds) {
      const at = peer.periodSeconds < STEP_SECONDS ? due : now;
      seen ??= observer.observe(now);
      const answer: PeerAnswer<State> = peer.step(state, seen, at);
      state = answer.state;
      reason = answer.reason;
      if (answer.desired === fleet.asked) continue;
      capacity.change((each) => each.ask(answer.desired, now));
      seen = null;
    }
  } while (stage.advance());
  const { name, label, about } = peer;
  return { name, label, about, actions, forecast: null, decisions: [] };
}

/** The first instant of a clock with this offset that lies less than a simulator's step before `start`, or after it. */
function firstInstant(start: EpochSeconds, offset: number, periodSeconds: number): EpochSeconds {
  const past = (((start - offset) % periodSeconds) + periodSeconds) % periodSeconds;
  return past < STEP_SECONDS ? start - past : start - past + periodSeconds;
}
