/** What every unit-load store must do. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import type { StoredUnitLoad } from "../../lib/core/unitLoad/unitLoad.ts";
import type { UnitLoadStore } from "../../lib/ports/unitLoadStore.ts";
import { NOW } from "../core/arrange.ts";
import { known } from "../core/unitLoad/arrange.ts";

export interface UnitLoadStoreUnderTest {
  /** Empty. */
  readonly unitLoads: UnitLoadStore;
}

const stored = (parts: Partial<StoredUnitLoad> = {}): StoredUnitLoad => ({
  target: "chat",
  basis: { metric: "invocations", statistic: "sum", latencyP95Ms: 800 },
  learned: known(),
  ...parts,
});

export function describeUnitLoadStoreContract(
  name: string,
  make: () => Promise<UnitLoadStoreUnderTest>,
): void {
  describe(`unit load store: ${name}`, () => {
    it("has none for a target that nothing was learned of", async () => {
      const { unitLoads } = await make();
      expect(await unitLoads.get("chat")).toBeNull();
    });

    it.each<[string, StoredUnitLoad]>([
      [
        "what was learned, to the last digit",
        stored({ learned: known({ perUnit: Math.PI, lowest: 1 / 3 }) }),
      ],
      ["what it moved from", stored({ learned: known({ movedFrom: { perUnit: 0.1, at: NOW } }) })],
      ["why nothing could be learned", stored({ learned: { kind: "unknown", why: "0 minutes – 光棍节" } })],
      ["any statistic", stored({ basis: { metric: "tokens", statistic: "p99.9", latencyP95Ms: 0.5 } })],
    ])("gives back %s", async (_, each) => {
      const { unitLoads } = await make();
      await unitLoads.put(each);
      expect(await unitLoads.get("chat")).toEqual(each);
    });

    it("has only the newest", async () => {
      const { unitLoads } = await make();
      await unitLoads.put(stored({ learned: { kind: "unknown", why: "too few minutes" } }));
      await unitLoads.put(stored());
      expect(await unitLoads.get("chat")).toEqual(stored());
    });

    it("keeps targets apart, even where their names begin alike", async () => {
      const { unitLoads } = await make();
      await unitLoads.put(stored({ target: "chat-2" }));
      expect(await unitLoads.get("chat")).toBeNull();
      expect(await unitLoads.get("chat-2")).toEqual(stored({ target: "chat-2" }));
    });
  });
}
