/** What a person orders for now: pause, pin, freeze scale-in, and taking it back. */
import type { Override } from "../core/promotion.ts";
import { type EpochSeconds, isoOf } from "../core/time.ts";
import type { World } from "./world.ts";

export interface Order {
  readonly target: string;
  readonly kind: Override["kind"];
  /** With `pin` only: a whole number. */
  readonly units?: number;
  readonly until: EpochSeconds | null;
  readonly reason: string;
}

export type OrderReport =
  | { readonly kind: "in force"; readonly override: Override }
  | { readonly kind: "refused"; readonly why: string };

/** Puts an override in force. There is one of each kind for a target: ordering it again replaces it. */
export async function order(world: World, wish: Order, now: EpochSeconds): Promise<OrderReport> {
  const { target, kind, units, until, reason } = wish;
  if (kind === "pin" && !(units !== undefined && Number.isInteger(units) && units >= 0)) {
    return { kind: "refused", why: `pin needs a whole number of units, got ${units ?? "none"}` };
  }
  if (kind !== "pin" && units !== undefined) {
    return { kind: "refused", why: `${kind} takes no units, got ${units}; pin does` };
  }
  if (until !== null && until <= now) {
    return {
      kind: "refused",
      why: `it would end at ${isoOf(until)}, which is past; give a later time or none`,
    };
  }
  const override: Override = {
    id: kind,
    target,
    kind,
    until,
    reason,
    ...(units === undefined ? {} : { units }),
  };
  // First in force, then noted: an order that is lost from the log is only learned from as ordinary load.
  await world.overrides.put(override);
  await world.overrides.note({ target, kind, at: now, until });
  return { kind: "in force", override };
}

/** Takes an override back; `false` when it was not in force. */
export async function withdraw(
  world: World,
  target: string,
  kind: Override["kind"],
  now: EpochSeconds,
): Promise<boolean> {
  const existed = await world.overrides.remove(target, kind);
  if (existed) await world.overrides.note({ target, kind, at: now, until: now });
  return existed;
}
