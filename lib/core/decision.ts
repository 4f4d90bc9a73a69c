/** A decision and its record: everything it was made from, and everything that took part in it. */
import type { CapacityState, Outcome } from "./capacity.ts";
import type { ForecastView } from "./forecast/forecast.ts";
import type { MissingForecast } from "./forecast/view.ts";
import type { Memory } from "./memory.ts";
import type { Mode } from "./policy.ts";
import type { Override, Promotion } from "./promotion.ts";
import type { Series } from "./reading.ts";
import type { EpochSeconds } from "./time.ts";
import type { UnitLoad } from "./unitLoad/unitLoad.ts";

/**
 * What the platform's own alarm on a rule says. `quiet`: not breaching, its metric was not read. `ringing`: breaching,
 * its metric was read too. `blind`: it has no data.
 */
export interface RuleAlarm {
  /** The rule's `path`. */
  readonly rule: string;
  readonly state: "quiet" | "ringing" | "blind";
}

/** What was observed: with the policy and the memory, all that a decision depends on. */
export interface Situation {
  readonly now: EpochSeconds;
  readonly capacity: CapacityState;
  /** The load of the last hour; null for a target whose policy states no load. */
  readonly load: Series | null;
  /** The load of the last sixty seconds, where it is published more often than every minute. */
  readonly newestMinute?: Series;
  /** One series for every metric and statistic of the rules, but for rules whose alarm is quiet or blind. */
  readonly metrics: readonly Series[];
  /** Absent where no alarm watches the rules: then every metric is read. */
  readonly alarms?: readonly RuleAlarm[];
  readonly forecast: ForecastView | MissingForecast;
  readonly promotions: readonly Promotion[];
  readonly overrides: readonly Override[];
  /** What was learned of the unit load; absent where it was not read, since nothing can be learned of it. */
  readonly unitLoad?: UnitLoad;
  /** Why promotions or overrides could not be read, where they could not: what people ordered is then unknown. */
  readonly unread?: readonly string[];
}

/** A number of units that one adviser asks for. The largest wins. */
export interface Need {
  readonly by: "demand" | "rule" | "promotion" | "next request" | "minimum" | "as is";
  readonly units: number;
  /**
   * What it asks for if something is asked for at all: a change may lock the target, so one that is made must last
   * until the next could take effect. At least `units`.
   */
  readonly whenActing: number;
  readonly reason: string;
}

/** A reason not to scale in below `units`. */
export interface Hold {
  readonly by:
    | "missing data"
    | "stabilization"
    | "cooldown"
    | "error guard"
    | "return cost"
    | "promotion in sight"
    | "lock risk"
    | "small change"
    | "rule"
    | "freeze"
    | "idle";
  readonly units: number;
  readonly reason: string;
}

/** A limit that changed the outcome from one number of units to another. */
export interface Bound {
  readonly by: "pin" | "pause" | "scale-out cooldown" | "step out" | "step in" | "minimum" | "maximum";
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** Something that a person should hear of once: it goes to the notifier when it begins. */
export interface Notice {
  readonly kind: string;
  readonly text: string;
}

export interface Decision {
  readonly target: string;
  readonly at: EpochSeconds;
  readonly mode: Mode;
  /** Units before: the desired ones, or in floor mode the platform's own minimum, which is what that mode moves. */
  readonly from: number;
  readonly desired: number;
  readonly needs: readonly Need[];
  /** Only those that asked for more than the needs did. */
  readonly holds: readonly Hold[];
  readonly bounds: readonly Bound[];
  /** In force, whether or not they changed the outcome. */
  readonly overrides: readonly Override[];
  readonly notices: readonly Notice[];
  /** One sentence for a person. */
  readonly reason: string;
  /** What to remember for the next decision. */
  readonly memory: Memory;
}

/** What is written down: enough to make the decision again and to see what came of it. */
export interface DecisionRecord {
  /** `target@1762819500#7`: the instant in seconds and the fence of the lease; unique to a wake-up. */
  readonly id: string;
  readonly situation: Situation;
  /** The memory before the decision. */
  readonly memory: Memory;
  readonly decision: Decision;
  readonly outcome: Outcome;
}
