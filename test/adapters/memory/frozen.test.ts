import { describe, expect, it } from "@jest/globals";
import { frozen } from "../../../lib/adapters/memory/frozen.ts";

describe("frozen", () => {
  it("freezes all the way down, arrays too, and returns the same object", () => {
    const value = { a: [{ b: [1, 2] }], c: { d: null } };
    expect(frozen(value)).toBe(value);
    expect([value, value.a, value.a[0], value.a[0]?.b, value.c].every(Object.isFrozen)).toBe(true);
    expect(() => value.a.push({ b: [] })).toThrow(TypeError);
  });

  it.each([[1], ["word"], [null], [undefined], [true]])("returns %p as it is", (value) => {
    expect(frozen(value)).toBe(value);
  });

  it("ends on a value that holds itself", () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(Object.isFrozen(frozen(value))).toBe(true);
  });
});
