/** The rank sum test against numbers worked out by hand and against counting. */
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { medianOf, ranked, rankSums } from "../../../lib/core/leadTime/rankSum.ts";

const scores = (values: readonly number[], inside: number): readonly number[] =>
  rankSums(
    ranked(values),
    values.map((_, i) => (i < inside ? 0 : 1)),
    2,
  ).map(({ score }) => score);

const firstOf =
  (count: number) =>
  (i: number): boolean =>
    i < count;

it.each<[string, number[], number, number]>([
  // U = 0 where 4.5 is expected; the variance is 3 × 3 × 7 ÷ 12.
  ["the three smallest of six", [1, 2, 3, 4, 5, 6], 3, -4.5 / Math.sqrt(5.25)],
  ["the three largest of six", [4, 5, 6, 1, 2, 3], 3, 4.5 / Math.sqrt(5.25)],
  // Ranks 1.5, 1.5, 3.5, 3.5: rank sum 5 as expected.
  ["two like two others", [1, 2, 1, 2], 2, 0],
  // Ranks 1.5 and 1.5 against 3.5 and 3.5: 3 where 5 is expected; the variance is 4 ÷ 12 × (5 − 12 ÷ 12).
  ["two that are equal, below two that are equal", [1, 1, 2, 2], 2, -2 / Math.sqrt(4 / 3)],
  ["nothing but equal values", [7, 7, 7], 1, 0],
  ["none of them", [1, 2, 3], 0, 0],
  ["all of them", [1, 2, 3], 3, 0],
])("the score of %s", (_case, values, count, score) => {
  expect(scores(values, count)[0]).toBeCloseTo(score, 12);
});

it("is the opposite for those outside", () => {
  const values = fc.array(fc.nat(20), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.nat(29), (all, count) => {
      const [inside, outside] = scores(all, count) as [number, number];
      expect(outside).toBeCloseTo(-inside, 9);
    }),
  );
});

it("the median is that of the values inside", () => {
  const values = [9, 1, 5, 3, 100];
  expect(medianOf(ranked(values), firstOf(3))).toBe(5);
  expect(medianOf(ranked(values), firstOf(4))).toBe(4);
  expect(medianOf(ranked(values), firstOf(0))).toBeNaN();
});
