/** What every store of memories and leases must do: of two wake-ups, never both act. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import { EMPTY_MEMORY, type Memory } from "../../lib/core/memory.ts";
import { ACHIEVED, NOW } from "../core/arrange.ts";
import { describeLeaseContract } from "./lease.contract.ts";
import { EXPIRY, type MemoryStoreUnderTest, SECONDS, take } from "./memoryStore.arrange.ts";

const memoryOf = (parts: Partial<Memory>): Memory => ({ ...EMPTY_MEMORY, ...parts });
const FIRST = memoryOf({ lastDecisionAt: NOW });
const SECOND = memoryOf({ lastDecisionAt: NOW + 60 });

export function describeMemoryStoreContract(name: string, make: () => Promise<MemoryStoreUnderTest>): void {
  describeLeaseContract(name, make);

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
          starting: { at: NOW - 300, to: 4, units: 1 },
          starts: [
            { seconds: 281, units: 2, hour: 8 },
            { seconds: 312.5, units: null, hour: null },
            { seconds: 900, units: 1, hour: 0, atLeast: true as const },
          ],
          recommendations: [
            { at: NOW - 120, units: 4 },
            { at: NOW, units: 3 },
          ],
          noticed: ["no forecast", "Kapazität fehlt"],
          achieved: ACHIEVED,
          gate: {
            state: "bad" as const,
            since: NOW - 3_600,
            clearSince: null,
            scoredUntil: NOW - 60,
            minutes: 86.52,
            loss: 1_234,
            naiveLoss: 617.3,
            covered: 80,
            recentLoad: 1_021,
            recentMedian: 0,
          },
          idle: { since: NOW - 3_600, until: NOW - 60 },
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
