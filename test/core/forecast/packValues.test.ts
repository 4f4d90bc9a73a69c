import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  HIGHEST_PACKED,
  packSigned,
  packValues,
  significant,
  unpackSigned,
  unpackValues,
} from "../../../lib/core/forecast/packValues.ts";

/** Ordinary loads, round numbers, and everything else that a double can be within the limits. */
const load = fc.oneof(
  fc.double({ min: 0, max: 100_000, noNaN: true }),
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.double({ min: 0, max: HIGHEST_PACKED, noNaN: true }),
);
const loads = fc.array(load, { maxLength: 60 });
const signed = fc.array(
  fc.oneof(
    fc.double({ min: -10, max: 100, noNaN: true }),
    fc.double({ min: -HIGHEST_PACKED, max: HIGHEST_PACKED, noNaN: true }),
  ),
  { maxLength: 80 },
);
const thereAndBack = (values: readonly number[]): number[] => unpackValues(packValues(values));

describe("four significant digits", () => {
  it.each([
    [0, 0],
    [-0, 0],
    [1234.5678, 1235],
    [0.000123456, 0.0001235],
    [99_995, 100_000],
    [-2.34567, -2.346],
    [5e-324, 5e-324],
  ])("of %p are %p", (value, expected) => {
    expect(significant(value)).toBe(expected);
  });
});

describe("packed values", () => {
  it("take two bytes each, the highest being kept beside them", () => {
    const { highest, codes } = packValues([0, 2500, 10_000]);
    expect(highest).toBe(10_000);
    expect([...codes]).toEqual([0, 0, 0x80, 0x00, 0xff, 0xff]);
  });

  it.each([
    ["none", []],
    ["only zeros", [0, 0, 0]],
    ["one number", [1234]],
    ["very small numbers", [5e-324, 1e-323, 0]],
    ["the highest that fits", [HIGHEST_PACKED, 1]],
  ])("come back when there are %s", (_case, values) => {
    const back = thereAndBack(values);
    expect(back).toHaveLength(values.length);
    for (const [i, value] of values.entries()) {
      expect(Math.abs((back[i] as number) - value)).toBeLessThanOrEqual(Math.max(...values) / 1e9);
    }
  });

  it("keep the highest exactly, and lower values within 0.06 % down to a hundredth of it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { maxLength: 20 }),
        (highest, shares) => {
          const values = [highest, ...shares.map((share) => share * highest)];
          const back = thereAndBack(values);
          expect(back[0]).toBe(significant(highest));
          for (const [i, value] of values.entries()) {
            expect(Math.abs((back[i] as number) / value - 1)).toBeLessThan(6e-4);
          }
        },
      ),
    );
  });

  it("are never negative and always finite, with at most four digits", () => {
    fc.assert(
      fc.property(loads, (values) => {
        for (const value of thereAndBack(values)) {
          expect(value >= 0 && Number.isFinite(value)).toBe(true);
          expect(value).toBe(significant(value));
        }
      }),
    );
  });

  it("keep their order", () => {
    fc.assert(
      fc.property(loads, (values) => {
        const ascending = [...values].sort((a, b) => a - b);
        const back = thereAndBack(ascending);
        expect(back).toEqual([...back].sort((a, b) => a - b));
      }),
    );
  });

  it("make the same bytes when what came out is packed again", () => {
    fc.assert(
      fc.property(loads, (values) => {
        const packed = packValues(values);
        expect(packValues(unpackValues(packed))).toEqual(packed);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [1026, 1.047, 1.046],
    [6553, 16.39, 16.38],
  ])(
    "settle where rounding would step to the next code: beside %p, %p becomes %p",
    (highest, value, settled) => {
      const packed = packValues([highest, value]);
      expect(unpackValues(packed)).toEqual([highest, settled]);
      expect(packValues([highest, settled])).toEqual(packed);
    },
  );

  it("make the same bytes again for every code beside each first digit", () => {
    for (const highest of [1000, 1237, 2000, 5004, 9999]) {
      const codes = Array.from({ length: 65_536 }, (_, code) => (highest * code ** 2) / 65_535 ** 2);
      const packed = packValues(codes);
      expect(packValues(unpackValues(packed))).toEqual(packed);
    }
  });

  it("are read from a window on a larger buffer", () => {
    const { highest, codes } = packValues([1, 2, 3]);
    const larger = new Uint8Array(64).fill(0xaa);
    larger.set(codes, 7);
    const window = larger.subarray(7, 7 + codes.byteLength);
    expect(unpackValues({ highest, codes: window })).toEqual(thereAndBack([1, 2, 3]));
  });

  it.each([[Number.NaN], [-1], [Number.POSITIVE_INFINITY], [2 * HIGHEST_PACKED]])(
    "are not made of %p",
    (value) => {
      expect(() => packValues([1, value])).toThrow(`number 1 is ${value}, allowed is 0 to 1e+38`);
    },
  );

  it("refuse half a number", () => {
    expect(() => unpackValues({ highest: 1, codes: new Uint8Array(3) })).toThrow(
      "3 bytes were given, a multiple of 2 is needed",
    );
  });
});

describe("packed signed numbers", () => {
  it("take four bytes each and come back with four digits", () => {
    const packed = packSigned([-0.212, 0, 1.23456, 123_456]);
    expect(packed.byteLength).toBe(16);
    expect(unpackSigned(packed)).toEqual([-0.212, 0, 1.235, 123_500]);
  });

  it("make the same bytes when what came out is packed again", () => {
    fc.assert(
      fc.property(signed, (values) => {
        const packed = packSigned(values);
        expect(packSigned(unpackSigned(packed))).toEqual(packed);
      }),
      { numRuns: 500 },
    );
  });

  it("keep their order", () => {
    fc.assert(
      fc.property(signed, (values) => {
        const back = unpackSigned(packSigned([...values].sort((a, b) => a - b)));
        expect(back).toEqual([...back].sort((a, b) => a - b));
      }),
    );
  });

  it.each([[Number.NaN], [Number.NEGATIVE_INFINITY], [2 * HIGHEST_PACKED]])("are not made of %p", (value) => {
    expect(() => packSigned([1, value])).toThrow(`number 1 is ${value}, allowed is -1e+38 to 1e+38`);
  });

  it("are read from a window on a larger buffer, and refuse part of a number", () => {
    const larger = new Uint8Array(32);
    larger.set(packSigned([1.5, -2.5]), 3);
    expect(unpackSigned(larger.subarray(3, 11))).toEqual([1.5, -2.5]);
    expect(() => unpackSigned(larger.subarray(3, 9))).toThrow(
      "6 bytes were given, a multiple of 4 is needed",
    );
  });
});
