/** What no person writes: values without end, values in themselves, names of the language. Nothing throws. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parsePolicyObject, parsePolicyText } from "../../lib/policy/parsePolicy.ts";
import type { Problem } from "../../lib/policy/problems.ts";

const CHAT = {
  kind: "sagemaker-variant",
  endpoint: "chat-prod",
  variant: "AllTraffic",
  capacity: { min: 1, max: 12 },
  load: { metric: "invocations", perUnit: 240 },
};
const withChat = (parts: object, more: object = {}): unknown => ({
  targets: { chat: { ...CHAT, ...parts } },
  ...more,
});
const DIGITS = "9".repeat(400);

function problemsOf(value: unknown): readonly Problem[] {
  const result = parsePolicyObject(value);
  return result.kind === "problems" ? result.problems : [];
}

const circle: Record<string, unknown> = {};
circle["again"] = circle;

describe("a value that no file can hold", () => {
  const allowed = "allowed: texts, numbers, true, false, null, lists and mappings";
  it.each<[string, unknown, string]>([
    ["a function", () => 1, "targets.chat.mode"],
    ["a symbol", Symbol("shadow"), "targets.chat.mode"],
    ["a bigint", 1n, "targets.chat.mode"],
    ["more than 32 levels, or a value in itself", circle, "targets.chat.mode"],
  ])("%s is refused", (got, mode, path) => {
    expect(problemsOf(withChat({ mode }))).toEqual([{ path, message: `got ${got}; ${allowed}` }]);
  });

  it("is refused in YAML too, at its place, where an alias puts a mapping into itself", () => {
    expect(parsePolicyText("targets: &all\n  chat: { kind: sagemaker-variant, mode: *all }\n")).toEqual({
      kind: "problems",
      problems: [expect.objectContaining({ path: "targets.chat.mode", line: 2, column: 42 })],
    });
  });
});

it.each<[string, unknown, string]>([
  ["a latency", withChat({ objective: { latencyP95: `${DIGITS}s` } }), "targets.chat.objective.latencyP95"],
  ["a share", withChat({ demand: { recentHeadroom: `${DIGITS}%` } }), "targets.chat.demand.recentHeadroom"],
  ["a step", withChat({ scaleIn: { maxStep: DIGITS } }), "targets.chat.scaleIn.maxStep"],
  ["a duration", withChat({ staleAfter: `${DIGITS}s` }), "targets.chat.staleAfter"],
  ["a number", withChat({ load: { metric: "invocations", perUnit: 1e300 } }), "targets.chat.load.perUnit"],
  [
    "a threshold",
    withChat({ rules: [{ metric: "errorRate", above: `${DIGITS}%`, for: "1m" }] }),
    "targets.chat.rules[0].above",
  ],
  [
    "an expectation",
    withChat(
      {},
      {
        promotions: [
          {
            name: "a",
            target: "chat",
            start: "2026-11-11T00:00",
            end: "2026-11-12T00:00",
            expect: `x${DIGITS}`,
          },
        ],
      },
    ),
    "promotions[0].expect",
  ],
])("%s too large for a number is refused, not infinite", (_case, value, path) => {
  expect(problemsOf(value).map((each) => each.path)).toEqual([path]);
});

it.each(["0%", "100.1%", "150%"])("an objective of %s of the requests is refused", (share) => {
  expect(problemsOf(withChat({ objective: { share } }))).toEqual([
    {
      path: "targets.chat.objective.share",
      message: `got "${share}"; allowed: above 0% and at most 100%, such as 99.9%`,
    },
  ]);
});

describe("names of the language", () => {
  it("are names of targets like others", () => {
    const result = parsePolicyObject({ targets: { constructor: CHAT, toString: CHAT } });
    expect(result.kind === "policy" && result.policy.targets.map(({ id }) => id)).toEqual([
      "constructor",
      "toString",
    ]);
  });

  it.each(["constructor", "toString", "hasOwnProperty"])("are no metrics: %s", (metric) => {
    expect(problemsOf(withChat({ rules: [{ metric, above: 1, for: "1m" }] }))[0]?.path).toBe(
      "targets.chat.rules[0].metric",
    );
  });

  it("__proto__ in the defaults is an unknown key and changes no target", () => {
    const text = `defaults: { __proto__: { mode: full } }\ntargets: { chat: ${JSON.stringify(CHAT)} }`;
    const result = parsePolicyText(text);
    expect(result.kind === "problems" && result.problems.map((each) => each.message)).toEqual([
      expect.stringMatching(/^got the unknown key "__proto__"; allowed: mode, /),
    ]);
    expect(({} as Record<string, unknown>)["mode"]).toBeUndefined();
  });
});

describe("a file that grows when it is read", () => {
  it("is refused for its aliases", () => {
    const lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [last, next] of ["ab", "bc", "cd", "de", "ef"]) {
      lines.push(`${next}: &${next} [${new Array(10).fill(`*${last}`).join(", ")}]`);
    }
    expect(parsePolicyText(lines.join("\n"))).toEqual({
      kind: "problems",
      problems: [{ path: "", message: expect.stringMatching(/^cannot be read: Excessive alias count/) }],
    });
  });

  it("is read when its aliases only save typing", () => {
    const text = `targets:\n  a: &a ${JSON.stringify(CHAT)}\n  b: *a\n`;
    const result = parsePolicyText(text);
    expect(result.kind === "policy" && result.policy.targets.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it.each(["[", "{a: ", "- "])("nested without end: %j", (part) => {
    expect(parsePolicyText(part.repeat(20_000)).kind).toBe("problems");
  });
});

describe("the kinds of target", () => {
  const { capacity, load } = CHAT;
  const KINDS: [string, Record<string, string>][] = [
    ["sagemaker-variant", { endpoint: "chat", variant: "All" }],
    ["sagemaker-inference-component", { component: "chat" }],
    ["sagemaker-async-variant", { endpoint: "chat", variant: "All" }],
    ["eks-nodegroup", { cluster: "prod", nodegroup: "gpu" }],
    ["kubernetes-workload", { cluster: "prod", namespace: "ai", workload: "deployment/chat" }],
  ];

  it.each(KINDS)("%s is known by its own keys", (kind, identity) => {
    const result = parsePolicyObject({ targets: { chat: { kind, ...identity, capacity, load } } });
    expect(result.kind === "policy" && result.policy.targets[0]).toMatchObject({ kind, resource: identity });
  });

  it.each(
    KINDS.flatMap(([kind, identity]) => Object.keys(identity).map((key) => [kind, key, identity] as const)),
  )("%s needs its %s", (kind, key, { [key]: _without, ...identity }) => {
    const problems = problemsOf({ targets: { chat: { kind, ...identity, capacity, load } } });
    expect(problems.map(({ path }) => path)).toEqual([`targets.chat.${key}`]);
    expect(problems[0]?.message).toMatch(/^got nothing; allowed: /);
  });

  it.each(KINDS)("%s: whether its minimum may be 0", (kind, identity) => {
    const problems = problemsOf({
      targets: { chat: { kind, ...identity, capacity: { min: 0, max: 2 }, load } },
    });
    expect(problems.map(({ path }) => path)).toEqual(
      kind === "sagemaker-variant" ? ["targets.chat.capacity.min"] : [],
    );
  });
});

describe("never throws", () => {
  const isResult = (kind: string): boolean => ["policy", "problems"].includes(kind);
  const keys = fc.constantFrom(
    "mode",
    "demand",
    "rules",
    "metrics",
    "leadTime",
    "scaleIn",
    "price",
    "capacity",
    "load",
  );
  const word = fc.oneof(
    keys,
    fc.constantFrom("5m", "50%", "x3", ".nan", "*a", "&a", "~", "- ", "{", "]", "!!set"),
  );

  it("for any value in the place of any key, in a target or in the defaults", () => {
    fc.assert(
      fc.property(keys, fc.jsonValue(), (key, value) => {
        const target = parsePolicyObject(withChat({ [key]: value }));
        const inDefaults = parsePolicyObject(withChat({}, { defaults: { [key]: value } }));
        expect([target, inDefaults].every(({ kind }) => isResult(kind))).toBe(true);
      }),
    );
  });

  it("for any promotions", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (promotions) => {
        expect(parsePolicyObject(withChat({}, { promotions })).kind).toBe("problems");
      }),
    );
  });

  it("for texts that look like a policy", () => {
    const line = fc
      .tuple(fc.nat(4), keys, word)
      .map(([indent, key, value]) => `${"  ".repeat(indent)}${key}: ${value}`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expect(parsePolicyText(["targets:", "  chat:", ...lines].join("\n")).kind).toBe("problems");
      }),
    );
  });
});
