/** Requests at an endpoint as a fluid: a first-in-first-out queue before all ready units, in steps of seconds. */

import { clusteredQueue, clusteredShare, leftWaiting, type Waiting } from "./clustering.ts";

export interface QueueOptions {
  /** Requests a second at which one unit is full. */
  readonly saturationPerUnit: number;
  /** Seconds a request takes on an idle unit, and on a full one. */
  readonly idleServiceSeconds: number;
  readonly fullServiceSeconds: number;
  readonly objectiveSeconds: number;
  /** A request that has waited this long is given up and counts as a violation. */
  readonly timeoutSeconds: number;
  /** When requests come inside a step: as independent clients send them, or one after the other at equal distances. */
  readonly instants: "random" | "even";
}

/** Quarters of a step, each with the latency of the requests that come in its middle. */
export const LATENCY_POINTS = 4;

/** What one step did. */
export interface QueueStep {
  arrivals: number;
  /** Requests that missed the objective: of those that came in the step and, with no unit ready, of those that waited. */
  violations: number;
  /** Requests that were given up, most of them violations since they came. */
  dropped: number;
  /** 0 to 1: share of what the ready units could have served. NaN with none ready. */
  utilization: number;
  /** Requests in service and waiting, on average over the step. */
  concurrency: number;
  /** Seconds that requests take which come in the middle of each quarter of the step. */
  readonly latencies: Float64Array;
}

/** What a kill took away. */
export interface Loss {
  readonly lost: number;
  /** Those of the lost that were not violations already. */
  readonly missed: number;
}

/** A queue's state and its one operation. Mutable: it is stepped half a million times in a long replay. */
export interface Queue {
  /** Requests that wait. */
  readonly waiting: number;
  /** Requests that wait and were not counted as violations yet. */
  readonly undecided: number;
  /** Lets `seconds` pass with `arrivals` spread over them and `ready` units serving. */
  advance(arrivals: number, ready: number, seconds: number): QueueStep;
  /** Takes away what waits at units that are killed; those requests are lost. */
  lose(share: number): Loss;
}

/** Requests as a fluid, which costs the same however many there are. */
export class FluidQueue implements Queue {
  waiting = 0;
  readonly step: QueueStep = {
    arrivals: 0,
    violations: 0,
    dropped: 0,
    utilization: 0,
    concurrency: 0,
    latencies: new Float64Array(LATENCY_POINTS),
  };
  /** Of those that wait, the ones that do by chance. */
  private late = 0;
  /** Of those that wait, the ones that were inside the objective by the wait that they found. */
  private inside = 0;
  private readonly options: QueueOptions;

  constructor(options: QueueOptions) {
    this.options = options;
  }

  get undecided(): number {
    return this.inside;
  }

  /**
   * Lets `seconds` pass with `arrivals` spread over them and `ready` units serving. A request misses the
   * objective when the wait it finds plus the service time at the step's utilization exceed it; the share of the step
   * in which that is so is the share of its requests. Service slows with the fourth power of utilization, from idle to
   * full, which is flat until a unit is nearly full, as batching servers are.
   */
  advance(arrivals: number, ready: number, seconds: number): QueueStep {
    const { saturationPerUnit, timeoutSeconds } = this.options;
    const rate = ready * saturationPerUnit;
    const before = this.waiting;
    // Below zero when the queue is empty before the step ends: the line to here is straight until then.
    const end = before + arrivals - rate * seconds;
    const longest = rate * timeoutSeconds;
    const { step } = this;
    step.arrivals = arrivals;
    const random = this.options.instants === "random";
    const found: Waiting = { over: before - this.late, late: this.late };
    const { over, late } = random
      ? leftWaiting(found, arrivals, arrivals - rate * seconds)
      : { over: Math.max(0, end), late: 0 };
    const left = over + late;
    step.dropped = Math.max(0, left - longest);
    step.utilization = rate > 0 ? (before + arrivals - left) / (rate * seconds) : Number.NaN;
    const service = this.serviceSeconds();
    this.settleLatencies(before, end, rate, service);
    step.violations = this.violationsOf(before, end, rate, service);
    if (random) this.cluster(found, rate, seconds, service);
    this.waiting = Math.min(left, longest);
    this.late = Math.min(late, this.waiting);
    this.inside = this.insideOf(before);
    const served = before + arrivals - step.dropped - this.waiting;
    step.concurrency = meanWaiting(before, end, longest) + late / 2 + (served / seconds) * service;
    return step;
  }

  lose(share: number): Loss {
    const lost = this.waiting * share;
    const missed = this.inside * share;
    this.waiting -= lost;
    this.late *= 1 - share;
    this.inside -= missed;
    return { lost, missed };
  }

  private settleLatencies(before: number, end: number, rate: number, service: number): void {
    const { latencies } = this.step;
    const longest = this.options.timeoutSeconds + service;
    for (let i = 0; i < LATENCY_POINTS; i++) {
      const waiting = before + ((i + 0.5) / LATENCY_POINTS) * (end - before);
      latencies[i] = rate > 0 ? Math.min(longest, Math.max(0, waiting) / rate + service) : longest;
    }
  }

  /** Some come together: they wait, and some of them miss the objective, though capacity is enough on average. */
  private cluster(before: Waiting, rate: number, seconds: number, service: number): void {
    if (rate === 0) return;
    const { step } = this;
    const { objectiveSeconds, timeoutSeconds } = this.options;
    const room = (objectiveSeconds - service) * rate;
    const share = clusteredShare(before, step.arrivals, rate * seconds, room);
    step.violations = Math.max(step.violations, share * step.arrivals);
    for (let i = 0; i < LATENCY_POINTS; i++) {
      const found = clusteredQueue(step.arrivals, rate * seconds, 1 - (i + 0.5) / LATENCY_POINTS);
      const wait = Math.min(timeoutSeconds, found / rate);
      step.latencies[i] = Math.max(step.latencies[i] as number, wait + service);
    }
  }

  private serviceSeconds(): number {
    const { idleServiceSeconds, fullServiceSeconds } = this.options;
    const { utilization } = this.step;
    if (Number.isNaN(utilization)) return fullServiceSeconds;
    return idleServiceSeconds + (fullServiceSeconds - idleServiceSeconds) * utilization ** 4;
  }

  /** The share of the step in which the wait is over what the objective leaves, from the straight line between its ends. */
  private violationsOf(before: number, end: number, rate: number, service: number): number {
    const { arrivals } = this.step;
    if (rate === 0) return arrivals + this.inside;
    const room = (this.options.objectiveSeconds - service) * rate;
    if (room < 0 || (before > room && end > room)) return arrivals;
    if (before <= room && end <= room) return 0;
    return (arrivals * (Math.max(before, end) - room)) / Math.abs(end - before);
  }

  /**
   * First in, first out: those that wait came last. Where the queue grew its violations came last, where it shrank
   * they came first; what it held before the step waits in front.
   */
  private insideOf(before: number): number {
    const { waiting, step } = this;
    const ofStep = Math.min(waiting, step.arrivals);
    const kept = Math.max(0, step.arrivals - step.violations);
    const inside = waiting > before ? Math.max(0, ofStep - step.violations) : Math.min(ofStep, kept);
    return inside + Math.min(this.inside, Math.max(0, waiting - step.arrivals));
  }
}

/** The queue's mean over a step: on a straight line, which ends on the way where the queue is emptied or full. */
function meanWaiting(before: number, end: number, longest: number): number {
  if (end < 0) return (before * before) / (2 * (before - end));
  return (before + Math.min(end, longest)) / 2;
}
