/**
 * Requests one by one, first in, first out, before units that work as one: an independent check of the fluid queue.
 * It knows when each request came, waits until its turn has come and takes the capacity that is there at that time.
 */

export interface FifoInput {
  /** Requests in each step, and units that are ready in it. */
  readonly steps: readonly { readonly arrivals: number; readonly ready: number }[];
  readonly stepSeconds: number;
  readonly saturationPerUnit: number;
  readonly serviceSeconds: number;
  readonly objectiveSeconds: number;
  readonly timeoutSeconds: number;
  /** Where in a step its requests come: evenly, or at random instants (which makes them a Poisson stream). */
  readonly placeOf: (index: number, count: number) => number;
}

export interface FifoOutput {
  readonly requests: number;
  readonly violations: number;
  readonly dropped: number;
  /** Of each request, in the order in which they came; infinite for those given up. */
  readonly latencies: readonly number[];
}

/** Plays all requests; those who have waited for the timeout are given up and take no capacity. */
export function playFifo(input: FifoInput): FifoOutput {
  const { stepSeconds, serviceSeconds, objectiveSeconds, timeoutSeconds } = input;
  let free = 0;
  const latencies: number[] = [];
  for (const [index, { arrivals }] of input.steps.entries()) {
    const places = Array.from({ length: arrivals }, (_, i) => input.placeOf(i, arrivals)).sort(
      (a, b) => a - b,
    );
    for (const place of places) {
      const at = (index + place) * stepSeconds;
      const turn = Math.max(free, at);
      const wait = turn - at;
      if (wait > timeoutSeconds) {
        latencies.push(Number.POSITIVE_INFINITY);
        continue;
      }
      free = doneAt(turn, input);
      latencies.push(wait + serviceSeconds);
    }
  }
  return {
    requests: latencies.length,
    violations: latencies.filter((latency) => latency > objectiveSeconds + 1e-9).length,
    dropped: latencies.filter((latency) => latency === Number.POSITIVE_INFINITY).length,
    latencies,
  };
}

/** When the capacity for one request, begun at `from`, has been spent: units that come on the way speed it up. */
function doneAt(from: number, { steps, stepSeconds, saturationPerUnit }: FifoInput): number {
  let left = 1;
  let at = from;
  for (let index = Math.floor(from / stepSeconds); index < steps.length; index++) {
    const rate = (steps[index]?.ready ?? 0) * saturationPerUnit;
    const end = (index + 1) * stepSeconds;
    if (rate * (end - at) >= left) return at + left / rate;
    left -= rate * (end - at);
    at = end;
  }
  return at;
}
