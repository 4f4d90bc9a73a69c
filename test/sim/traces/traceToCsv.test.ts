import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { generateShop } from "../../../lib/sim/traces/generateShop.ts";
import { traceToCsv } from "../../../lib/sim/traces/traceToCsv.ts";
import { parsed, START, traceOf } from "./arrange.ts";

const NONE = Number.NaN;

describe("traceToCsv", () => {
  it("writes a row for each count, with whole times", () => {
    expect(traceToCsv(traceOf([5, NONE, 0.25]))).toBe(
      "timestamp,requests\n2025-11-11T00:00:00Z,5\n2025-11-11T00:02:00Z,0.25\n",
    );
  });

  it("writes the tokens that there are", () => {
    const tokens = { inputTokens: Float64Array.of(900, NONE), outputTokens: Float64Array.of(300, 450) };
    expect(traceToCsv(traceOf([5, 6], tokens))).toBe(
      "timestamp,requests,input_tokens,output_tokens\n2025-11-11T00:00:00Z,5,900,300\n2025-11-11T00:01:00Z,6,,450\n",
    );
    expect(traceToCsv(traceOf([5, 6], { outputTokens: Float64Array.of(300, 450) }))).toMatch(
      /^timestamp,requests,output_tokens\n/,
    );
  });

  it("labels what is synthetic, and the label is read back", () => {
    const shop = generateShop({ seed: 1, start: START, days: 1, utcOffsetSeconds: 0 });
    const text = traceToCsv(shop);
    expect(text).toMatch(/^# synthetic: made by a generator, not recorded\ntimestamp,requests\n/);
    expect(parsed(text)).toEqual({ ...shop, name: "test" });
  });

  it("gives back what any trace holds", () => {
    const whole = fc.nat(1_000_000);
    const count = fc.oneof(whole, fc.double({ min: 0, max: 1e12, noNaN: true }));
    const between = fc.array(
      fc.oneof({ weight: 8, arbitrary: count }, { weight: 1, arbitrary: fc.constant(NONE) }),
    );
    const trace = fc.record({
      // Two rows at the start state the step; the last step of a trace that was read always has a row.
      requests: fc.tuple(count, count, between, count).map(([a, b, rest, last]) => [a, b, ...rest, last]),
      stepSeconds: fc.constantFrom(1, 10, 53, 60, 300, 3600, 86_400),
      start: fc.integer({ min: 0, max: 4_000_000_000 }),
      synthetic: fc.boolean(),
    });
    fc.assert(
      fc.property(trace, fc.boolean(), ({ requests, ...rest }, hasTokens) => {
        const neighbours = requests.filter((value, i) => !Number.isNaN(value + (requests[i + 1] ?? NONE)));
        fc.pre(neighbours.length >= requests.filter(Number.isNaN).length); // else a longer step may be more common
        const inputTokens = hasTokens ? Float64Array.from(requests, (value) => value * 3) : null;
        const written = traceOf(requests, { ...rest, inputTokens });
        const read = parsed(traceToCsv(written));
        expect(read.requests).toEqual(written.requests);
        expect(read).toMatchObject({ ...rest, missingSteps: written.missingSteps, setAside: [] });
      }),
    );
  });
});

describe("examples/traces/small.csv", () => {
  it("is two days of the synthetic shop in steps of five minutes, as the generator makes it", () => {
    const text = readFileSync(new URL("../../../examples/traces/small.csv", import.meta.url), "utf8");
    const shop = { seed: 1, start: START, days: 2, utcOffsetSeconds: 8 * 3600, stepSeconds: 300 };
    expect(text).toBe(traceToCsv(generateShop(shop)));
    expect(parsed(text)).toMatchObject({
      synthetic: true,
      stepSeconds: 300,
      missingSteps: 0,
      setAside: [],
      notes: [],
    });
  });
});
