/** The tables of the benchmarks, from a score made by hand. */
import { describe, expect, it } from "@jest/globals";
import { aScore } from "../report/aScore.ts";
import { scoreTables } from "./scoreTables.ts";

describe("the tables of a score", () => {
  const text = scoreTables(aScore());
  const rowsUnder = (heading: string): readonly string[] => {
    const after = text.slice(text.indexOf(heading)).split("\n").slice(2);
    return after.slice(
      0,
      after.findIndex((line) => !line.startsWith("|")),
    );
  };

  it("have one of cases for each share and one of policies", () => {
    expect(text.match(/at (0\.1|1|5) % violations/g)?.slice(0, 3)).toEqual([
      "at 0.1 % violations",
      "at 1 % violations",
      "at 5 % violations",
    ]);
    expect(text).toContain("Forewarm wins, ties, loses at 1 %");
  });

  it("name every case, the one that loses most first, and what was not reached", () => {
    const rows = rowsUnder("(÷ bound) at 1 % violations");
    const over = rows.map((line) => line.split("|").at(-2)?.trim() ?? "");
    const numbers = over.map((cell) =>
      cell.startsWith("lost") ? Number.POSITIVE_INFINITY : cell.startsWith("won") ? 0 : Number(cell),
    );
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(rows.length).toBeGreaterThan(0);
    expect(text).toContain("not reached");
  });

  it("say what each policy came to", () => {
    expect(text).toContain("| The target-tracking | 4.00 (2 of 3) | 1.50 | 1.50 | 1, 1, 1 |");
  });

  it("say how the promise was kept as shipped, beside HPA, and nothing where it was not scored", () => {
    const score = aScore();
    const named = (policies: (typeof score.cases)[number]["policies"]) =>
      policies.map((each) => ({
        ...each,
        policy:
          each.policy === "forewarm" ? "forewarm-promise" : each.policy === "seasonal" ? "hpa" : each.policy,
      }));
    const promised = score.cases.map((each) => ({ ...each, policies: named(each.policies) }));
    const [first] = score.cases;
    expect(scoreTables({ ...score, cases: promised })).toContain(
      `| ${first?.trace} | 99.90 % | ${first?.policies[0]?.versions[0]?.outcomes[0]?.unitHours} | 13; 1 | 13; 1 |`,
    );
    expect(text).not.toContain("as shipped");
  });
});
