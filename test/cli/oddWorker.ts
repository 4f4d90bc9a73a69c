/** Does in a process of its own what it is told: returns, throws, or ends. */
export default function work(what: "return" | "throw" | "end"): unknown {
  if (what === "throw") throw new RangeError("odd work: got throw");
  if (what === "end") process.exit(3);
  return { sizes: Float64Array.of(1, 2), none: Number.NaN, most: Number.POSITIVE_INFINITY };
}
