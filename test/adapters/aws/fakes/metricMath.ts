/** Enough of CloudWatch's metric math for the fake: numbers, ids, `+ - * /` and brackets. */
import type { EpochSeconds } from "../../../../lib/core/time.ts";

export type Points = ReadonlyMap<EpochSeconds, number>;
type Operand = number | Points;

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

/** There is a point where all operands have one and the result is a number, as in the service. */
export function evaluate(expression: string, series: ReadonlyMap<string, Points>): Points {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|[-+*/()]/g) ?? [];
  if (tokens.join("") !== expression.replaceAll(" ", "")) throw new Error(`not understood: ${expression}`);

  const factor = (): Operand => {
    const token = tokens.shift() ?? "nothing";
    if (token === "(") {
      const inner = sum();
      if (tokens.shift() !== ")") throw new Error(`a bracket is not closed: ${expression}`);
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    const points = series.get(token);
    if (points === undefined) throw new Error(`no query has the id ${token}: ${expression}`);
    return points;
  };
  const chain = (next: () => Operand, operators: string): Operand => {
    let left = next();
    while (tokens[0] !== undefined && operators.includes(tokens[0])) {
      left = joined(OPERATIONS[tokens.shift() ?? ""], left, next());
    }
    return left;
  };
  const sum = (): Operand => chain(() => chain(factor, "*/"), "+-");

  const result = sum();
  if (tokens.length > 0 || typeof result === "number") throw new Error(`not a series: ${expression}`);
  return result;
}

function joined(
  operation: ((a: number, b: number) => number) | undefined,
  left: Operand,
  right: Operand,
): Operand {
  if (operation === undefined) throw new Error("no such operator");
  if (typeof left === "number" && typeof right === "number") return operation(left, right);
  const instants = typeof left === "number" ? right : left;
  const points = new Map<EpochSeconds, number>();
  for (const at of typeof instants === "number" ? [] : instants.keys()) {
    const a = typeof left === "number" ? left : left.get(at);
    const b = typeof right === "number" ? right : right.get(at);
    const value = a === undefined || b === undefined ? Number.NaN : operation(a, b);
    if (Number.isFinite(value)) points.set(at, value);
  }
  return points;
}
