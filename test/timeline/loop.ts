/**
 * A small world for stories: one target, one wake-up a minute, and a platform that does what it is asked after the time
 * that a start takes. It feeds each decision the memory of the one before, and nothing else.
 */

import type { CapacityState } from "../../lib/core/capacity.ts";
import { decide } from "../../lib/core/decide/decide.ts";
import type { Decision } from "../../lib/core/decision.ts";
import type { Bands, ErrorTable } from "../../lib/core/forecast/forecast.ts";
import { EMPTY_MEMORY, type Memory } from "../../lib/core/memory.ts";
import { locksUntilReady, type TargetPolicy } from "../../lib/core/policy.ts";
import type { Override, Promotion } from "../../lib/core/promotion.ts";
import type { Series, Statistic } from "../../lib/core/reading.ts";
import { type EpochSeconds, isoOf, MINUTE_SECONDS } from "../../lib/core/time.ts";
import {
  forecastOf,
  instant,
  LEAD_SECONDS,
  NO_ERRORS,
  NO_FORECAST,
  PER_UNIT,
  WIDE_BANDS,
} from "../core/arrange.ts";

/** `08:30`, or `+1 00:15` for the next day. */
export type Clock = string;
export const at = (clock: Clock): EpochSeconds =>
  clock.startsWith("+1 ") ? instant(`2025-11-12T${clock.slice(3)}Z`) : instant(`2025-11-11T${clock}Z`);
const clockOf = (time: EpochSeconds): Clock => isoOf(time).slice(11, 16);

/** Of the minute that starts at `minute`; null is missing. */
type Measured = (minute: EpochSeconds) => number | null;

export interface Story {
  readonly policy: TargetPolicy;
  readonly from: Clock;
  readonly to: Clock;
  /** Ready at the beginning. */
  readonly units: number;
  readonly load: Measured;
  /** Path of the forecast; none without it. */
  readonly forecast?: (time: EpochSeconds) => number;
  /** None, and no correction for the level of the day, without it. */
  readonly errors?: ErrorTable;
  /** Errors of single slots, for when there is no last hour to compare with; wide without them. */
  readonly bands?: Bands;
  readonly metrics?: readonly {
    readonly metric: string;
    readonly statistic: Statistic;
    readonly value: Measured;
  }[];
  readonly promotions?: readonly Promotion[];
  readonly overrides?: (now: EpochSeconds) => readonly Override[];
  /** What a start takes; as long as the policy says without it. */
  readonly startSeconds?: number;
  /** Starts that are asked for while this holds fail and are rolled back. */
  readonly isShort?: (now: EpochSeconds) => boolean;
  /** Units that have crashed and are being restarted. */
  readonly crashed?: (now: EpochSeconds) => number;
}

/** What a wake-up saw and decided. `ready` serve from this minute on. */
export interface Frame {
  readonly now: EpochSeconds;
  readonly clock: Clock;
  /** Requests of the minute that begins now. */
  readonly load: number;
  readonly desired: number;
  readonly ready: number;
  readonly locked: boolean;
  readonly decision: Decision;
  /** Whether the platform was asked for a change. */
  readonly asked: boolean;
  readonly memory: Memory;
}

interface Start {
  readonly units: number;
  readonly endsAt: EpochSeconds;
  readonly fails: boolean;
}

/** Full mode on a platform that never refuses; a locking one takes nothing while a start is under way. */
class Platform {
  desired: number;
  private starts: readonly Start[] = [];
  private problem: string | null = null;
  private readonly story: Story;

  constructor(story: Story) {
    this.story = story;
    this.desired = story.units;
  }

  look(now: EpochSeconds): CapacityState {
    const ended = this.starts.filter(({ endsAt }) => endsAt <= now);
    this.starts = this.starts.filter(({ endsAt }) => endsAt > now);
    for (const { units, fails } of ended) {
      if (fails) this.desired -= units;
      this.problem = fails ? "no capacity for this instance type" : null;
    }
    const locks = locksUntilReady(this.story.policy.kind) && this.starts.length > 0;
    const starting = this.starts.reduce((sum, { units }) => sum + units, 0);
    return {
      desired: this.desired,
      ready: Math.max(0, this.desired - starting - (this.story.crashed?.(now) ?? 0)),
      locked: locks ? { why: "endpoint chat is Updating" } : null,
      changedAt: null,
      problem: this.problem,
      minimum: null,
    };
  }

