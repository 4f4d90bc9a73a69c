/** The in-memory twin of the store of controllers' memories and leases, for tests and the simulator. */
import type { Memory } from "../../core/memory.ts";
import type { EpochSeconds } from "../../core/time.ts";
import type { Lease, LeaseAnswer, MemoryStore } from "../../ports/memoryStore.ts";
import { frozen } from "./frozen.ts";

export class InMemoryMemoryStore implements MemoryStore {
  /** The newest lease of each target, held, released or expired: its fence must outlive it. */
  private readonly newest = new Map<string, Lease>();
  private readonly released = new Set<string>();
  private readonly memories = new Map<string, Memory>();

  async acquire(target: string, owner: string, now: EpochSeconds, seconds: number): Promise<LeaseAnswer> {
    const last = this.newest.get(target);
    if (last !== undefined && !this.released.has(target) && last.owner !== owner && now < last.expiresAt) {
      return { kind: "held", owner: last.owner, expiresAt: last.expiresAt };
    }
    const lease = frozen({ target, owner, fence: (last?.fence ?? 0) + 1, expiresAt: now + seconds });
    this.newest.set(target, lease);
    this.released.delete(target);
    return { kind: "granted", lease };
  }

  async release(lease: Lease): Promise<void> {
    if (this.isNewest(lease)) this.released.add(lease.target);
  }

  async load(target: string): Promise<Memory | null> {
    return this.memories.get(target) ?? null;
  }

  async save(lease: Lease, memory: Memory): Promise<boolean> {
    if (!this.isNewest(lease)) return false;
    this.memories.set(lease.target, frozen(memory));
    return true;
  }

  private isNewest(lease: Lease): boolean {
    return this.newest.get(lease.target)?.fence === lease.fence;
  }
}
