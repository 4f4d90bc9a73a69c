/** What people ordered cannot be read: nothing is released, but load is still followed upwards. */
import { describe, expect, it } from "@jest/globals";
import type { DecisionRecord } from "../../lib/core/decision.ts";
import type { World } from "../../lib/usecases/world.ts";
import { scaleInOf } from "../core/arrange.ts";
import { aWorldWithTarget, START, type TestWorld, wake } from "./arrange.ts";

const down = (): Promise<never> =>
  Promise.reject(new Error("the item TARGET#chat / OVERRIDE#pause cannot be read"));

async function decideUnder(
  load: number,
  broken: (world: TestWorld) => Partial<World>,
): Promise<DecisionRecord> {
  const { world, policy } = aWorldWithTarget(load, scaleInOf({ stabilizationSeconds: 0 }));
  const report = await wake({ ...world, ...broken(world) }, policy, START);
  if (report.kind !== "decided") throw new Error(`${report.kind}: ${report.why}`);
  return report.record;
}

const noOverrides = ({ overrides }: TestWorld): Partial<World> => ({
  overrides: {
    put: overrides.put,
    remove: overrides.remove,
    note: overrides.note,
    noted: overrides.noted,
    list: down,
  },
});
const noPromotions = ({ promotions }: TestWorld): Partial<World> => ({
  promotions: { put: promotions.put, remove: promotions.remove, list: down },
});

describe.each([
  ["overrides", noOverrides],
  ["promotions", noPromotions],
])("%s that cannot be read", (what, broken) => {
  it("keep units from being released that would be otherwise", async () => {
    expect((await decideUnder(10, () => ({}))).decision.desired).toBe(1);
    const { decision } = await decideUnder(10, broken);
    expect(decision.desired).toBe(2);
    expect(decision.holds).toEqual([expect.objectContaining({ by: "missing data", units: 2 })]);
    expect(decision.reason).toContain(`the ${what} cannot be read`);
  });

  it("do not keep the target from being raised", async () => {
    expect((await decideUnder(900, broken)).decision.desired).toBeGreaterThan(2);
  });

  it("are told to people once, and written down with what was not known", async () => {
    const record = await decideUnder(10, broken);
    expect(record.decision.notices).toContainEqual({
      kind: "orders unread",
      text: expect.stringContaining(`the ${what} cannot be read: the item TARGET#chat`),
    });
    expect(record.situation.unread).toEqual([expect.stringContaining(what)]);
  });
});
