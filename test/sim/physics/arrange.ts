/** Builders for the tests of the physics: round numbers, so that a reader can work every expectation out by hand. */
import { Endpoint } from "../../../lib/sim/physics/endpoint.ts";
import type { Fault } from "../../../lib/sim/physics/fault.ts";
import { Fleet, type FleetOptions } from "../../../lib/sim/physics/fleet.ts";
import { FluidQueue, type QueueOptions } from "../../../lib/sim/physics/queue.ts";
import { instant } from "../../core/arrange.ts";

export const START = instant("2025-11-11T08:00Z");

/** A unit serves ten requests a second; service takes half a second however full it is; half a second is left to wait. */
export function aQueue(parts: Partial<QueueOptions> = {}): QueueOptions {
  return {
    saturationPerUnit: 10,
    idleServiceSeconds: 0.5,
    fullServiceSeconds: 0.5,
    objectiveSeconds: 1,
    timeoutSeconds: 60,
    instants: "even",
    ...parts,
  };
}

export const queueOf = (parts: Partial<QueueOptions> = {}): FluidQueue => new FluidQueue(aQueue(parts));

/** A queue before one ready unit in which so many requests wait; one step of ten seconds brought them. */
export function queueWith(waiting: number, parts: Partial<QueueOptions> = {}): FluidQueue {
  const queue = queueOf(parts);
  queue.advance(100 + waiting, 1, 10);
  return queue;
}

/** Draws the given lead times in turn; drawing more is a mistake of the test. */
export function leadTimes(...seconds: readonly number[]): () => number {
  const left = [...seconds];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error("no lead time is left to draw");
    return next;
  };
}

export interface FleetParts extends Partial<Omit<FleetOptions, "drawLeadTime">> {
  readonly units?: number;
  readonly leadTimes?: readonly number[];
}

/** Four units of an endpoint; a small change locks it for two minutes. */
export function aFleet({ units = 4, leadTimes: seconds = [], ...parts }: FleetParts = {}): Fleet {
  const platform = parts.platform ?? "sagemaker";
  return new Fleet(units, {
    platform,
    drawLeadTime: leadTimes(...seconds),
    faults: [],
    ...parts,
  });
}

/** Lets ten seconds after ten seconds pass from `from` until `to`. */
export function letPass(fleet: Fleet, from: number, to: number): void {
  for (let at = from + 10; at <= to; at += 10) fleet.advance(at, 10);
}

export const during = (from: number, to: number, kind: "no capacity" | "failed start"): readonly Fault[] => [
  { kind, from, to },
];

/** An endpoint that starts at START; `arrivals` are of ten seconds each. */
export function anEndpoint(
  arrivals: readonly number[],
  fleet: Fleet = aFleet(),
  queue: Partial<QueueOptions> = {},
): Endpoint {
  return new Endpoint({ start: START, arrivals: Uint32Array.from(arrivals), fleet, queue: queueOf(queue) });
}

/** Lets the whole of the arrivals pass. */
export function playOut(endpoint: Endpoint): Endpoint {
  while (endpoint.advance());
  return endpoint;
}
