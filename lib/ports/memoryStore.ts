/** The controller's memory of each target, and the lease that lets one wake-up at a time act on it. */
import type { Memory } from "../core/memory.ts";
import type { EpochSeconds } from "../core/time.ts";

export interface Lease {
  readonly target: string;
  readonly owner: string;
  /** Rises with every lease that is granted: a write with an older fence is refused. */
  readonly fence: number;
  readonly expiresAt: EpochSeconds;
}

export type LeaseAnswer =
  | { readonly kind: "granted"; readonly lease: Lease }
  | { readonly kind: "held"; readonly owner: string; readonly expiresAt: EpochSeconds };

export interface MemoryStore {
  /**
   * Grants the lease when nobody holds it, it has expired at `now`, or `owner` holds it already.
   * Time decides, never deletion: an expired lease is free even if it is still stored.
   */
  acquire(target: string, owner: string, now: EpochSeconds, seconds: number): Promise<LeaseAnswer>;
  /** Frees the lease if it is still this one; otherwise does nothing. The fence is kept. */
  release(lease: Lease): Promise<void>;
  /** The stored memory, or null for a target never seen. */
  load(target: string): Promise<Memory | null>;
  /** Writes the memory unless a newer lease has been granted since; `false` means that it was not written. */
  save(lease: Lease, memory: Memory): Promise<boolean>;
}
