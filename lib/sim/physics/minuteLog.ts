/** What a run's endpoint measured, minute by minute: the source of its metrics and of the result's series. */
import type { QueueStep } from "./queue.ts";

/** Minute values of one run. A minute without requests has no latency: NaN. */
export class MinuteLog {
  readonly arrivals: Float64Array;
  readonly desired: Float64Array;
  readonly ready: Float64Array;
  readonly violations: Float64Array;
  readonly dropped: Float64Array;
  readonly waiting: Float64Array;
  readonly utilization: Float64Array;
  readonly latencyP50: Float64Array;
  readonly latencyP95: Float64Array;
  readonly latencyP99: Float64Array;
  private readonly latencies = new Float64Array(64);
  private readonly weights = new Float64Array(64);
  private points = 0;
  private utilizationSum = 0;
  private utilizationSteps = 0;

  constructor(minutes: number) {
    const series = (): Float64Array => new Float64Array(minutes);
    this.arrivals = series();
    this.desired = series();
    this.ready = series();
    this.violations = series();
    this.dropped = series();
    this.waiting = series();
    this.utilization = series();
    this.latencyP50 = series();
    this.latencyP95 = series();
    this.latencyP99 = series();
  }

  /** Adds one physics step to its minute. */
  add(minute: number, step: QueueStep, waiting: number): void {
    add(this.arrivals, minute, step.arrivals);
    add(this.violations, minute, step.violations);
    add(this.dropped, minute, step.dropped);
    this.waiting[minute] = Math.max(this.waiting[minute] as number, waiting);
    if (!Number.isNaN(step.utilization)) {
      this.utilizationSum += step.utilization;
      this.utilizationSteps++;
    }
    if (step.arrivals === 0) return;
    for (const latency of step.latencies) this.insert(latency, step.arrivals);
  }

  /** Settles a minute once its steps are in. */
  close(minute: number, desired: number, ready: number): void {
    this.desired[minute] = desired;
    this.ready[minute] = ready;
    this.utilization[minute] =
      this.utilizationSteps === 0 ? Number.NaN : this.utilizationSum / this.utilizationSteps;
    this.latencyP50[minute] = this.latencyQuantile(0.5);
    this.latencyP95[minute] = this.latencyQuantile(0.95);
    this.latencyP99[minute] = this.latencyQuantile(0.99);
    this.points = 0;
    this.utilizationSum = 0;
    this.utilizationSteps = 0;
  }

  /** Keeps the points of the running minute ascending; there are at most a few dozen. */
  private insert(latency: number, weight: number): void {
    let at = this.points++;
    while (at > 0 && (this.latencies[at - 1] as number) > latency) {
      this.latencies[at] = this.latencies[at - 1] as number;
      this.weights[at] = this.weights[at - 1] as number;
      at--;
    }
    this.latencies[at] = latency;
    this.weights[at] = weight;
  }

  private latencyQuantile(level: number): number {
    let total = 0;
    for (let i = 0; i < this.points; i++) total += this.weights[i] as number;
    let below = 0;
    for (let i = 0; i < this.points; i++) {
      below += this.weights[i] as number;
      if (below >= level * total) return this.latencies[i] as number;
    }
    return Number.NaN;
  }
}

function add(series: Float64Array, index: number, value: number): void {
  series[index] = (series[index] as number) + value;
}
