/** The in-memory twin of promotions' timers, for tests: it keeps what is planned and wakes nobody. */
import type { EpochSeconds } from "../../core/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PromotionTimers } from "../../ports/promotionTimers.ts";
import { InMemoryTable } from "./inMemoryTable.ts";

export class InMemoryPromotionTimers implements PromotionTimers {
  private readonly table = new InMemoryTable<readonly EpochSeconds[]>();
  private readonly clock: Clock;
  private failure: string | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** The instants at which it would wake the controller for this promotion, in order. */
  planned(target: string, promotion: string): readonly EpochSeconds[] {
    return (this.table.get(target, promotion) ?? []).filter((each) => each > this.clock.now());
  }

  /** From now on nothing can be set or cleared, for this reason; null mends it. */
  fail(why: string | null): void {
    this.failure = why;
  }

  async set(target: string, promotion: string, at: readonly EpochSeconds[]): Promise<void> {
    this.failIfAsked();
    this.table.put(
      target,
      promotion,
      [...new Set(at)].sort((a, b) => a - b),
    );
  }

  async clear(target: string, promotion: string): Promise<void> {
    this.failIfAsked();
    this.table.remove(target, promotion);
  }

  private failIfAsked(): void {
    if (this.failure !== null) throw new Error(`the timers could not be reached: ${this.failure}`);
  }
}
