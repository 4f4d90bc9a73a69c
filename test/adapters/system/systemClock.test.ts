import { describe, expect, it } from "@jest/globals";
import { SystemClock } from "../../../lib/adapters/system/systemClock.ts";
import { describeClockContract } from "../../contract/clock.contract.ts";

describeClockContract("of the machine", async () => ({ clock: new SystemClock() }));

describe("the clock of the machine", () => {
  it("says what the machine says, in whole seconds", () => {
    const before = Math.floor(Date.now() / 1000);
    const now = new SystemClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now() / 1000);
  });
});
