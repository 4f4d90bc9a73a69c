/** Work in other processes: what comes back, and what is said when nothing does. */
import { expect, it } from "@jest/globals";
import { withWorkers } from "../../lib/cli/workers.ts";

const ODD = new URL("./oddWorker", import.meta.url);

const result = async (what: string): Promise<unknown> => {
  let got: unknown;
  await withWorkers(ODD, 1, async (pool) => {
    got = await pool.run(what);
  });
  return got;
};

it("gives back what the work returned, numbers that JSON has not among it", async () => {
  expect(await result("return")).toEqual({
    sizes: Float64Array.of(1, 2),
    none: Number.NaN,
    most: Number.POSITIVE_INFINITY,
  });
});

it("throws what the work threw", async () => {
  await expect(result("throw")).rejects.toMatchObject({ message: "odd work: got throw" });
});

it("says what to do when a process ended before its work was done", async () => {
  await expect(result("end")).rejects.toThrow("perhaps for want of memory: run the command again");
});
