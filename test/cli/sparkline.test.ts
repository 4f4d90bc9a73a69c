import { describe, expect, it } from "@jest/globals";
import { sparkline } from "../../lib/cli/sparkline.ts";

describe("a line of blocks", () => {
  it.each<readonly [string, readonly (number | null)[], number, number, string]>([
    ["rises with the values", [0, 1, 2, 3, 4, 5, 6, 7], 8, 8, "▁▂▃▄▅▆▇█"],
    ["reaches the highest block at the top and beyond", [8, 80], 8, 8, "██"],
    ["leaves what is missing open", [4, null, 4], 3, 4, "█ █"],
    ["shows the highest of each stretch", [0, 8, 0, 0, null, 4], 3, 8, "█▁▅"],
    ["is as short as its values", [1], 40, 1, "█"],
    ["is flat without any load", [0, 0], 2, 0, "▁▁"],
    ["is empty without values", [], 10, 1, ""],
  ])("%s", (_what, values, width, top, line) => {
    expect(sparkline(values, width, top)).toBe(line);
  });
});
