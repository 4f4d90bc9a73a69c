/** What can be asked of promotions: announcing, withdrawing, listing, and the timers that wake at their times. */
import { z } from "zod";
import { instant, type Parsed, sayIssues, setAside, understood } from "../lambda/parsed.ts";

const target = z.string().min(1).max(63);
const amount = z.number().positive();

const timer = z.object({
  kind: z.literal("timer"),
  target,
  promotion: z.string().min(1).max(256),
  scheduledTime: instant,
});

/** Times with an offset: the wall clock of whoever calls is not known here. */
const time = z.iso.datetime({
  offset: true,
  error: "give an ISO time with offset, such as 2026-11-11T00:00:00+08:00",
});

const add = z.strictObject({
  action: z.literal("add"),
  target,
  name: z.string().regex(/^[^\s,=][^,=]{0,62}$/, "1 to 63 characters without comma and equals sign"),
  start: time.transform((text) => Math.floor(Date.parse(text) / 1000)),
  end: time.transform((text) => Math.floor(Date.parse(text) / 1000)),
  /** Left out: as earlier promotions of the name were. */
  expect: z
    .union([
      z.strictObject({ multiplier: amount }),
      z.strictObject({ load: amount }),
      z.strictObject({ units: z.int().positive() }),
    ])
    .exactOptional(),
  priority: z.int().default(0),
});

const remove = z.strictObject({ action: z.literal("remove"), target, id: z.string().min(1).max(256) });
const list = z.strictObject({ action: z.literal("list"), target });

const order = z.discriminatedUnion("action", [add, remove, list]);

export type PromotionEvent = z.output<typeof timer> | z.output<typeof order>;

export function parsePromotionEvent(event: unknown): Parsed<PromotionEvent> {
  const isOrder = typeof event === "object" && event !== null && "action" in event;
  const parsed = isOrder ? order.safeParse(event) : timer.safeParse(event);
  return parsed.success
    ? understood<PromotionEvent>(parsed.data)
    : setAside(`it is neither a timer nor one of the actions add, remove, list: ${sayIssues(parsed.error)}`);
}
