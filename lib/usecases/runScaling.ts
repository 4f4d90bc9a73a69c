/** The one use case behind every wake-up: look at each target, decide, act, write down. */

import type { Outcome } from "../core/capacity.ts";
import { decide } from "../core/decide/decide.ts";
import type { Decision, DecisionRecord } from "../core/decision.ts";
import { EMPTY_MEMORY } from "../core/memory.ts";
import type { TargetPolicy } from "../core/policy.ts";
import type { EpochSeconds } from "../core/time.ts";
import type { Lease } from "../ports/memoryStore.ts";
import { apply, idleOutcome } from "./apply.ts";
import { messageOf } from "./messageOf.ts";
import { observe, readMetrics, type TargetReadings } from "./observe.ts";
import type { World } from "./world.ts";

/** Shorter than the minute between ticks, so that a crashed run delays the next by nothing; longer than a run lasts. */
const LEASE_SECONDS = 50;

/** Many targets at once keep the network busy; all at once would only keep more of them in memory while they wait. */
const MOST_AT_ONCE = 16;

export type TargetReport =
  | { readonly target: string; readonly kind: "decided"; readonly record: DecisionRecord }
  | { readonly target: string; readonly kind: "busy"; readonly why: string }
  | { readonly target: string; readonly kind: "failed"; readonly error: unknown; readonly why: string };

/**
 * Runs the control loop once for each target, whoever woke it. Level-triggered: it looks at the whole state and
 * converges, so being woken twice, late or in another order changes nothing. Targets are independent: what fails for
 * one is reported in its place and does not stop the others. `owner` names this wake-up and must be unique to it.
 */
export async function runScaling(
  world: World,
  targets: readonly TargetPolicy[],
  now: EpochSeconds,
  owner: string,
): Promise<readonly TargetReport[]> {
  const readings = await readMetrics(world, targets, now);
  return mapAtOnce(targets, MOST_AT_ONCE, async (policy): Promise<TargetReport> => {
    try {
      return await runUnderLease(world, policy, readings.get(policy.id) ?? NO_READINGS, now, owner);
    } catch (error) {
      return { target: policy.id, kind: "failed", error, why: messageOf(error) };
    }
  });
}

/** The results of `work` in the order of `items`, with at most `most` of them under way at a time. */
async function mapAtOnce<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [i, item] of queue) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}

const NO_READINGS: TargetReadings = { load: null, metrics: [] };

async function runUnderLease(
  world: World,
  policy: TargetPolicy,
  readings: TargetReadings,
  now: EpochSeconds,
  owner: string,
): Promise<TargetReport> {
  const answer = await world.memories.acquire(policy.id, owner, now, LEASE_SECONDS);
  if (answer.kind === "held") {
    return { target: policy.id, kind: "busy", why: `${answer.owner} is at work on it` };
  }
  try {
    return await runTarget(world, policy, readings, now, answer.lease);
  } finally {
    await world.memories.release(answer.lease);
  }
}

/**
 * The memory is saved before anything is asked: a save that is refused means that a newer wake-up has the target. The
 * record is written before too, so that even a crash while asking leaves the reason behind. A log that fails does not
 * stop the change: capacity matters more than its record, and the failure is reported afterwards.
 */
async function runTarget(
  world: World,
  policy: TargetPolicy,
  readings: TargetReadings,
  now: EpochSeconds,
  lease: Lease,
): Promise<TargetReport> {
  const memory = (await world.memories.load(policy.id)) ?? EMPTY_MEMORY;
  const situation = await observe(world, policy, memory, readings, now);
  const decision = decide(policy, situation, memory);
  if (!(await world.memories.save(lease, decision.memory))) {
    return { target: policy.id, kind: "busy", why: "a newer wake-up has taken over" };
  }
  const id = `${policy.id}@${now}#${lease.fence}`;
  const idle = idleOutcome(decision, situation.capacity);
  const asked: Outcome = idle ?? { kind: "unknown", why: "asked, no answer yet" };
  const record: DecisionRecord = { id, situation, memory, decision, outcome: asked };
  const logFailure = await failureOf(world.decisions.append(record));
  if (idle === null) {
    const outcome = await apply(world, decision, situation.capacity, id);
    await world.decisions.complete(policy.id, id, outcome);
    await tell(world, decision);
    if (logFailure !== null) throw logFailure;
    return { target: policy.id, kind: "decided", record: { ...record, outcome } };
  }
  await tell(world, decision);
  if (logFailure !== null) throw logFailure;
  return { target: policy.id, kind: "decided", record };
}

async function failureOf(work: Promise<void>): Promise<Error | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A notice that cannot be sent must not undo a decision that was carried out. */
async function tell(world: World, decision: Decision): Promise<void> {
  for (const notice of decision.notices) {
    try {
      await world.notifier.notify({ ...notice, target: decision.target, at: decision.at });
    } catch {
      // Best effort: the notice stands in the decision's record.
    }
  }
}
