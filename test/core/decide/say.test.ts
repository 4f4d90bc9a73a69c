/** Numbers in reasons, as they are read. */
import { describe, expect, it } from "@jest/globals";
import { sayNumber, sayPercent, sayUnits } from "../../../lib/core/decide/say.ts";

describe("numbers in reasons", () => {
  it.each([
    [0, "0"],
    [0.25, "0.25"],
    [1 / 3, "0.333"],
    [84.26, "84.3"],
    [99.96, "100"],
    [240, "240"],
    [999.6, "1 000"],
    [1_580.4, "1 580"],
    [1_234_567, "1 234 567"],
  ])("%d is said as %s", (value, said) => {
    expect(sayNumber(value)).toBe(said);
  });

  it.each([
    [0, "0 units"],
    [1, "1 unit"],
    [2, "2 units"],
    [1_200, "1 200 units"],
  ])("%d units are said as %s", (units, said) => {
    expect(sayUnits(units)).toBe(said);
  });

  it.each([
    [0.95, "95 %"],
    [0.975, "97.5 %"],
    [0.999, "99.9 %"],
  ])("the share %d is said as %s", (share, said) => {
    expect(sayPercent(share)).toBe(said);
  });
});
