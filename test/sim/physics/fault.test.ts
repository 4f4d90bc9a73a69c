/** Faults are on from their first second until before their last. */
import { expect, it } from "@jest/globals";
import { type Fault, faultAt } from "../../../lib/sim/physics/fault.ts";

const faults: readonly Fault[] = [
  { kind: "no capacity", from: 100, to: 200 },
  { kind: "late metrics", from: 100, to: 200, bySeconds: 600 },
  { kind: "late metrics", from: 150, to: 300, bySeconds: 900 },
];

it.each([
  ["no capacity" as const, 99, undefined],
  ["no capacity" as const, 100, faults[0]],
  ["no capacity" as const, 199, faults[0]],
  ["no capacity" as const, 200, undefined],
  ["failed start" as const, 150, undefined],
  ["late metrics" as const, 199, faults[1]],
  ["late metrics" as const, 200, faults[2]],
])("%s at %i", (kind, at, fault) => {
  expect(faultAt(faults, kind, at)).toBe(fault);
});
