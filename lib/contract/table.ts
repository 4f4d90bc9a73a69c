/** The one table: keys of its items. docs/architecture.md describes what each holds. */

export const TABLE = { partitionKey: "pk", sortKey: "sk", timeToLive: "expiresAt" } as const;

export const partitionOf = (target: string): string => `TARGET#${target}`;

/** One partition lists the floors of all targets, so that those no longer in the policy are found. */
export const FLOORS_PARTITION = "FLOORS";

export const SORT = {
  /** Lease and memory in one item, so that a single conditional write covers both. */
  state: "STATE",
  forecast: (day: string): string => `FORECAST#${day}`,
  promotion: (id: string): string => `PROMOTION#${id}`,
  override: (id: string): string => `OVERRIDE#${id}`,
  uplift: (id: string): string => `UPLIFT#${id}`,
  unitLoad: "UNITLOAD",
  /** Ten digits of seconds sort as the times do, up to the year 2286. */
  order: (at: number, kind: string): string => `ORDER#${String(at).padStart(10, "0")}#${kind}`,
  /** Ten digits of seconds sort as the times do, up to the year 2286. */
  decision: (at: number, fence: number): string =>
    `DECISION#${String(at).padStart(10, "0")}#${String(fence).padStart(12, "0")}`,
} as const;

/** How long decisions are kept. */
export const DECISION_DAYS = 35;
