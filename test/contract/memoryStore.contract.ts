/** What every store of memories and leases must do: of two wake-ups, never both act. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import { EMPTY_MEMORY, type Memory } from "../../lib/core/memory.ts";
import type { Lease, LeaseAnswer, MemoryStore } from "../../lib/ports/memoryStore.ts";
import { NOW, repeat } from "../core/arrange.ts";

export interface MemoryStoreUnderTest {
  /** Empty. */
  readonly memories: MemoryStore;
}

const SECONDS = 50;
const EXPIRY = NOW + SECONDS;

const memoryOf = (parts: Partial<Memory>): Memory => ({ ...EMPTY_MEMORY, ...parts });
const FIRST = memoryOf({ lastDecisionAt: NOW });
const SECOND = memoryOf({ lastDecisionAt: NOW + 60 });

function granted(answer: LeaseAnswer): Lease {
  if (answer.kind !== "granted") throw new Error(`expected a lease, ${answer.owner} holds it`);
  return answer.lease;
}

const take = async (memories: MemoryStore, owner: string, now: number, target = "chat"): Promise<Lease> =>
  granted(await memories.acquire(target, owner, now, SECONDS));

export function describeMemoryStoreContract(name: string, make: () => Promise<MemoryStoreUnderTest>): void {
  describe(`memory store: ${name}: lease`, () => {
    it("is granted when nobody holds it, from now for the seconds asked for", async () => {
      const { memories } = await make();
      expect(await memories.acquire("chat", "tick-1", NOW, SECONDS)).toEqual({
        kind: "granted",
        lease: { target: "chat", owner: "tick-1", fence: expect.any(Number), expiresAt: EXPIRY },
      });
    });

    it("is held against others until it expires, and says by whom and until when", async () => {
      const { memories } = await make();
      await take(memories, "tick-1", NOW);
      for (const now of [NOW, EXPIRY - 1]) {
        expect(await memories.acquire("chat", "alarm-2", now, SECONDS)).toEqual({
          kind: "held",
          owner: "tick-1",
          expiresAt: EXPIRY,
        });
      }
    });

    it("is free from the instant at which it expires, though nobody released it", async () => {
      const { memories } = await make();
      await take(memories, "tick-1", NOW);
      expect(await take(memories, "tick-2", EXPIRY)).toMatchObject({ owner: "tick-2", expiresAt: EXPIRY + SECONDS });
    });

    it("is renewed for the owner who holds it, with a new fence and a new expiry", async () => {
      const { memories } = await make();
      const first = await take(memories, "tick-1", NOW);
      const second = await take(memories, "tick-1", NOW + 10);
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(second.expiresAt).toBe(NOW + 10 + SECONDS);
      const answer = await memories.acquire("chat", "tick-2", EXPIRY, SECONDS);
      expect(answer).toMatchObject({ kind: "held", expiresAt: second.expiresAt });
    });

    it("is free at once when it is released", async () => {
      const { memories } = await make();
      await memories.release(await take(memories, "tick-1", NOW));
      expect(await take(memories, "alarm-2", NOW)).toMatchObject({ owner: "alarm-2" });
    });

    it("has a fence that rises with every grant: after release, after expiry, by whomever", async () => {
      const { memories } = await make();
      const fences: number[] = [];
      for (const [i, owner] of ["a", "b", "a", "a", "c"].entries()) {
        const lease = await take(memories, owner, NOW + i);
        fences.push(lease.fence);
        await memories.release(lease);
      }
      fences.push((await take(memories, "d", NOW + 10)).fence);
      fences.push((await take(memories, "e", NOW + 10 + SECONDS)).fence);
      expect(fences.every((fence, i) => i === 0 || fence > (fences[i - 1] as number))).toBe(true);
    });

    it("is not freed by the release of an older lease of another owner", async () => {
      const { memories } = await make();
      const stale = await take(memories, "tick-1", NOW);
      await take(memories, "tick-2", EXPIRY);
      await memories.release(stale);
      expect(await memories.acquire("chat", "tick-3", EXPIRY, SECONDS)).toMatchObject({
        kind: "held",
        owner: "tick-2",
      });
    });

    it("is not freed by the release of the owner's lease from before it was renewed", async () => {
      const { memories } = await make();
      const before = await take(memories, "tick-1", NOW);
      await take(memories, "tick-1", NOW + 1);
      await memories.release(before);
      expect((await memories.acquire("chat", "tick-2", NOW + 2, SECONDS)).kind).toBe("held");
    });

    it("can be released twice, even when another has it by then", async () => {
      const { memories } = await make();
      const lease = await take(memories, "tick-1", NOW);
      await memories.release(lease);
      await memories.release(lease);
      await take(memories, "tick-2", NOW);
      await memories.release(lease);
      expect((await memories.acquire("chat", "tick-3", NOW, SECONDS)).kind).toBe("held");
    });

    it("stays held when the clock steps back", async () => {
      const { memories } = await make();
      await take(memories, "tick-1", NOW);
      const answer = await memories.acquire("chat", "tick-2", NOW - 3600, SECONDS);
      expect(answer).toEqual({ kind: "held", owner: "tick-1", expiresAt: EXPIRY });
    });

    it("is renewed by its owner on a clock that stepped back, with a later fence and an earlier expiry", async () => {
      const { memories } = await make();
      const first = await take(memories, "tick-1", NOW);
      const second = await take(memories, "tick-1", NOW - 3600);
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(second.expiresAt).toBe(NOW - 3600 + SECONDS);
      expect(await take(memories, "tick-2", NOW - 3600 + SECONDS)).toMatchObject({ owner: "tick-2" });
    });

    it("goes to one of many that ask at the same time", async () => {
      const { memories } = await make();
      const owners = repeat(8, 0).map((_, i) => `tick-${i}`);
      const answers = await Promise.all(owners.map((owner) => memories.acquire("chat", owner, NOW, SECONDS)));
      expect(answers.filter(({ kind }) => kind === "granted")).toHaveLength(1);
    });

    it("is one for each target", async () => {
      const { memories } = await make();
      const ours = await take(memories, "tick-1", NOW);
      const theirs = await take(memories, "tick-2", NOW, "chat-2");
      await memories.release(theirs);
      expect(theirs.target).toBe("chat-2");
      expect(await memories.acquire("chat", "tick-2", NOW, SECONDS)).toMatchObject({ owner: ours.owner });
    });
  });

  describe(`memory store: ${name}: memory`, () => {
    it("is null for a target never seen, and still after a lease alone", async () => {
      const { memories } = await make();
      expect(await memories.load("chat")).toBeNull();
      await take(memories, "tick-1", NOW);
      expect(await memories.load("chat")).toBeNull();
    });

    it.each([
      ["empty", EMPTY_MEMORY],
      [
        "full",
        {
          lastDecisionAt: NOW,
          seen: { at: NOW, desired: 4, ready: 3 },
          readySince: NOW - 600,
          lastOutAt: NOW - 300,
          lastInAt: NOW - 7200,
          starting: { at: NOW - 300, to: 4 },
          leadTimesSeconds: [281, 312.5, 290],
          recommendations: [
            { at: NOW - 120, units: 4 },
            { at: NOW, units: 3 },
          ],
          noticed: ["no forecast", "Kapazität fehlt"],
        },
      ],
    ])("comes back as it was saved when it is %s", async (_case, memory) => {
      const { memories } = await make();
      const lease = await take(memories, "tick-1", NOW);
      expect(await memories.save(lease, memory)).toBe(true);
      expect(await memories.load("chat")).toEqual(memory);
    });

    it("is replaced whole by the next save, and lasts beyond the lease", async () => {
      const { memories } = await make();
      const first = await take(memories, "tick-1", NOW);
      await memories.save(first, memoryOf({ lastDecisionAt: NOW, noticed: ["no forecast"] }));
      await memories.release(first);
      const second = await take(memories, "tick-2", NOW + 60);
      expect(await memories.save(second, SECOND)).toBe(true);
      await memories.release(second);
      expect(await memories.load("chat")).toEqual(SECOND);
    });

    it("can be saved twice under one lease", async () => {
      const { memories } = await make();
      const lease = await take(memories, "tick-1", NOW);
      expect(await memories.save(lease, FIRST)).toBe(true);
      expect(await memories.save(lease, SECOND)).toBe(true);
      expect(await memories.load("chat")).toEqual(SECOND);
    });

    it("is saved under an expired lease while nobody else has been granted one", async () => {
      const { memories } = await make();
      const slow = await take(memories, "tick-1", NOW);
      await memories.acquire("chat", "tick-1b", EXPIRY - 1, SECONDS);
      expect(await memories.save(slow, FIRST)).toBe(true);
      expect(await memories.load("chat")).toEqual(FIRST);
    });

    it("is not overwritten by an older lease", async () => {
      const { memories } = await make();
      const old = await take(memories, "tick-1", NOW);
      const newer = await take(memories, "tick-2", EXPIRY);
      await memories.save(newer, SECOND);
      expect(await memories.save(old, FIRST)).toBe(false);
      expect(await memories.load("chat")).toEqual(SECOND);
    });

    it("is not written by an older lease even before the newer one has saved, or after it was released", async () => {
      const { memories } = await make();
      const old = await take(memories, "tick-1", NOW);
      const newer = await take(memories, "tick-2", EXPIRY);
      expect(await memories.save(old, FIRST)).toBe(false);
      expect(await memories.load("chat")).toBeNull();
      await memories.release(newer);
      expect(await memories.save(old, FIRST)).toBe(false);
      expect(await memories.load("chat")).toBeNull();
    });

    it("is not written under the owner's lease from before it was renewed", async () => {
      const { memories } = await make();
      const before = await take(memories, "tick-1", NOW);
      const renewed = await take(memories, "tick-1", NOW + 1);
      expect(await memories.save(before, FIRST)).toBe(false);
      expect(await memories.save(renewed, SECOND)).toBe(true);
    });

    it("is guarded by fences, not by the clock: a newer lease from an earlier time wins", async () => {
      const { memories } = await make();
      const old = await take(memories, "tick-1", NOW);
      await memories.release(old);
      const newer = await take(memories, "tick-2", NOW - 3600);
      expect(await memories.save(old, SECOND)).toBe(false);
      expect(await memories.save(newer, FIRST)).toBe(true);
      expect(await memories.load("chat")).toEqual(FIRST);
    });

    it("is one for each target", async () => {
      const { memories } = await make();
      await memories.save(await take(memories, "tick-1", NOW), FIRST);
      expect(await memories.load("chat-2")).toBeNull();
      await memories.save(await take(memories, "tick-1", NOW, "chat-2"), SECOND);
      expect(await memories.load("chat")).toEqual(FIRST);
      expect(await memories.load("chat-2")).toEqual(SECOND);
    });
  });
}
