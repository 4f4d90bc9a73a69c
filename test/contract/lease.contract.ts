/** The half of the memory store's contract that lets one wake-up at a time act. */
import { describe, expect, it } from "@jest/globals";
import { NOW, repeat } from "../core/arrange.ts";
import { EXPIRY, type MemoryStoreUnderTest, SECONDS, take } from "./memoryStore.arrange.ts";

export function describeLeaseContract(name: string, make: () => Promise<MemoryStoreUnderTest>): void {
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
      expect(await take(memories, "tick-2", EXPIRY)).toMatchObject({
        owner: "tick-2",
        expiresAt: EXPIRY + SECONDS,
      });
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
}
