/** Every mistake of a file is said with its line and column, and one mistake hides no other. */
import { describe, expect, it } from "@jest/globals";
import { parsePolicyText } from "../../lib/policy/parsePolicy.ts";
import { formatProblems, type Problem } from "../../lib/policy/problems.ts";

/** The first eight lines of each file below; a test adds from line 9 on. */
const HEAD = `targets:
  chat:
    kind: sagemaker-variant
    endpoint: chat-prod
    variant: AllTraffic
    capacity: { min: 1, max: 12 }
    load: { metric: invocations, perUnit: 240 }
    objective: { latencyP95: 800ms }
`;

function problemsIn(text: string): readonly Problem[] {
  const result = parsePolicyText(text);
  return result.kind === "problems" ? result.problems : [];
}

/** Without the first line, which only counts. */
const linesOf = (text: string): string[] => formatProblems(problemsIn(text), "f.yaml").split("\n").slice(1);

const SALE = "{ name: sale, target: chat, start: 2026-11-11T00:00, end: 2026-11-11T02:00, expect: x3 }";

describe("a mistake in a file", () => {
  it.each<[string, string]>([
    ["    mode: on", '9:11 targets.chat.mode: got "on"; allowed: one of shadow, floor, full'],
    [
      "    staleAfter: 180",
      "9:17 targets.chat.staleAfter: got 180; allowed: a duration with its unit, such as 90s, 8m, 1h30m or 2d",
    ],
    [
      "    demand: { quantile: 0.95 }",
      "9:25 targets.chat.demand.quantile: got 0.95; allowed: a percentage such as 99.9%",
    ],
    [
      "    demand: { quantile: 29% }",
      '9:25 targets.chat.demand.quantile: got "29%"; allowed: between 50% and 100%, such as 95%',
    ],
    [
      "    demand: { quantil: 95% }",
      '9:24 targets.chat.demand: got the unknown key "quantil" (did you mean "quantile"?); ' +
        "allowed: quantile, reactiveHeadroom, recentHeadroom, forecastStaleAfter, forecast, gate",
    ],
    [
      "    leadTime: { expected: 5m, wurst: 1m, colour: red }",
      '9:38 targets.chat.leadTime: got the unknown key "wurst" (did you mean "worst"?), "colour"; allowed: expected, worst',
    ],
    [
      "    leadTime: { expected: 0s }",
      "9:27 targets.chat.leadTime.expected: got 0; allowed: more than nothing",
    ],
    [
      "    scaleOut: { maxStep: 1.5 }",
      "9:26 targets.chat.scaleOut.maxStep: got 1.5; allowed: a number of units such as 2, or a percentage of them such as 50%, or none",
    ],
    [
      "    price: { perUnitHour: -1 }",
      "9:27 targets.chat.price.perUnitHour: got -1; allowed: a number of at least 0",
    ],
    [
      "    price: { currency: Euro }",
      '9:24 targets.chat.price.currency: got "Euro"; allowed: three capital letters such as USD',
    ],
    [
      "    price: { perUnitHour: .nan }",
      "9:27 targets.chat.price.perUnitHour: got NaN; allowed: a number of at least 0",
    ],
    ["    rules: none", '9:12 targets.chat.rules: got "none"; allowed: a list of rules'],
    [
      "    rules:\n      - { metric: latency, above: 70%, for: 2m }",
      '10:35 targets.chat.rules[0].above: got "70%"; allowed: a latency such as 800ms or 1.5s',
    ],
    [
      "    rules:\n      - { metric: queueLength, above: 50%, for: 2m }",
      '10:39 targets.chat.rules[0].above: got "50%"; allowed: a number of at least 0',
    ],
    [
      "    rules:\n      - { metric: queueLength, for: 2m }",
      "10:9 targets.chat.rules[0]: got neither of above and below; allowed: exactly one of them",
    ],
    [
      `promotions:\n  - ${SALE.replace("x3", "3x")}`,
      '10:89 promotions[0].expect: got "3x"; allowed: x3 (times the usual load), 1200/min (a load), 8 units, or learned (as earlier ones of its name)',
    ],
    [
      `promotions:\n  - ${SALE.replace("11T02:00", "10T02:00")}`,
      "10:63 promotions[0].end: got 2026-11-10T02:00, which is not after the start 2026-11-11T00:00; allowed: a later time",
    ],
    [
      `promotions:\n  - ${SALE.replace("2026-11-11T00:00", "tomorrow")}`,
      '10:40 promotions[0].start: got "tomorrow"; allowed: a time such as 2026-11-11T00:00+08:00, or without offset in the target\'s time zone',
    ],
  ])("%s", (lines, said) => {
    expect(linesOf(`${HEAD}${lines}\n`)).toEqual([`  f.yaml:${said}`]);
  });

  it("is counted with the others, and said with the file alone where there is no line", () => {
    expect(formatProblems([{ path: "", message: "got an empty file" }], "f.yaml")).toBe(
      "f.yaml has 1 problem:\n  f.yaml got an empty file",
    );
    expect(formatProblems(problemsIn(`${HEAD}    mode: on\n    staleAfter: x\n`), "f.yaml")).toMatch(
      /^f\.yaml has 2 problems:\n {2}f\.yaml:9:11 .*\n {2}f\.yaml:10:17 /,
    );
  });

  it("in a value that is long is quoted short", () => {
    const [problem] = problemsIn(`targets: { chat: { kind: ${"x".repeat(5_000)} } }`);
    expect(problem?.message.length).toBeLessThan(250);
  });
});

