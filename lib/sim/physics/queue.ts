/** Requests at an endpoint as a fluid: a first-in-first-out queue before all ready units, in steps of seconds. */

export interface QueueOptions {
  /** Requests a second at which one unit is full. */
  readonly saturationPerUnit: number;
  /** Seconds a request takes on an idle unit, and on a full one. */
  readonly idleServiceSeconds: number;
  readonly fullServiceSeconds: number;
  readonly objectiveSeconds: number;
  /** A request that has waited this long is given up and counts as a violation. */
  readonly timeoutSeconds: number;
}

/** What one step did. Latencies are of requests that arrive at the step's start and end; between them they are linear. */
export interface QueueStep {
  arrivals: number;
  /** Requests that missed the objective or were given up, of those that arrived in the step. */
  violations: number;
  dropped: number;
  /** 0 to 1: share of what the ready units could have served. NaN with none ready. */
  utilization: number;
  latencyStart: number;
  latencyEnd: number;
}

/** The queue's state and its one operation. Mutable: it is stepped half a million times in a long replay. */
export class FluidQueue {
  /** Requests that wait. */
  waiting = 0;
  readonly step: QueueStep = {
    arrivals: 0,
    violations: 0,
    dropped: 0,
    utilization: 0,
    latencyStart: 0,
    latencyEnd: 0,
  };
  private readonly options: QueueOptions;

  constructor(options: QueueOptions) {
    this.options = options;
  }

  /**
   * Lets `seconds` pass with `arrivals` evenly spread over them and `ready` units serving. A request misses the
   * objective when the wait it finds plus the service time at the step's utilization exceed it; the share of the step
   * in which that is so is the share of its requests. Service slows with the fourth power of utilization, from idle to
   * full, which is flat until a unit is nearly full, as batching servers are.
   */
  advance(arrivals: number, ready: number, seconds: number): QueueStep {
    const { saturationPerUnit, timeoutSeconds } = this.options;
    const rate = ready * saturationPerUnit;
    const before = this.waiting;
    const unserved = before + arrivals - rate * seconds;
    const longest = rate * timeoutSeconds;
    const after = Math.max(0, Math.min(unserved, longest));
    const { step } = this;
    step.arrivals = arrivals;
    step.dropped = Math.max(0, unserved - longest);
    step.utilization = rate > 0 ? Math.min(1, (before + arrivals) / (rate * seconds)) : Number.NaN;
    this.settleLatencies(before, Math.max(0, unserved), rate, seconds);
    step.violations = this.violationsOf(before, before + arrivals - rate * seconds, rate);
    this.waiting = after;
    return step;
  }

  /** Takes away what waits at units that are killed; those requests are lost. Returns how many. */
  lose(share: number): number {
    const lost = this.waiting * share;
    this.waiting -= lost;
    return lost;
  }

  private settleLatencies(before: number, after: number, rate: number, seconds: number): void {
    const { step, options } = this;
    const service = this.serviceSeconds();
    const longest = options.timeoutSeconds + service;
    const latency = (waiting: number): number =>
      rate > 0 ? Math.min(longest, waiting / rate + service) : longest;
    step.latencyStart = latency(before);
    step.latencyEnd = latency(after);
    if (seconds <= 0) step.latencyEnd = step.latencyStart;
  }

  private serviceSeconds(): number {
    const { idleServiceSeconds, fullServiceSeconds } = this.options;
    const { utilization } = this.step;
    if (Number.isNaN(utilization)) return fullServiceSeconds;
    return idleServiceSeconds + (fullServiceSeconds - idleServiceSeconds) * utilization ** 4;
  }

  /** The share of the step in which the wait is over what the objective leaves, from the straight line between its ends. */
  private violationsOf(before: number, end: number, rate: number): number {
    const { step, options } = this;
    if (step.arrivals === 0) return 0;
    if (rate === 0) return step.arrivals;
    const allowed = Math.max(0, options.objectiveSeconds - this.serviceSeconds()) * rate;
    if (before <= allowed && end <= allowed) return 0;
    if (before > allowed && end > allowed) return step.arrivals;
    const share = (Math.max(before, end) - allowed) / Math.abs(end - before);
    return step.arrivals * Math.min(1, share);
  }
}
