/** A promotion as words of the command line: `name=11.11,start=2026-11-11T00:00Z,for=2h,expect=x3`. */
import type { TargetPolicy } from "../core/policy.ts";
import type { Promotion } from "../core/promotion.ts";
import { parseDuration } from "../policy/durations.ts";
import { parsePolicyObject } from "../policy/parsePolicy.ts";
import type { Problem } from "../policy/problems.ts";
import { UsageError } from "./exit.ts";

const KEYS = ["name", "start", "end", "for", "expect", "priority"] as const;

/**
 * Parses the words with the policy's own schema, so that both say the same about times, zones and expectations.
 * Throws a UsageError with what is wrong.
 */
export function parsePromotionWords(words: string, target: Pick<TargetPolicy, "id" | "timeZone">): Promotion {
  const given = Object.fromEntries(words.split(",").map((word) => splitWord(word, words)));
  const { start = "", for: length, priority, ...rest } = given;
  const end = length === undefined ? given["end"] : endAfter(start, length, words);
  const promotion = {
    ...rest,
    start,
    end,
    target: "t",
    ...(priority === undefined ? {} : { priority: Number(priority) }),
  };
  const result = parsePolicyObject({
    targets: {
      t: {
        kind: "sagemaker-variant",
        endpoint: "endpoint",
        variant: "AllTraffic",
        timeZone: target.timeZone,
        capacity: { min: 1, max: 1 },
        load: { metric: "invocations", perUnit: 1 },
      },
    },
    promotions: [promotion],
  });
  if (result.kind === "problems") {
    const problems = result.problems.map(sayProblem).join("; ");
    throw new UsageError(`--promotion ${words}: ${problems}`);
  }
  return { ...(result.policy.promotions[0] as Promotion), target: target.id };
}

/** The key that the person wrote, without the place in the policy that was made around it. */
const sayProblem = ({ path, message }: Problem): string =>
  `${path.replace(/^promotions\[0\]\.?/, "")}: ${message}`.replace(/^: /, "");

function splitWord(word: string, words: string): [string, string] {
  const [key = "", ...value] = word.split("=");
  const name = key.trim();
  if (!KEYS.some((each) => each === name) || value.length === 0) {
    throw new UsageError(
      `--promotion ${words}: got "${word}", allowed are ${KEYS.map((each) => `${each}=…`).join(", ")}`,
    );
  }
  return [name, value.join("=").trim()];
}

/** The end is written like the start, with its zone or without, so it is made from the start's own text. */
function endAfter(start: string, length: string, words: string): string {
  const seconds = parseDuration(length);
  const [, wall = "", zone = ""] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(.*)$/.exec(start) ?? [];
  const from = Date.parse(`${wall}Z`);
  if (seconds === null || Number.isNaN(from)) {
    throw new UsageError(
      `--promotion ${words}: for= needs a start such as 2026-11-11T00:00Z and a duration such as 2h, got start=${start} for=${length}`,
    );
  }
  const end = new Date(from + seconds * 1000).toISOString().slice(0, 19);
  return `${end}${zone}`;
}
