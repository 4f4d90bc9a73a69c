/** The shape of what has dates: promotions and declared events, as people write them. */
import { z } from "zod";
import type { Expectation } from "../core/promotion.ts";
import { DEFAULTS } from "./defaults.ts";
import { ID, named, oneOf, saying, strict, written } from "./fields.ts";
import { TIME_WORDS } from "./times.ts";

const EXPECT_WORDS =
  "x3 (times the usual load), 1200/min (a load), 8 units, or learned (as earlier ones of its name)";

export const promotion = strict({
  name: named(/^[^\s,=][^,=]{0,62}$/, "1 to 63 characters without comma and equals sign", "Its name"),
  target: named(ID, "the name of a target", "Whose load it raises"),
  start: z
    .string({ error: (issue) => saying(issue.input, TIME_WORDS) })
    .meta({ description: `Start: ${"ISO time"}` }),
  end: z
    .string({ error: (issue) => saying(issue.input, TIME_WORDS) })
    .meta({ description: "End, exclusive" }),
  expect: written(parseExpectation, EXPECT_WORDS, "What is expected").prefault(DEFAULTS.promotion.expect),
  priority: z
    .int({ error: (issue) => saying(issue.input, "a whole number") })
    .meta({ description: "Where promotions overlap, the highest counts" })
    .prefault(DEFAULTS.promotion.priority),
});

function parseExpectation(text: string): Expectation | null {
  if (text.trim() === "learned") return { learned: null };
  const multiple = /^[x×]\s*(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (multiple !== null) return positive(Number(multiple[1]), (multiplier) => ({ multiplier }));
  const load = /^(\d+(?:\.\d+)?)\s*\/\s*min$/.exec(text.trim());
  if (load !== null) return positive(Number(load[1]), (value) => ({ load: value }));
  const units = /^(\d+)\s*units?$/.exec(text.trim());
  return units === null ? null : positive(Number(units[1]), (value) => ({ units: value }));
}

const positive = <T>(value: number, make: (value: number) => T): T | null =>
  value > 0 && Number.isFinite(value) ? make(value) : null;

const EVENT_NAME = "1 to 63 characters";
const FACTOR_WORDS = "how many times the load before it, such as x2 or x0.5";

/** Which keys go together is checked later, where it can be said. */
export const event = strict({
  name: named(/^\S.{0,62}$/u, EVENT_NAME, "Its name; last-time looks for the same one"),
  kind: oneOf(["days", "level-shift"], "Days that go otherwise, or a load that stays changed").prefault(
    "days",
  ),
  date: z
    .string({ error: (issue) => saying(issue.input, "a date such as 2026-12-25") })
    .meta({ description: "The one day, such as 2026-12-25" })
    .optional(),
  from: z
    .string({ error: (issue) => saying(issue.input, `a date such as 2026-12-24, or ${TIME_WORDS}`) })
    .meta({ description: "First day; or, for a part of a day, its start" })
    .optional(),
  to: z
    .string({ error: (issue) => saying(issue.input, `a date such as 2026-12-26, or ${TIME_WORDS}`) })
    .meta({ description: "Last day, included; or, for a part of a day, its end" })
    .optional(),
  like: oneOf(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "last-time", "masked"],
    `How the days go (${DEFAULTS.event.like} when left out): as that weekday, as the event of the same name last time, or not to be learned from`,
  ).optional(),
  at: z
    .string({ error: (issue) => saying(issue.input, TIME_WORDS) })
    .meta({ description: "When the level shifts" })
    .optional(),
  factor: written(
    parseFactor,
    FACTOR_WORDS,
    "By how much; told from the load itself when left out",
  ).optional(),
});

function parseFactor(text: string): number | null {
  const factor = Number(/^[x×]\s*(\d+(?:\.\d+)?)$/.exec(text.trim())?.[1] ?? Number.NaN);
  return factor > 0 && Number.isFinite(factor) ? factor : null;
}

export type WrittenEvent = z.output<typeof event>;
export type WrittenPromotion = z.output<typeof promotion>;
