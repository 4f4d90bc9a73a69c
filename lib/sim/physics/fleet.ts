/** The units of one target: asked for, starting, ready, released; and the lock that the platform puts on changes. */
import type { CapacityState, Outcome } from "../../core/capacity.ts";
import type { EpochSeconds } from "../../core/time.ts";
import { type Fault, faultAt } from "./fault.ts";
import { PLATFORMS, type SimPlatform } from "./platform.ts";

export interface FleetOptions {
  readonly platform: SimPlatform;
  /** Draws the lead time of the next start, in seconds. */
  readonly drawLeadTime: () => number;
  readonly faults: readonly Fault[];
}

/** Observed by others: an endpoint without capacity stays `Updating` for about half an hour before it says so. */
const GIVE_UP_SECONDS = 31 * 60;

interface Start {
  readonly askedAt: EpochSeconds;
  readonly readyAt: EpochSeconds;
  readonly fails: boolean;
  /** An instance was there; for want of capacity there is none. */
  readonly billed: boolean;
}

const LOCKED = {
  sagemaker: { why: "the endpoint is Updating" },
  nodegroup: { why: "the node group is being updated" },
  kubernetes: { why: "the workload is being changed" },
} as const;

/** Mutable: one for each run, stepped through time. */
export class Fleet {
  ready: number;
  /** Unit-seconds from asking to release, as billed. Units that cannot be had are not. */
  unitSeconds = 0;
  private desired: number;
  /** Never changed in place, so that what was made from it can be kept. */
  private starts: readonly Start[] = [];
  private shown: { readonly of: readonly Start[]; readonly askedAt: readonly EpochSeconds[] } | null = null;
  private lockedUntil: EpochSeconds | null = null;
  private changedAt: EpochSeconds | null = null;
  private problem: string | null = null;
  private minimum: number | null = null;
  private readonly options: FleetOptions;

  constructor(units: number, options: FleetOptions) {
    this.ready = units;
    this.desired = units;
    this.options = options;
  }

  /** Desired units; what is starting is part of it. */
  get asked(): number {
    return this.desired;
  }

  /** When each unit was asked for that is still starting. */
  get starting(): readonly EpochSeconds[] {
    if (this.shown?.of !== this.starts) {
      this.shown = { of: this.starts, askedAt: this.starts.map(({ askedAt }) => askedAt) };
    }
    return this.shown.askedAt;
  }

  /** When the last change was finished, as a cooldown counts it. */
  get settledAt(): EpochSeconds | null {
    return this.lockedUntil ?? this.changedAt;
  }

  state(now: EpochSeconds): CapacityState {
    const { desired, ready, changedAt, problem, minimum } = this;
    const locked = this.isLocked(now) ? LOCKED[this.options.platform] : null;
    return { desired, ready, locked, changedAt, problem, minimum };
  }

  isLocked(now: EpochSeconds): boolean {
    return this.lockedUntil !== null && now < this.lockedUntil;
  }

  /** Asks for exactly `units`. Returns what the platform answers; `killed` units stop at once. */
  ask(units: number, now: EpochSeconds): Outcome {
    if (!Number.isInteger(units) || units < 0) {
      return { kind: "refused", why: `units must be a whole number of at least 0, got ${units}` };
    }
    if (units === this.desired) return { kind: "accepted", units };
    if (this.isLocked(now)) return { kind: "deferred", ...LOCKED[this.options.platform] };
    this.problem = null;
    this.changedAt = now;
    if (units > this.desired) this.start(units - this.desired, now);
    else this.release(this.desired - units, now);
    this.desired = units;
    return { kind: "accepted", units };
  }

  /** Floor mode: the platform raises what is below its minimum at once and never lowers for it. */
  askMinimum(units: number, now: EpochSeconds): Outcome {
    if (!Number.isInteger(units) || units < 0) {
      return { kind: "refused", why: `the minimum must be a whole number of at least 0, got ${units}` };
    }
    if (units > this.desired) {
      const outcome = this.ask(units, now);
      if (outcome.kind !== "accepted") return outcome;
    }
    this.minimum = units;
    return { kind: "accepted", units };
  }

  /** Lets time pass to `now`: starts become ready, fail, or are given up. `seconds` since the last call are billed. */
  advance(now: EpochSeconds, seconds: number): void {
    this.unitSeconds += (this.ready + this.billedStarts()) * seconds;
    if (this.starts.length === 0) return;
    const due = this.starts.filter((start) => start.readyAt <= now);
    if (due.length === 0) return;
    this.starts = this.starts.filter((start) => start.readyAt > now);
    const failed = due.filter((start) => start.fails);
    this.ready += due.length - failed.length;
    if (failed.length > 0) this.rollBack(failed, now);
  }

  private get shortLockSeconds(): number {
    return PLATFORMS[this.options.platform].shortLockSeconds;
  }

  private billedStarts(): number {
    let billed = 0;
    for (const start of this.starts) if (start.billed) billed++;
    return billed;
  }

  private start(count: number, now: EpochSeconds): void {
    const { faults, platform, drawLeadTime } = this.options;
    const { lock, shortLockSeconds } = PLATFORMS[platform];
    const none = faultAt(faults, "no capacity", now) !== undefined;
    const breaks = faultAt(faults, "failed start", now) !== undefined;
    const added = Array.from({ length: count }, (_, i): Start => {
      const seconds = none ? GIVE_UP_SECONDS : drawLeadTime();
      const fails = none || (breaks && i === 0);
      return { askedAt: now, readyAt: now + seconds, fails, billed: !none };
    });
    this.starts = [...this.starts, ...added];
    const last = this.starts.reduce((latest, { readyAt }) => Math.max(latest, readyAt), now);
    this.lockedUntil = lock === "until ready" ? last : now + shortLockSeconds;
  }

  /** Starting units go first: they serve nobody yet. */
  private release(count: number, now: EpochSeconds): void {
    const cancelled = Math.min(count, this.starts.length);
    this.starts = this.starts.slice(0, this.starts.length - cancelled);
    this.ready -= count - cancelled;
    this.lockedUntil = now + this.shortLockSeconds;
  }

  /** The platform undoes the rest of the failed changes and says why; it takes as long as a small change. */
  private rollBack(failed: readonly Start[], now: EpochSeconds): void {
    this.starts = this.starts.filter(({ askedAt }) => !failed.some((each) => each.askedAt === askedAt));
    this.desired = this.ready + this.starts.length;
    this.changedAt = now;
    this.lockedUntil = now + this.shortLockSeconds;
    this.problem = "the last change failed and was rolled back: units could not be provisioned";
  }
}
