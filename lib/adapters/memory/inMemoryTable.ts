/** Items by target and id: what the in-memory stores of promotions, overrides and decisions have in common. */
import { frozen } from "./frozen.ts";

/** Items are frozen as they come in. */
export class InMemoryTable<T> {
  private readonly byTarget = new Map<string, Map<string, T>>();

  get(target: string, id: string): T | undefined {
    return this.byTarget.get(target)?.get(id);
  }

  /** Adds the item or replaces the one with the same target and id. */
  put(target: string, id: string, item: T): void {
    const items = this.byTarget.get(target) ?? new Map<string, T>();
    items.set(id, frozen(item));
    this.byTarget.set(target, items);
  }

  /** `false` when there was none. */
  remove(target: string, id: string): boolean {
    return this.byTarget.get(target)?.delete(id) ?? false;
  }

  /** Every item of every target. */
  *all(): Generator<T> {
    for (const items of this.byTarget.values()) yield* items.values();
  }

  /** The items of a target that `matches` accepts, in a new array. */
  select(target: string, matches: (item: T) => boolean): T[] {
    const found: T[] = [];
    for (const item of this.byTarget.get(target)?.values() ?? []) if (matches(item)) found.push(item);
    return found;
  }
}

/** The order of ids as DynamoDB has it for ASCII: by code unit, not by language. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
