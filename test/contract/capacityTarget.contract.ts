/** What every platform adapter must do: ask once, say plainly what came of it. Each test has a platform of its own. */
import { describe, expect, it } from "@jest/globals";
import type { CapacityState } from "../../lib/core/capacity.ts";
import type { CapacityTarget } from "../../lib/ports/capacityTarget.ts";

export interface CapacityTargetUnderTest {
  readonly capacity: CapacityTarget;
  /** The fewest units that a target can run at; 0 unless told. */
  readonly fewestUnits?: 0 | 1;
  /** Makes a target with so many units, all ready, not locked, without a minimum of the platform's. */
  readonly add: (target: string, units: number) => Promise<void>;
  /** Lets time pass until everything that was asked for serves and the target takes changes again. */
  readonly becomeReady: (target: string) => Promise<void>;
  /** From now on, until `becomeReady`, the platform takes no change of the target. */
  readonly lock: (target: string) => Promise<void>;
  /** More units than this are more than the account's quota. Called before anything is asked. */
  readonly limit: (target: string, units: number) => Promise<void>;
  /** The platform reports a failure of its own, in these words. */
  readonly reportProblem: (target: string, words: string) => Promise<void>;
}

const WRONG_NUMBERS = [-1, 2.5, Number.NaN, Number.POSITIVE_INFINITY];

/** What asking may change; whether the target is locked after it is the platform's own. */
function unitsOf({
  desired,
  ready,
  minimum,
}: CapacityState): Pick<CapacityState, "desired" | "ready" | "minimum"> {
  return { desired, ready, minimum };
}

async function withChat(
  make: () => Promise<CapacityTargetUnderTest>,
  units: number,
): Promise<CapacityTargetUnderTest> {
  const platform = await make();
  await platform.add("chat", units);
  return platform;
}

/** All of the port. */
export function describeCapacityTargetContract(
  name: string,
  make: () => Promise<CapacityTargetUnderTest>,
): void {
  describeCapacityUnitsContract(name, make);
  describeCapacityMinimumContract(name, make);
}

