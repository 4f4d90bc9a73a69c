/** What a rival sees of the simulated world: only what is published by now, gathered once for each new reading. */
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../core/time.ts";
import type { PeerObservation, StepReadings } from "./peers/peer.ts";
import { STEP_SECONDS, STEPS_PER_MINUTE } from "./physics/endpoint.ts";
import { PLATFORMS } from "./physics/platform.ts";
import type { Stage } from "./stage.ts";

/** As many minutes as the longest alarm of any peer looks back. */
const OBSERVED_MINUTES = 20;

export class Observer {
  private readonly stage: Stage;
  private readonly minutes: PublishedMinutes;
  private readonly steps: PublishedSteps;

  constructor(stage: Stage) {
    this.stage = stage;
    this.minutes = new PublishedMinutes(stage);
    this.steps = new PublishedSteps(stage);
  }

  observe(now: EpochSeconds): PeerObservation {
    const { fleet } = this.stage.endpoint;
    const { perUnitPerMinute, load, end } = this.minutes.at(now);
    const locked = fleet.isLocked(now);
    return {
      perUnitPerMinute,
      end,
      load,
      steps: this.steps.at(now),
      desired: fleet.asked,
      ready: fleet.ready,
      starting: fleet.starting,
      locked,
      changedAt: locked ? null : fleet.settledAt,
    };
  }
}

type Minutes = Pick<PeerObservation, "perUnitPerMinute" | "load" | "end">;

/** The load as it becomes known: a view that grows, so that a rival with a long memory needs none of its own. */
class PublishedMinutes {
  private readonly stage: Stage;
  private readonly perMinute: Float64Array;
  private readonly start: EpochSeconds;
  private known: number;
  private seen: Minutes | null = null;

  constructor(stage: Stage) {
    const { past, minutes, endpoint } = stage;
    this.stage = stage;
    this.known = past.perMinute.length;
    this.start = endpoint.start - this.known * MINUTE_SECONDS;
    this.perMinute = new Float64Array(this.known + minutes).fill(Number.NaN);
    this.perMinute.set(past.perMinute);
  }

  at(now: EpochSeconds): Minutes {
    const { metrics, faults } = this.stage;
    // Without faults nothing is published between two minutes.
    if (this.seen !== null && faults.length === 0 && metrics.publishedUntil(now) === this.seen.end) {
      return this.seen;
    }
    const query = { metric: "invocationsPerUnit", statistic: "sum", minutes: OBSERVED_MINUTES } as const;
    const { values, end } = metrics.series(query, now);
    this.seen = { perUnitPerMinute: values, end, load: this.loadUntil(end, now) };
    return this.seen;
  }

  private loadUntil(end: EpochSeconds, now: EpochSeconds): PeerObservation["load"] {
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

/** The fine metric, copied step by step: what is not published yet is not there. */
class PublishedSteps {
  private readonly stage: Stage;
  private readonly arrivals: Float64Array;
  private readonly concurrency: Float64Array;
  private readonly ready: Float64Array;
  private seen: StepReadings;

  constructor(stage: Stage) {
    const { steps, start } = stage.endpoint;
    this.stage = stage;
    this.arrivals = new Float64Array(steps).fill(Number.NaN);
    this.concurrency = new Float64Array(steps).fill(Number.NaN);
    this.ready = new Float64Array(steps).fill(Number.NaN);
    this.seen = {
      start,
      stepSeconds: STEP_SECONDS,
      arrivals: this.arrivals.subarray(0, 0),
      concurrency: this.concurrency.subarray(0, 0),
      ready: this.ready.subarray(0, 0),
    };
  }

  at(now: EpochSeconds): StepReadings {
    const { endpoint, platform, isMissing } = this.stage;
    const { stepDelaySeconds, scrapeSeconds } = PLATFORMS[platform];
    const collected = floorTo(now - stepDelaySeconds, scrapeSeconds);
    const known = this.seen.arrivals.length;
    const published = Math.min(endpoint.done, Math.floor((collected - endpoint.start) / STEP_SECONDS));
    if (published <= known) return this.seen;
    for (let step = known; step < published; step++) {
      if (isMissing(Math.floor(step / STEPS_PER_MINUTE))) continue;
      this.arrivals[step] = endpoint.arrivals[step] as number;
      this.concurrency[step] = endpoint.concurrency[step] as number;
      this.ready[step] = endpoint.ready[step] as number;
    }
    const arrivals = this.arrivals.subarray(0, published);
    const concurrency = this.concurrency.subarray(0, published);
    const ready = this.ready.subarray(0, published);
    this.seen = { ...this.seen, arrivals, concurrency, ready };
    return this.seen;
  }
}
