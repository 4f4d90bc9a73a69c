/** Runs a rival autoscaler on the same stage, on its own clock and with the metric that it would really see. */
import type { Action } from "../core/replayResult.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../core/time.ts";
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
  const load = new PublishedLoad(stage);
  do {
    const { now, fleet } = stage.endpoint;
    // The first step at or after the instant: a period need not be a multiple of the simulator's step.
    if ((now - metricDelaySeconds) % peer.periodSeconds >= STEP_SECONDS) continue;
    const answer = peer.step(state, observationOf(stage, load, now), now);
    state = answer.state;
    reason = answer.reason;
    if (answer.desired !== fleet.asked) stage.capacity.change((each) => each.ask(answer.desired, now));
  } while (stage.advance());
  const { name, label, about } = peer;
  return { name, label, about, actions, forecast: null, decisions: [] };
}

function observationOf(
  { endpoint, metrics }: Stage,
  load: PublishedLoad,
  now: EpochSeconds,
): PeerObservation {
  const { fleet } = endpoint;
  const query = { metric: "invocationsPerUnit", statistic: "sum", minutes: OBSERVED_MINUTES } as const;
  const { values, end } = metrics.series(query, now);
  const locked = fleet.isLocked(now);
  return {
    perUnitPerMinute: values,
    end,
    load: load.until(end, now),
    desired: fleet.asked,
    ready: fleet.ready,
    locked,
    changedAt: locked ? null : fleet.settledAt,
  };
}

/** The load as it becomes known: a view that grows, so that a rival with a long memory needs none of its own. */
class PublishedLoad {
  private readonly stage: Stage;
  private readonly perMinute: Float64Array;
  private readonly start: EpochSeconds;
  private known: number;

  constructor(stage: Stage) {
    const { past, minutes, endpoint } = stage;
    this.stage = stage;
    this.known = past.perMinute.length;
    this.start = endpoint.start - this.known * MINUTE_SECONDS;
    this.perMinute = new Float64Array(this.known + minutes).fill(Number.NaN);
    this.perMinute.set(past.perMinute);
  }

  until(end: EpochSeconds, now: EpochSeconds): PeerObservation["load"] {
    const published = Math.max(0, (end - this.start) / MINUTE_SECONDS);
    // Read again as far back as alarms look: minutes may be published late.
    const minutes = Math.min(published, Math.max(0, published - this.known) + OBSERVED_MINUTES);
    const { values } = this.stage.metrics.series({ metric: "invocations", statistic: "sum", minutes }, now);
    for (const [i, value] of values.entries()) {
      this.perMinute[published - minutes + i] = value ?? Number.NaN;
    }
    this.known = published;
    return { start: this.start, perMinute: this.perMinute.subarray(0, this.known) };
  }
}
