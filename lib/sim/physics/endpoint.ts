/** A simulated target under a stream of arrivals: fleet and queue advanced together, minute by minute. */
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import type { Fleet } from "./fleet.ts";
import { MinuteLog } from "./minuteLog.ts";
import type { Queue } from "./queue.ts";

export const STEP_SECONDS = 10;
export const STEPS_PER_MINUTE = MINUTE_SECONDS / STEP_SECONDS;

export interface EndpointOptions {
  readonly start: EpochSeconds;
  /** Requests in each step from `start` on. */
  readonly arrivals: Uint32Array;
  readonly fleet: Fleet;
  readonly queue: Queue;
}

export class Endpoint {
  readonly fleet: Fleet;
  readonly log: MinuteLog;
  readonly start: EpochSeconds;
  readonly steps: number;
  /** Requests in service and waiting, on average over each step that is done. */
  readonly concurrency: Float64Array;
  /** Units that served in each step that is done. */
  readonly ready: Uint16Array;
  /** Requests in each step: the truth, which no policy may read ahead of its time. */
  readonly arrivals: Uint32Array;
  private readonly queue: Queue;
  private stepsDone = 0;

  constructor({ start, arrivals, fleet, queue }: EndpointOptions) {
    this.start = start;
    this.arrivals = arrivals;
    this.fleet = fleet;
    this.queue = queue;
    this.steps = Math.floor(arrivals.length / STEPS_PER_MINUTE) * STEPS_PER_MINUTE;
    this.concurrency = new Float64Array(this.steps);
    this.ready = new Uint16Array(this.steps);
    this.log = new MinuteLog(this.steps / STEPS_PER_MINUTE);
  }

  /** The simulated time that has been reached. */
  get now(): EpochSeconds {
    return this.start + this.stepsDone * STEP_SECONDS;
  }

  /** Steps that are done. */
  get done(): number {
    return this.stepsDone;
  }

  /** Requests that still wait and were not counted as violations: at the end of a run they were never served. */
  get unfinished(): number {
    return this.queue.undecided;
  }

  /** Minutes whose every step is done. */
  get minutesDone(): number {
    return Math.floor(this.stepsDone / STEPS_PER_MINUTE);
  }

  /** Advances one step; `false` when there is none after it. */
  advance(): boolean {
    if (this.stepsDone >= this.steps) return false;
    const minute = Math.floor(this.stepsDone / STEPS_PER_MINUTE);
    const arrivals = this.arrivals[this.stepsDone] as number;
    const step = this.queue.advance(arrivals, this.fleet.ready, STEP_SECONDS);
    this.log.add(minute, step, this.queue.waiting);
    this.concurrency[this.stepsDone] = step.concurrency;
    this.ready[this.stepsDone] = this.fleet.ready;
    this.stepsDone++;
    this.fleet.advance(this.now, STEP_SECONDS);
    if (this.stepsDone % STEPS_PER_MINUTE === 0) this.log.close(minute, this.fleet.asked, this.fleet.ready);
    return this.stepsDone < this.steps;
  }

  /** Requests that wait at units which are killed without draining are lost: violations of this minute, unless they were before. */
  kill(units: number, readyBefore: number): void {
    if (units <= 0 || readyBefore <= 0) return;
    const minute = Math.min(this.log.violations.length - 1, Math.floor(this.stepsDone / STEPS_PER_MINUTE));
    const { lost, missed } = this.queue.lose(Math.min(1, units / readyBefore));
    this.log.violations[minute] = (this.log.violations[minute] as number) + missed;
    this.log.dropped[minute] = (this.log.dropped[minute] as number) + lost;
  }
}
