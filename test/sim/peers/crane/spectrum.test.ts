/** The transforms against the sum that defines them, for lengths of both kinds. */
import { describe, expect, it } from "@jest/globals";
import { type Complex, inverse, realSignal, transform } from "../../../../lib/sim/peers/crane/spectrum.ts";
import { stream } from "../../../../lib/sim/random.ts";

/** Σ x[t] e^(−2πikt/n), term by term. */
function naiveTransform({ re, im }: Complex): Complex {
  const count = re.length;
  const out = { re: new Float64Array(count), im: new Float64Array(count) };
  for (let k = 0; k < count; k++) {
    for (let t = 0; t < count; t++) {
      const angle = (-2 * Math.PI * ((k * t) % count)) / count;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [a, b] = [re[t] as number, im[t] as number];
      out.re[k] = (out.re[k] as number) + a * cos - b * sin;
      out.im[k] = (out.im[k] as number) + a * sin + b * cos;
    }
  }
  return out;
}

function drawn(count: number): Complex {
  const draw = stream(1, `signal of ${count}`);
  const next = () => 10 * draw() - 5;
  return { re: Float64Array.from({ length: count }, next), im: Float64Array.from({ length: count }, next) };
}

function farthest(a: Complex, b: Complex): number {
  const differences = [...a.re].map((value, k) =>
    Math.hypot(value - (b.re[k] as number), (a.im[k] as number) - (b.im[k] as number)),
  );
  return Math.max(...differences);
}

const LENGTHS = [1, 2, 3, 4, 5, 7, 8, 12, 16, 97, 128, 144, 288, 300];

describe("transform", () => {
  it.each(LENGTHS)("of %i values is the sum that defines it", (count) => {
    const signal = drawn(count);
    expect(farthest(transform(signal), naiveTransform(signal))).toBeLessThan(1e-9);
  });

  it.each([
    ["a constant is all in the first bin", [3, 3, 3], [9, 0, 0], [0, 0, 0]],
    ["an impulse is the same in each", [1, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]],
    ["an impulse a quarter later turns by a quarter", [0, 1, 0, 0], [1, 0, -1, 0], [0, -1, 0, 1]],
    ["two that alternate are all in the middle", [1, -1, 1, -1], [0, 0, 4, 0], [0, 0, 0, 0]],
  ])("%s", (_, values, re, im) => {
    const found = transform(realSignal(Float64Array.from(values)));
    const expected = { re: Float64Array.from(re), im: Float64Array.from(im) };
    expect(farthest(found, expected)).toBeLessThan(1e-12);
  });

  it("does not change its signal", () => {
    for (const count of [8, 12]) {
      const signal = drawn(count);
      const copy = structuredClone(signal);
      transform(signal);
      expect(signal).toEqual(copy);
    }
  });
});

describe("inverse", () => {
  it.each(LENGTHS)("gives %i values back", (count) => {
    const signal = drawn(count);
    expect(farthest(inverse(transform(signal)), signal)).toBeLessThan(1e-10);
  });
});
