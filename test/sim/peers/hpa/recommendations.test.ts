/** The log of proposals: one that is older than the longest window makes room. */
import { describe, expect, it } from "@jest/globals";
import { inOldPlace, logged } from "../../../../lib/sim/peers/hpa/recommendations.ts";
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

  it.each<readonly [string, readonly number[], readonly number[]]>([
    ["empty", [], [4]],
    ["none old: appended", [120, 60], [120, 60, 4]],
    ["all old: the last makes room, the first stays", [600, 540], [600, 4]],
    ["old ones around: the last old one makes room", [600, 60, 120, 540], [600, 60, 120, 4]],
    ["an old one in front", [600, 60], [4, 60]],
  ])("keeps its length as the controller's does: %s", (_case, ages, replicas) => {
    const log = ages.map((age) => ({ replicas: age, at: NOW - age }));
    expect(logged(log, 4, NOW, 300).map((each) => each.replicas)).toEqual(replicas);
    expect(inOldPlace(log, { replicas: 4, at: NOW }, NOW, 300)).toEqual(logged(log, 4, NOW, 300));
  });

  it("begins with the first proposal", () => {
    expect(logged([], 4, NOW, 300)).toEqual([{ replicas: 4, at: NOW }]);
  });
});
