/**
 * The queue that the fluid stands for, request by request: each comes at an instant of its own, waits for its turn, takes
 * its part of what the ready units serve, and is judged by how long it really waited.
 */
import {
  LATENCY_POINTS,
  type Loss,
  type Queue,
  type QueueOptions,
  type QueueStep,
} from "../../../lib/sim/physics/queue.ts";
import type { RandomSource } from "../../../lib/sim/random.ts";

export class RequestQueue implements Queue {
  private readonly options: QueueOptions;
  private readonly source: RandomSource;
  /** When each of those that wait came, oldest first. */
  private came: number[] = [];
  private now = 0;
  /** Of the request that was taken last: what it still has to be served, in requests. */
  private unserved = 0;

  constructor(options: QueueOptions, source: RandomSource) {
    this.options = options;
    this.source = source;
  }

  get waiting(): number {
    return this.came.length;
  }

  /** Each is judged when its turn comes. */
  get undecided(): number {
    return this.came.length;
  }

  advance(arrivals: number, ready: number, seconds: number): QueueStep {
    const { saturationPerUnit, idleServiceSeconds, fullServiceSeconds } = this.options;
    const rate = ready * saturationPerUnit;
    const utilization = rate > 0 ? Math.min(1, (this.waiting + arrivals) / (rate * seconds)) : Number.NaN;
    const slowed = Number.isNaN(utilization) ? 1 : utilization ** 4;
    const service = idleServiceSeconds + (fullServiceSeconds - idleServiceSeconds) * slowed;
    const end = this.now + seconds;
    this.came.push(
      ...Array.from({ length: arrivals }, () => this.now + seconds * this.source()).sort((a, b) => a - b),
    );
    const { served, violations, dropped, waited } = this.serve(rate, end, service);
    waited.total += this.came.reduce((sum, at) => sum + end - Math.max(at, this.now), 0);
    this.now = end;
    const concurrency = (waited.total + served.length * service) / seconds;
    return { arrivals, violations, dropped, utilization, concurrency, latencies: pointsOf(served) };
  }

  lose(share: number): Loss {
    const lost = Math.round(this.came.length * share);
    this.came.splice(0, lost);
    return { lost, missed: lost };
  }

  /** Takes requests in turn until the step's end. */
  private serve(rate: number, end: number, service: number) {
    const { objectiveSeconds, timeoutSeconds } = this.options;
    const served: number[] = [];
    const waited = { total: 0 };
    let [violations, dropped, taken] = [0, 0, 0];
    let free = this.now + (rate > 0 ? this.unserved / rate : 0);
    this.unserved = Math.max(0, this.unserved - rate * (end - this.now));
    for (const at of rate > 0 ? this.came : []) {
      const turn = Math.max(free, at);
      if (turn >= end) break;
      taken++;
      waited.total += turn - Math.max(at, this.now);
      const latency = turn - at + service;
      if (latency > objectiveSeconds) violations++;
      if (turn - at > timeoutSeconds) {
        dropped++;
        continue;
      }
      served.push(latency);
      free = turn + 1 / rate;
      this.unserved = Math.max(0, (free - end) * rate);
    }
    this.came = this.came.slice(taken);
    return { served, violations, dropped, waited };
  }
}

/** The latency in the middle of each quarter of those served. */
function pointsOf(served: readonly number[]): Float64Array {
  return Float64Array.from({ length: LATENCY_POINTS }, (_, i) => {
    const index = Math.floor(((i + 0.5) / LATENCY_POINTS) * served.length);
    return served[index] ?? 0;
  });
}
