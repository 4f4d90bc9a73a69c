/** What is refused, with which words and where. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parsePolicyObject, parsePolicyText } from "../../lib/policy/parsePolicy.ts";
import type { Problem } from "../../lib/policy/problems.ts";
import { instant } from "../core/arrange.ts";
import { policyOf, withChat } from "./arrange.ts";

function problemsOf(value: unknown): readonly Problem[] {
  const result = parsePolicyObject(value);
  return result.kind === "problems" ? result.problems : [];
}

describe("a mistake is reported with what was got and what is allowed", () => {
  it.each<[string, unknown, string, string | RegExp]>([
    [
      "a text in a number",
      withChat({ capacity: { min: "x", max: 3 } }),
      "targets.chat.capacity.min",
      'got "x"; allowed: a whole number from 0',
    ],
    [
      "min above max",
      withChat({ capacity: { min: 5, max: 3 } }),
      "targets.chat.capacity",
      "got min 5 above max 3; allowed: min of at most max",
    ],
    [
      "a real-time endpoint at 0",
      withChat({ capacity: { min: 0, max: 3 } }),
      "targets.chat.capacity.min",
      "got 0; allowed: at least 1, a real-time endpoint cannot run at 0",
    ],
    [
      "no unit on a duration",
      withChat({ staleAfter: 3 }),
      "targets.chat.staleAfter",
      "got 3; allowed: a duration with its unit, such as 90s, 8m, 1h30m or 2d",
    ],
    [
      "no percent sign",
      withChat({ objective: { share: "99.9" } }),
      "targets.chat.objective.share",
      'got "99.9"; allowed: a percentage such as 99.9%',
    ],
    [
      "an unknown zone",
      withChat({ timeZone: "Asia/Shanghei" }),
      "targets.chat.timeZone",
      'got "Asia/Shanghei"; allowed: an IANA time zone such as Asia/Shanghai or UTC',
    ],
    [
      "a key mistyped",
      withChat({ leadtime: {} }),
      "targets.chat",
      /^got the unknown key "leadtime" \(did you mean "leadTime"\?\); allowed: kind, endpoint, /,
    ],
    [
      "a kind that is none",
      { targets: { chat: { kind: "lambda" } } },
      "targets.chat.kind",
      /^got kind "lambda"; allowed: sagemaker-variant, /,
    ],
    [
      "a name that AWS would not take",
      withChat({ endpoint: "chat_prod" }),
      "targets.chat.endpoint",
      'got "chat_prod"; allowed: 1 to 63 letters, digits and single hyphens',
    ],
    [
      "an unknown metric",
      withChat({ load: { metric: "invocatons", perUnit: 1 } }),
      "targets.chat.load.metric",
      /^got "invocatons"; allowed: .*\(did you mean invocations\?\); declare others under metrics$/,
    ],
    [
      "a unit load that is no number",
      withChat({ load: { metric: "invocations", perUnit: "many" } }),
      "targets.chat.load.perUnit",
      'got "many"; allowed: a number above 0, or auto (as when it is left out) to have it learned',
    ],
    [
      "a unit load to be learned without a latency to learn it by",
      withChat({ load: { metric: "invocations" }, objective: {} }),
      "targets.chat.load.perUnit",
      "got nothing; allowed: a number above 0, or state objective.latencyP95, which it is learned by",
    ],
    [
      "neither load nor rule",
      withChat({ load: undefined }),
      "targets.chat",
      /^got neither a load nor a rule/,
    ],
    [
      "worst below expected",
      withChat({ leadTime: { expected: "9m", worst: "5m" } }),
      "targets.chat.leadTime.worst",
      "got 300 s, below the expected 540 s; allowed: at least that",
    ],
    [
      "a quantile of the wrong half",
      withChat({ demand: { quantile: "40%" } }),
      "targets.chat.demand.quantile",
      'got "40%"; allowed: between 50% and 100%, such as 95%',
    ],
    [
      "a threshold without its unit",
      withChat({ rules: [{ metric: "gpuUtilization", above: 70, for: "2m" }] }),
      "targets.chat.rules[0].above",
      "got 70; allowed: a percentage such as 70%",
    ],
    [
      "two thresholds",
      withChat({ rules: [{ metric: "queueLength", above: 7, below: 3, for: "2m" }] }),
      "targets.chat.rules[0]",
      "got both of above and below; allowed: exactly one of them",
    ],
    [
      "a window that is none",
      withChat({ rules: [{ metric: "queueLength", above: 7, for: "2 of m" }] }),
      "targets.chat.rules[0].for",
      'got "2 of m"; allowed: a number of minutes such as 2m, or some of them such as 2 of 3m',
    ],
    [
      "an `in` rule above the `out` rule",
      withChat({
        rules: [
          { metric: "gpuUtilization", above: "50%", for: "2m" },
          { metric: "gpuUtilization", below: "60%", for: "2m" },
        ],
      }),
      "targets.chat.rules",
      /the first must be the lower one$/,
    ],
    [
      "a mistake in the defaults",
      withChat({}, { defaults: { mode: "on" } }),
      "defaults.mode",
      'got "on"; allowed: one of shadow, floor, full',
    ],
    [
      "nothing at all",
      undefined,
      "",
      /^got nothing; allowed: a mapping with the keys defaults, targets, promotions$/,
    ],
    ["no target", { targets: {} }, "targets", "got no target; allowed: at least one"],
  ])("%s", (_case, value, path, message) => {
    const problems = problemsOf(value);
    expect(problems.map((each) => each.path)).toContain(path);
    const said = problems.find((each) => each.path === path)?.message ?? "";
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  it("all at once, also those that look at several keys", () => {
    const problems = problemsOf(
      withChat({
        capacty: 1,
        capacity: { min: 4, max: 2 },
        load: { metric: "lod", perUnit: 1 },
        staleAfter: "x",
      }),
    );
    expect(problems.map((each) => each.path).sort()).toEqual([
      "targets.chat",
      "targets.chat.capacity",
      "targets.chat.load.metric",
      "targets.chat.staleAfter",
    ]);
  });
});

describe("a promotion", () => {
  const sale = {
    name: "sale",
    target: "chat",
    start: "2026-11-11T00:00",
    end: "2026-11-11T02:00",
    expect: "x3",
  };
  const promotions = (...each: object[]): unknown =>
    withChat({ timeZone: "Asia/Shanghai" }, { promotions: each });

  it.each<[string, object, object]>([
    ["without an offset is on the target's wall clock", sale, { start: instant("2026-11-10T16:00Z") }],
    [
      "with one is where it says",
      { ...sale, start: "2026-11-11T00:00Z", end: "2026-11-11T02:00Z" },
      { start: instant("2026-11-11T00:00Z") },
    ],
    ["expects a multiple", { ...sale, expect: "x1.5" }, { expect: { multiplier: 1.5 } }],
    ["expects a load", { ...sale, expect: "1200/min" }, { expect: { load: 1_200 } }],
    ["expects units", { ...sale, expect: "8 units" }, { expect: { units: 8 } }],
    ["has a priority", { ...sale, priority: 3 }, { priority: 3 }],
  ])("%s", (_case, written, read) => {
    expect(policyOf(promotions(written)).promotions[0]).toMatchObject({
      name: "sale",
      target: "chat",
      priority: 0,
      ...read,
    });
  });

  it.each<[string, object[], string, RegExp]>([
    [
      "that ends before it starts",
      [{ ...sale, end: "2026-11-10T00:00" }],
      "promotions[0].end",
      /not after the start/,
    ],
    [
      "of an unknown target",
      [{ ...sale, target: "shop" }],
      "promotions[0].target",
      /^got "shop"; allowed: chat$/,
    ],
    [
      "at no time",
      [{ ...sale, start: "2026-02-30T00:00" }],
      "promotions[0].start",
      /^got "2026-02-30T00:00"; allowed: a time such as/,
    ],
    ["of nothing", [{ ...sale, expect: "x0" }], "promotions[0].expect", /^got "x0"; allowed: x3/],
    ["written twice", [sale, sale], "promotions[1]", /^repeats promotions\[0\]/],
  ])("%s is refused", (_case, written, path, message) => {
    const [problem] = problemsOf(promotions(...written));
    expect(problem?.path).toBe(path);
    expect(problem?.message).toMatch(message);
  });
});

describe("a file", () => {
  it.each<[string, string, number | undefined, RegExp]>([
    ["that is empty", "", undefined, /^got an empty file/],
    ["that is a list", "- a", undefined, /^got no mapping/],
    ["that is not YAML", "targets: [", 1, /^is not YAML: /],
    ["with a key twice", "targets: {}\ntargets: {}", 2, /^is not YAML: .*unique/],
    ["with a mistake in its third line", "targets:\n  chat:\n    kind: foo\n", 3, /^got kind "foo"/],
    ["with .nan", "targets: .nan", 1, /^got NaN/],
    ["with __proto__", "targets: { __proto__: { kind: x } }", 1, /./],
    ["of two megabytes", "#".repeat(2_000_000), undefined, /^got 2000000 characters/],
  ])("%s says where and what", (_case, text, line, message) => {
    const result = parsePolicyText(text);
    const [problem] = result.kind === "problems" ? result.problems : [];
    expect(problem?.line).toBe(line);
    expect(problem?.message).toMatch(message);
  });

  it("that grows without end when it is read is refused", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 0; i < 6; i++) {
      const [last, next] = ["abcdefg"[i], "abcdefg"[i + 1]];
      bomb.push(`${next}: &${next} [${new Array(10).fill(`*${last}`).join(", ")}]`);
    }
    const result = parsePolicyText(bomb.join("\n"));
    expect(result.kind).toBe("problems");
  });
});

describe("never throws", () => {
  it("for any text", () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(parsePolicyText(text).kind).toBe("problems")));
  });

  it("for any value, also in the place of a target", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parsePolicyObject(value).kind).toBe("problems");
        expect(parsePolicyObject({ targets: { chat: value } }).kind).toBe("problems");
        expect(["policy", "problems"]).toContain(parsePolicyObject(withChat({ demand: value })).kind);
      }),
    );
  });
});

describe("a required value that is wrong", () => {
  it.each([
    ["endpoint", { endpoint: "b_d" }],
    ["variant", { variant: undefined }],
    ["capacity.max", { capacity: { min: 5, max: "many" } }],
    ["capacity.min", { capacity: { min: -1, max: 4 } }],
    ["load.perUnit", { load: { metric: "invocatons", perUnit: 0 } }],
  ])("does not hide what else is wrong in its target: %s", (path, wrong) => {
    const chat = {
      kind: "sagemaker-variant",
      endpoint: "chat",
      variant: "AllTraffic",
      capacity: { min: 1, max: 4 },
      load: { metric: "invocatons", perUnit: 240 },
      leadTime: { expected: "9m", worst: "3m" },
      ...wrong,
    };
    const result = parsePolicyObject({ targets: { chat } });
    if (result.kind === "policy") throw new Error("accepted");
    expect(result.problems.map((each) => each.path).sort()).toEqual(
      [`targets.chat.${path}`, "targets.chat.leadTime.worst", "targets.chat.load.metric"].sort(),
    );
  });
});