describe("one mistake hides no other", () => {
  it("a promotion that cannot be read, a capacity that does not hold together", () => {
    const text = `${HEAD.replace("min: 1", "min: 13")}promotions:\n  - ${SALE.replace("x3", "3x")}\n`;
    expect(problemsIn(text).map(({ path }) => path)).toEqual([
      "promotions[0].expect",
      "targets.chat.capacity",
    ]);
  });

  it("a rule that cannot be read takes its target out, not the mistakes of the others", () => {
    const bad = `${HEAD}    rules: [{ metric: latency, above: 1s, for: x }]\n`;
    const other = HEAD.replace("targets:\n  chat:", "  other:").replace("min: 1", "min: 13");
    expect(problemsIn(bad + other).map(({ path }) => path)).toEqual([
      "targets.chat.rules[0].for",
      "targets.other.capacity",
    ]);
  });

  it("nor invents one: what names a target that was refused is not refused for it", () => {
    const text = `targets:\n  chat: { kind: lambda }\npromotions:\n  - ${SALE}\n`;
    expect(problemsIn(text).map(({ path }) => path)).toEqual(["targets.chat.kind"]);
  });

  it("promotions keep their number when one before them is refused", () => {
    const text = `${HEAD}promotions:\n  - ${SALE.replace("chat", "shop")}\n  - ${SALE}\n  - ${SALE}\n`;
    expect(linesOf(text)).toEqual([
      '  f.yaml:10:27 promotions[0].target: got "shop"; allowed: chat',
      "  f.yaml:12:5 promotions[2]: repeats promotions[1]: the same name, target and start",
    ]);
  });
});

describe("a mistake in the defaults is said where it stands, once for all targets", () => {
  const TWO = HEAD + HEAD.replace("targets:\n  chat:", "  other:");

  it.each<[string, string]>([
    ["  staleAfter: 3", "f.yaml:2:15 defaults.staleAfter: got 3; allowed: a duration with its unit"],
    ["  demand: { quantile: 40% }", 'f.yaml:2:23 defaults.demand.quantile: got "40%"; allowed: between'],
    ["  objective: { share: 150% }", 'f.yaml:2:23 defaults.objective.share: got "150%"; allowed: above 0%'],
    [
      "  leadTime: { expected: 9m, worst: 5m }",
      "f.yaml:2:36 defaults.leadTime.worst: got 300 s, below the expected",
    ],
    [
      "  rules: [{ metric: gpu, above: 7%, for: 2m }]",
      'f.yaml:2:21 defaults.rules[0].metric: got "gpu"; allowed: ',
    ],
    ["  capacity: { min: 1 }", 'f.yaml:2:13 defaults: got the unknown key "capacity"'],
  ])("%s", (line, said) => {
    const lines = linesOf(`defaults:\n${line}\n${TWO}`);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.slice(2, 2 + said.length)).toBe(said);
  });

  it("but in the target, where the target has a value of its own", () => {
    const text = `defaults:\n  demand: { quantile: 95% }\n${HEAD}    demand: { quantile: 40% }\n`;
    expect(problemsIn(text).map(({ path, line }) => [path, line])).toEqual([
      ["targets.chat.demand.quantile", 11],
    ]);
  });
});
