import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { solveRidge } from "../../../../lib/core/forecast/candidates/ridge.ts";

/** The lower triangle of XᵀX, and Xᵀy. */
function normalEquations(rows: readonly (readonly number[])[], y: readonly number[]) {
  const n = rows[0]?.length ?? 0;
  const gram = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (const [r, row] of rows.entries()) {
    for (let i = 0; i < n; i++) {
      right[i] = (right[i] as number) + (row[i] as number) * (y[r] as number);
      for (let j = 0; j <= i; j++) {
        gram[i * n + j] = (gram[i * n + j] as number) + (row[i] as number) * (row[j] as number);
      }
    }
  }
  return { gram, right };
}

describe("ridge regression", () => {
  it("finds the line that points lie on, when nothing is shrunk", () => {
    const rows = [0, 1, 2, 5].map((x) => [1, x]);
    const { gram, right } = normalEquations(
      rows,
      rows.map(([, x]) => 3 + 2 * (x as number)),
    );
    const [constant, slope] = solveRidge(gram, right, 0);
    expect(constant).toBeCloseTo(3, 6);
    expect(slope).toBeCloseTo(2, 6);
  });

  it("shrinks all but the first coefficient", () => {
    const rows = [-1, 1, -1, 1].map((x) => [1, x]);
    const { gram, right } = normalEquations(
      rows,
      rows.map(([, x]) => 7 + 4 * (x as number)),
    );
    const [constant, slope] = solveRidge(gram, right, 4);
    expect(constant).toBeCloseTo(7, 6);
    // Four points and a ridge of four: half of the slope is left.
    expect(slope).toBeCloseTo(2, 6);
  });

  it("says 0 for coefficients without any data", () => {
    expect([...solveRidge(new Float64Array(9), new Float64Array(3), 1)]).toEqual([0, 0, 0]);
  });

  it("solves its equations, whatever the data", () => {
    const row = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 });
    const sample = fc.array(fc.tuple(row, fc.double({ min: -50, max: 50, noNaN: true })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(sample, (points) => {
        const { gram, right } = normalEquations(
          points.map(([x]) => [1, ...x]),
          points.map(([, y]) => y),
        );
        const b = solveRidge(gram, right, 1);
        for (let i = 0; i < 5; i++) {
          let sum = (i === 0 ? 0 : 1) * (b[i] as number);
          for (let j = 0; j < 5; j++) {
            sum += (gram[i >= j ? i * 5 + j : j * 5 + i] as number) * (b[j] as number);
          }
          expect(Math.abs(sum - (right[i] as number))).toBeLessThan(1e-3);
        }
      }),
    );
  });
});
