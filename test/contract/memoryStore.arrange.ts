/** What an adapter brings to the memory store's contract, and how the contract takes leases. */
import type { Lease, LeaseAnswer, MemoryStore } from "../../lib/ports/memoryStore.ts";
import { NOW } from "../core/arrange.ts";

export interface MemoryStoreUnderTest {
  /** Empty. */
  readonly memories: MemoryStore;
}

/** A lease taken at NOW lasts from NOW to EXPIRY. */
export const SECONDS = 50;
export const EXPIRY = NOW + SECONDS;

function granted(answer: LeaseAnswer): Lease {
  if (answer.kind !== "granted") throw new Error(`expected a lease, ${answer.owner} holds it`);
  return answer.lease;
}

/** Throws when another holds it. */
export const take = async (
  memories: MemoryStore,
  owner: string,
  now: number,
  target = "chat",
): Promise<Lease> => granted(await memories.acquire(target, owner, now, SECONDS));
