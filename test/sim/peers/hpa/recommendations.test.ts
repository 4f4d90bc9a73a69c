/** The log of proposals: what is older than the longest window makes room. */
import { describe, expect, it } from "@jest/globals";
import { logged } from "../../../../lib/sim/peers/hpa/recommendations.ts";
import { NOW } from "../arrange.ts";

describe("logged", () => {
  it.each([
    ["an entry of exactly the window stays", 300, [7, 4]],
    ["one that is a second older goes", 301, [4]],
  ])("%s", (_case, ageSeconds, replicas) => {
    const log = [{ replicas: 7, at: NOW - ageSeconds }];
    expect(logged(log, 4, NOW, 300).map((each) => each.replicas)).toEqual(replicas);
    expect(log).toEqual([{ replicas: 7, at: NOW - ageSeconds }]);
  });

  it("begins with the first proposal", () => {
    expect(logged([], 4, NOW, 300)).toEqual([{ replicas: 4, at: NOW }]);
  });
});
