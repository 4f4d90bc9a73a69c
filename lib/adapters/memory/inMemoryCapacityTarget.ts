/** The in-memory twin of a platform's targets, for tests: time passes when a test says so. The simulator has physics of its own. */
import type { CapacityState, Outcome } from "../../core/capacity.ts";
import type { CapacityTarget } from "../../ports/capacityTarget.ts";
import { frozen } from "./frozen.ts";

export interface CapacityOptions {
  /** Locked from a change until `becomeReady`, as a SageMaker endpoint is. */
  readonly locksWhileChanging?: boolean;
  /** More units than this are refused. */
  readonly quota?: number;
}

/** One call that asked for something, and the answer. */
export interface CapacityRequest {
  readonly call: "setUnits" | "setMinimum";
  readonly target: string;
  readonly units: number;
  readonly token: string;
  readonly outcome: Outcome;
}

interface Platform extends CapacityOptions {
  state: CapacityState;
  failure: string | null;
  refusal: string | null;
  /** What was accepted, by call and token. */
  readonly accepted: Map<string, Outcome>;
}

export class InMemoryCapacityTarget implements CapacityTarget {
  private readonly platforms = new Map<string, Platform>();
  private readonly asked: CapacityRequest[] = [];

  /** Everything that was asked through the port, oldest first. */
  get requests(): readonly CapacityRequest[] {
    return this.asked;
  }

  /** A target with so many units, all ready, or the one of that name anew. */
  add(target: string, units: number, options: CapacityOptions = {}): void {
    const state = {
      desired: units,
      ready: units,
      locked: null,
      changedAt: null,
      problem: null,
      minimum: null,
    };
    this.platforms.set(target, {
      ...options,
      state: frozen(state),
      failure: null,
      refusal: null,
      accepted: new Map(),
    });
  }

  /** Whatever the platform should say from now on: a lock, a problem, units that someone else has changed. */
  change(target: string, parts: Partial<CapacityState>): void {
    const platform = this.platform(target);
    platform.state = frozen({ ...platform.state, ...parts });
  }

  /** Lets time pass until all that was asked for serves and nothing is locked. */
  becomeReady(target: string): void {
    this.change(target, { ready: this.platform(target).state.desired, locked: null });
  }

  /** From now on the target cannot be described, for this reason; null mends it. */
  failDescribe(target: string, why: string | null): void {
    this.platform(target).failure = why;
  }

  /** From now on every change is refused, for this reason; null ends it. */
  refuse(target: string, why: string | null): void {
    this.platform(target).refusal = why;
  }

  async describe(target: string): Promise<CapacityState> {
    const { failure, state } = this.platform(target);
    if (failure !== null) throw new Error(`${target} could not be described: ${failure}`);
    return state;
  }

  async setUnits(target: string, units: number, token: string): Promise<Outcome> {
    return this.ask({ call: "setUnits", target, units, token }, (platform) =>
      this.move(target, platform, units),
    );
  }

  async setMinimum(target: string, units: number, token: string): Promise<Outcome> {
    return this.ask({ call: "setMinimum", target, units, token }, (platform) => {
      const outcome = this.move(target, platform, Math.max(units, platform.state.desired));
      if (outcome.kind !== "accepted") return outcome;
      this.change(target, { minimum: units });
      return { kind: "accepted", units };
    });
  }

  private ask(request: Omit<CapacityRequest, "outcome">, act: (platform: Platform) => Outcome): Outcome {
    const { call, target, units, token } = request;
    const platform = this.platform(target);
    const key = `${call} ${token}`;
    const outcome = platform.accepted.get(key) ?? refusalOf(platform, units) ?? act(platform);
    if (outcome.kind === "accepted") platform.accepted.set(key, outcome);
    this.asked.push(frozen({ ...request, outcome }));
    return outcome;
  }

  private move(target: string, { state, locksWhileChanging }: Platform, units: number): Outcome {
    if (units === state.desired) return { kind: "accepted", units };
    if (state.locked !== null) return { kind: "deferred", why: state.locked.why };
    const locked = locksWhileChanging === true ? { why: `${target} is Updating` } : null;
    this.change(target, { desired: units, ready: Math.min(state.ready, units), locked });
    return { kind: "accepted", units };
  }

  private platform(target: string): Platform {
    const platform = this.platforms.get(target);
    if (platform !== undefined) return platform;
    const known = [...this.platforms.keys()].join(", ");
    throw new Error(`there is no target "${target}"; there are: ${known || "none"}`);
  }
}

function refusalOf({ refusal, quota }: Platform, units: number): Outcome | null {
  if (!Number.isInteger(units) || units < 0) {
    return { kind: "refused", why: `units must be a whole number of at least 0, got ${units}` };
  }
  if (quota !== undefined && units > quota) {
    return { kind: "refused", why: `${units} units are above the quota of ${quota}` };
  }
  return refusal === null ? null : { kind: "refused", why: refusal };
}