  ask(units: number, now: EpochSeconds): void {
    const more = units - this.desired;
    this.desired = units;
    if (more < 0) this.cancel(-more);
    else this.starts = [...this.starts, this.start(more, now)];
  }

  private start(units: number, now: EpochSeconds): Start {
    const { startSeconds = LEAD_SECONDS, isShort } = this.story;
    return { units, endsAt: now + startSeconds, fails: isShort?.(now) ?? false };
  }

  /** Units that have not started go first. */
  private cancel(units: number): void {
    let rest = units;
    this.starts = this.starts
      .map((start) => {
        const gone = Math.min(rest, start.units);
        rest -= gone;
        return { ...start, units: start.units - gone };
      })
      .filter((start) => start.units > 0);
  }
}

/** Plays a story minute by minute. */
export function play(story: Story): readonly Frame[] {
  const platform = new Platform(story);
  const frames: Frame[] = [];
  let memory = EMPTY_MEMORY;
  for (let now = at(story.from); now < at(story.to); now += MINUTE_SECONDS) {
    const capacity = platform.look(now);
    const decision = decide(story.policy, observe(story, capacity, now), memory);
    const paused = decision.overrides.some(({ kind }) => kind === "pause");
    const asked = decision.desired !== capacity.desired && capacity.locked === null && !paused;
    if (asked) platform.ask(decision.desired, now);
    memory = decision.memory;
    frames.push({
      now,
      clock: clockOf(now),
      load: story.load(now) ?? 0,
      desired: platform.desired,
      ready: capacity.ready,
      locked: capacity.locked !== null,
      decision,
      asked,
      memory,
    });
  }
  return frames;
}

function observe(story: Story, capacity: CapacityState, now: EpochSeconds) {
  const series = (metric: string, statistic: Statistic, value: Measured): Series => ({
    metric,
    statistic,
    end: now,
    values: Array.from({ length: 60 }, (_, i) => value(now - (60 - i) * MINUTE_SECONDS)),
  });
  return {
    now,
    capacity,
    load: series("invocations", "sum", story.load),
    metrics: (story.metrics ?? []).map((each) => series(each.metric, each.statistic, each.value)),
    forecast:
      story.forecast === undefined
        ? NO_FORECAST
        : forecastOf(story.forecast, {
            now,
            errors: story.errors ?? NO_ERRORS,
            bands: story.bands ?? WIDE_BANDS,
          }),
    promotions: story.promotions ?? [],
    overrides: story.overrides?.(now) ?? [],
  };
}

/** The wake-up at a time of day. */
export function frameAt(frames: readonly Frame[], clock: Clock): Frame {
  const frame = frames.find(({ now }) => now === at(clock));
  if (frame === undefined) throw new RangeError(`the story has no ${clock}`);
  return frame;
}

/** Wake-ups from one time of day until before another. */
export const between = (frames: readonly Frame[], from: Clock, to: Clock): readonly Frame[] =>
  frames.filter(({ now }) => at(from) <= now && now < at(to));

/** Minutes that began with fewer ready units than their load needs. */
export const missedMinutes = (frames: readonly Frame[]): readonly Clock[] =>
  frames.filter(({ load, ready }) => load > ready * PER_UNIT).map(({ clock }) => clock);

/** What was asked of the platform, as `08:10 4 → 7`. */
export const asksOf = (frames: readonly Frame[]): readonly string[] =>
  frames
    .filter(({ asked }) => asked)
    .map(({ clock, decision }) => `${clock} ${decision.from} → ${decision.desired}`);

export const scaleIns = (frames: readonly Frame[]): readonly Frame[] =>
  frames.filter(({ asked, decision }) => asked && decision.desired < decision.from);
export const scaleOuts = (frames: readonly Frame[]): readonly Frame[] =>
  frames.filter(({ asked, decision }) => asked && decision.desired > decision.from);

export const unitMinutes = (frames: readonly Frame[]): number =>
  frames.reduce((sum, { desired }) => sum + desired, 0);

/** A load that changes at times of day: `[["08:00", 200], ["09:00", 900]]`; the first also holds before. */
export function steps(...changes: readonly (readonly [Clock, number])[]): (time: EpochSeconds) => number {
  return (time) => (changes.findLast(([clock]) => at(clock) <= time) ?? changes[0] ?? ["00:00", 0])[1];
}