/** `describe` and `setUnits`: all that a platform without a minimum of its own must do. */
export function describeCapacityUnitsContract(
  name: string,
  make: () => Promise<CapacityTargetUnderTest>,
): void {
  describe(`capacity target: ${name}: describe`, () => {
    it("says that a target at rest has all its units, no lock and no problem", async () => {
      const { capacity } = await withChat(make, 3);
      expect(await capacity.describe("chat")).toMatchObject({
        desired: 3,
        ready: 3,
        locked: null,
        problem: null,
      });
    });

    it("reports a failure in the platform's own words", async () => {
      const { capacity, reportProblem } = await withChat(make, 3);
      await reportProblem("chat", "InsufficientInstanceCapacity");
      const { problem } = await capacity.describe("chat");
      expect(problem).toContain("InsufficientInstanceCapacity");
    });

    it("says why it is locked", async () => {
      const { capacity, lock } = await withChat(make, 3);
      await lock("chat");
      expect((await capacity.describe("chat")).locked?.why).toMatch(/\w+/);
    });

    it("throws for a target that does not exist and names it", async () => {
      const { capacity } = await withChat(make, 3);
      await expect(capacity.describe("nobody")).rejects.toThrow(/nobody/);
    });
  });

  describe(`capacity target: ${name}: setUnits`, () => {
    it("raises: desired at once, ready when the units have come", async () => {
      const { capacity, becomeReady } = await withChat(make, 3);
      expect(await capacity.setUnits("chat", 5, "t1")).toEqual({ kind: "accepted", units: 5 });
      const asked = await capacity.describe("chat");
      expect(asked.desired).toBe(5);
      expect(asked.ready).toBeGreaterThanOrEqual(3);
      await becomeReady("chat");
      expect(await capacity.describe("chat")).toMatchObject({ desired: 5, ready: 5, locked: null });
    });

    it("lowers", async () => {
      const { capacity, becomeReady } = await withChat(make, 5);
      expect(await capacity.setUnits("chat", 2, "t1")).toEqual({ kind: "accepted", units: 2 });
      expect((await capacity.describe("chat")).desired).toBe(2);
      await becomeReady("chat");
      expect(await capacity.describe("chat")).toMatchObject({ desired: 2, ready: 2, locked: null });
    });

    it("lowers to the fewest units there can be, and refuses fewer", async () => {
      const { capacity, becomeReady, fewestUnits = 0 } = await withChat(make, 3);
      expect((await capacity.setUnits("chat", fewestUnits - 1, "t1")).kind).toBe("refused");
      expect((await capacity.describe("chat")).desired).toBe(3);
      expect(await capacity.setUnits("chat", fewestUnits, "t2")).toEqual({
        kind: "accepted",
        units: fewestUnits,
      });
      await becomeReady("chat");
      const few = { desired: fewestUnits, ready: fewestUnits, locked: null };
      expect(await capacity.describe("chat")).toMatchObject(few);
    });

    it("does not move the platform's minimum", async () => {
      const { capacity, becomeReady } = await withChat(make, 5);
      const { minimum } = await capacity.describe("chat");
      await capacity.setUnits("chat", 6, "t1");
      await becomeReady("chat");
      expect((await capacity.describe("chat")).minimum).toBe(minimum);
    });

    it("accepts a repeated call with the same token and does nothing more", async () => {
      const { capacity, becomeReady } = await withChat(make, 3);
      const first = await capacity.setUnits("chat", 5, "t1");
      const before = await capacity.describe("chat");
      expect(await capacity.setUnits("chat", 5, "t1")).toEqual(first);
      expect(await capacity.describe("chat")).toEqual(before);
      await becomeReady("chat");
      expect(await capacity.setUnits("chat", 5, "t1")).toEqual(first);
      expect(await capacity.describe("chat")).toMatchObject({ desired: 5, ready: 5, locked: null });
    });

    it("accepts what was asked already, changes nothing and starts no lock", async () => {
      const { capacity } = await withChat(make, 3);
      expect(await capacity.setUnits("chat", 3, "t1")).toEqual({ kind: "accepted", units: 3 });
      expect(await capacity.describe("chat")).toMatchObject({ desired: 3, ready: 3, locked: null });
    });

    it("accepts what was asked already even while the target is locked", async () => {
      const { capacity, lock } = await withChat(make, 3);
      await lock("chat");
      expect(await capacity.setUnits("chat", 3, "t1")).toEqual({ kind: "accepted", units: 3 });
    });

    it.each([
      ["up", 5],
      ["down", 2],
    ])(
      "defers a change %s while the target is locked, with the reason, and takes it after",
      async (_way, units) => {
        const { capacity, lock, becomeReady } = await withChat(make, 3);
        await lock("chat");
        expect(await capacity.setUnits("chat", units, "t1")).toEqual({
          kind: "deferred",
          why: expect.stringMatching(/\w+/),
        });
        expect((await capacity.describe("chat")).desired).toBe(3);
        await becomeReady("chat");
        expect(await capacity.setUnits("chat", units, "t1")).toEqual({ kind: "accepted", units });
        expect((await capacity.describe("chat")).desired).toBe(units);
      },
    );

    it.each(WRONG_NUMBERS)("refuses %p units, says so, and changes nothing", async (units) => {
      const { capacity } = await withChat(make, 3);
      const before = unitsOf(await capacity.describe("chat"));
      const outcome = await capacity.setUnits("chat", units, "t1");
      expect(outcome).toEqual({ kind: "refused", why: expect.stringContaining(String(units)) });
      expect(unitsOf(await capacity.describe("chat"))).toEqual(before);
    });

    it("refuses a wrong number even while the target is locked: asking again would not help", async () => {
      const { capacity, lock } = await withChat(make, 3);
      await lock("chat");
      expect((await capacity.setUnits("chat", -1, "t1")).kind).toBe("refused");
    });

    it("refuses more than the quota, keeps what there is, and still takes what fits", async () => {
      const { capacity, limit } = await withChat(make, 3);
      await limit("chat", 4);
      const outcome = await capacity.setUnits("chat", 5, "t1");
      expect(outcome).toEqual({ kind: "refused", why: expect.stringMatching(/\w+/) });
      expect(await capacity.describe("chat")).toMatchObject({ desired: 3, ready: 3, locked: null });
      expect(await capacity.setUnits("chat", 4, "t2")).toEqual({ kind: "accepted", units: 4 });
    });

    it("throws for a target that does not exist and names it", async () => {
      const { capacity } = await withChat(make, 3);
      await expect(capacity.setUnits("nobody", 3, "t1")).rejects.toThrow(/nobody/);
    });

    it("keeps targets apart, even with one token", async () => {
      const { capacity, add, lock } = await withChat(make, 3);
      await add("chat-2", 8);
      await lock("chat");
      expect(await capacity.setUnits("chat-2", 9, "t1")).toEqual({ kind: "accepted", units: 9 });
      expect((await capacity.describe("chat")).desired).toBe(3);
      expect((await capacity.setUnits("chat", 4, "t1")).kind).toBe("deferred");
    });
  });
}

