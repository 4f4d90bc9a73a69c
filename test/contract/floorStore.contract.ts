/** What every floor store must do. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import type { FloorRecord, FloorStore } from "../../lib/ports/floorStore.ts";
import { NOW } from "../core/arrange.ts";

export interface FloorStoreUnderTest {
  /** Empty. */
  readonly floors: FloorStore;
}

function aFloor(parts: Partial<FloorRecord> = {}): FloorRecord {
  const target = parts.target ?? "chat";
  return {
    target,
    resourceId: `endpoint/${target}/variant/AllTraffic`,
    dimension: "sagemaker:variant:DesiredInstanceCount",
    originalMinimum: 1,
    lastSet: 6,
    since: NOW,
    ...parts,
  };
}

export function describeFloorStoreContract(name: string, make: () => Promise<FloorStoreUnderTest>): void {
  describe(`floor store: ${name}`, () => {
    it("has nothing for a target whose minimum was never touched", async () => {
      const { floors } = await make();
      expect(await floors.get("chat")).toBeNull();
      expect(await floors.list()).toEqual([]);
    });

    it.each([
      ["a minimum of one", aFloor()],
      ["a minimum of nothing", aFloor({ originalMinimum: 0, lastSet: 0 })],
      [
        "an inference component",
        aFloor({
          resourceId: "inference-component/chat",
          dimension: "sagemaker:inference-component:DesiredCopyCount",
        }),
      ],
    ])("gives back %s as it was put", async (_case, floor) => {
      const { floors } = await make();
      await floors.put(floor);
      expect(await floors.get("chat")).toEqual(floor);
      expect(await floors.list()).toEqual([floor]);
    });

    it("replaces the record of the same target", async () => {
      const { floors } = await make();
      await floors.put(aFloor());
      await floors.put(aFloor({ lastSet: 9 }));
      expect(await floors.get("chat")).toEqual(aFloor({ lastSet: 9 }));
      expect(await floors.list()).toHaveLength(1);
    });

    it("lists all targets, by target, whether or not anybody still knows them", async () => {
      const { floors } = await make();
      const targets = ["search", "chat-2", "Z", "chat"];
      for (const target of targets) await floors.put(aFloor({ target }));
      expect((await floors.list()).map(({ target }) => target)).toEqual(["Z", "chat", "chat-2", "search"]);
    });

    it("removes one, and again, and leaves the others", async () => {
      const { floors } = await make();
      await floors.put(aFloor());
      await floors.put(aFloor({ target: "chat-2" }));
      await floors.remove("chat");
      await floors.remove("chat");
      expect(await floors.get("chat")).toBeNull();
      expect(await floors.list()).toEqual([aFloor({ target: "chat-2" })]);
    });

    it("does nothing when it removes what never was", async () => {
      const { floors } = await make();
      await floors.put(aFloor());
      await floors.remove("nobody");
      expect(await floors.list()).toEqual([aFloor()]);
    });

    it("takes one back that was removed", async () => {
      const { floors } = await make();
      await floors.put(aFloor());
      await floors.remove("chat");
      await floors.put(aFloor({ originalMinimum: 3 }));
      expect(await floors.get("chat")).toEqual(aFloor({ originalMinimum: 3 }));
    });
  });
}