function describeCapacityMinimumContract(name: string, make: () => Promise<CapacityTargetUnderTest>): void {
  describe(`capacity target: ${name}: setMinimum`, () => {
    it("raises what is below it at once", async () => {
      const { capacity, becomeReady } = await withChat(make, 3);
      expect(await capacity.setMinimum("chat", 6, "t1")).toEqual({ kind: "accepted", units: 6 });
      expect(await capacity.describe("chat")).toMatchObject({ desired: 6, minimum: 6 });
      await becomeReady("chat");
      expect(await capacity.describe("chat")).toMatchObject({ desired: 6, ready: 6, minimum: 6 });
    });

    it("moves nothing else when there are enough units", async () => {
      const { capacity } = await withChat(make, 5);
      expect(await capacity.setMinimum("chat", 2, "t1")).toEqual({ kind: "accepted", units: 2 });
      expect(await capacity.describe("chat")).toMatchObject({
        desired: 5,
        ready: 5,
        minimum: 2,
        locked: null,
      });
    });

    it("never lowers the units when it is lowered, not even to the fewest", async () => {
      const { capacity, becomeReady, fewestUnits = 0 } = await withChat(make, 3);
      await capacity.setMinimum("chat", 6, "t1");
      await becomeReady("chat");
      for (const [i, units] of [4, fewestUnits].entries()) {
        expect(await capacity.setMinimum("chat", units, `t${i + 2}`)).toEqual({ kind: "accepted", units });
        expect(await capacity.describe("chat")).toMatchObject({ desired: 6, ready: 6, minimum: units });
      }
    });

    it("refuses fewer than the fewest units there can be", async () => {
      const { capacity, fewestUnits = 0 } = await withChat(make, 3);
      expect((await capacity.setMinimum("chat", fewestUnits - 1, "t1")).kind).toBe("refused");
    });

    it("defers what would raise the units while the target is locked, and takes it after", async () => {
      const { capacity, lock, becomeReady } = await withChat(make, 3);
      await lock("chat");
      const before = unitsOf(await capacity.describe("chat"));
      expect(await capacity.setMinimum("chat", 6, "t1")).toEqual({
        kind: "deferred",
        why: expect.stringMatching(/\w+/),
      });
      expect(unitsOf(await capacity.describe("chat"))).toEqual(before);
      await becomeReady("chat");
      expect(await capacity.setMinimum("chat", 6, "t1")).toEqual({ kind: "accepted", units: 6 });
      expect(await capacity.describe("chat")).toMatchObject({ desired: 6, minimum: 6 });
    });

    it("accepts a repeated call with the same token and does nothing more", async () => {
      const { capacity } = await withChat(make, 3);
      const first = await capacity.setMinimum("chat", 5, "t1");
      const before = await capacity.describe("chat");
      expect(await capacity.setMinimum("chat", 5, "t1")).toEqual(first);
      expect(await capacity.describe("chat")).toEqual(before);
    });

    it.each(WRONG_NUMBERS)("refuses %p units, says so, and changes nothing", async (units) => {
      const { capacity } = await withChat(make, 3);
      const before = unitsOf(await capacity.describe("chat"));
      const outcome = await capacity.setMinimum("chat", units, "t1");
      expect(outcome).toEqual({ kind: "refused", why: expect.stringContaining(String(units)) });
      expect(unitsOf(await capacity.describe("chat"))).toEqual(before);
    });

    it("throws for a target that does not exist and names it", async () => {
      const { capacity } = await withChat(make, 3);
      await expect(capacity.setMinimum("nobody", 3, "t1")).rejects.toThrow(/nobody/);
    });
  });
}
