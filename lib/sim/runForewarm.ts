/** Drives the real use cases through a replay: the code that runs here is the code that runs in Lambda. */

import { InMemoryForecastStore } from "../adapters/memory/inMemoryForecastStore.ts";
import { InMemoryMemoryStore } from "../adapters/memory/inMemoryMemoryStore.ts";
import { InMemoryNotifier } from "../adapters/memory/inMemoryNotifier.ts";
import { InMemoryOverrideStore } from "../adapters/memory/inMemoryOverrideStore.ts";
import { InMemoryPromotionStore } from "../adapters/memory/inMemoryPromotionStore.ts";
import { InMemoryUnitLoadStore } from "../adapters/memory/inMemoryUnitLoadStore.ts";
import { InMemoryUpliftStore } from "../adapters/memory/inMemoryUpliftStore.ts";
import { ManualClock } from "../adapters/memory/manualClock.ts";
import type { DecisionRecord } from "../core/decision.ts";
import type { ForecastModel } from "../core/forecast/forecast.ts";
import { slotQuantile } from "../core/forecast/quantiles.ts";
import type { Memory } from "../core/memory.ts";
import type { TargetPolicy } from "../core/policy.ts";
import { quantileOf } from "../core/promise/promise.ts";
import type { Promotion } from "../core/promotion.ts";
import type { Action, Run } from "../core/replayResult.ts";
import { type EpochSeconds, HOUR_SECONDS, MINUTE_SECONDS } from "../core/time.ts";
import { learnUnitLoads } from "../usecases/learnUnitLoads.ts";
import { refreshForecast } from "../usecases/refreshForecast.ts";
import { runScaling } from "../usecases/runScaling.ts";
import type { World } from "../usecases/world.ts";
import { Alarms } from "./alarms.ts";
import { DecisionJournal } from "./decisionJournal.ts";
import { ForecastOffNotes } from "./forecastOff.ts";
import type { Stage } from "./stage.ts";

/** As the deployed schedule does. */
const REFRESH_SECONDS = 6 * HOUR_SECONDS;

export interface ForewarmOptions {
  readonly name: string;
  readonly label: string;
  readonly about: string;
  readonly policy: TargetPolicy;
  readonly promotions: readonly Promotion[];
  /** Whether the records of its decisions go into the result. */
  readonly keepDecisions: boolean;
  /** Null runs the same controller without a forecast. */
  readonly model: ForecastModel | null;
  /** Forecasts of earlier runs of the same model over the same requests, and where this run leaves its own. */
  readonly archive?: ForecastArchive;
  /** What the controller remembers as the run begins; nothing where it is not given. */
  readonly memory?: Memory;
}

/**
 * What was stored after each refresh. Requests come whatever is decided, so that every run over the same ones is given the
 * same forecasts, and fitting them once is enough.
 */
export type ForecastArchive = Map<EpochSeconds, InMemoryForecastStore>;

export type Track = Pick<Run, "name" | "label" | "about" | "actions" | "forecast" | "decisions">;

/** Runs the controller over the whole stage: a tick each minute, a wake-up when an alarm changes, a refresh every six hours. */
export async function runForewarm(stage: Stage, options: ForewarmOptions): Promise<Track> {
  return (await play(stage, options)).track();
}

/** The same for what it remembers in the end; null where it never decided. */
export async function rehearse(stage: Stage, options: ForewarmOptions): Promise<Memory | null> {
  return (await play(stage, options)).memory();
}

async function play(stage: Stage, options: ForewarmOptions): Promise<Controller> {
  const controller = new Controller(stage, options);
  await controller.begin();
  do await controller.step();
  while (stage.advance());
  return controller;
}

class Controller {
  private readonly stage: Stage;
  private readonly options: ForewarmOptions;
  private readonly journal: DecisionJournal;
  private readonly clock: ManualClock;
  private world: World & { readonly forecasts: InMemoryForecastStore };
  private readonly alarms: Alarms;
  private readonly actions: Action[] = [];
  private readonly median: (number | null)[] = [];
  private readonly upper: (number | null)[] = [];
  private readonly off = new ForecastOffNotes();

  constructor(stage: Stage, options: ForewarmOptions) {
    this.stage = stage;
    this.options = options;
    this.journal = new DecisionJournal(options.keepDecisions);
    this.clock = new ManualClock(stage.endpoint.now);
    this.alarms = new Alarms(options.policy.rules);
    this.world = {
      clock: this.clock,
      metrics: stage.metrics,
      capacity: stage.capacity,
      forecasts: new InMemoryForecastStore(),
      memories: new InMemoryMemoryStore(),
      promotions: new InMemoryPromotionStore(),
      uplifts: new InMemoryUpliftStore(),
      unitLoads: new InMemoryUnitLoadStore(),
      overrides: new InMemoryOverrideStore(),
      decisions: this.journal,
      notifier: new InMemoryNotifier(),
    };
    stage.onChange = (from, to) => {
      const reason = this.journal.latest?.decision.reason ?? "";
      this.actions.push({ at: stage.endpoint.now, from, to, reason });
    };
  }

  async begin(): Promise<void> {
    const { promotions, memory, policy } = this.options;
    for (const promotion of promotions) await this.world.promotions.put(promotion);
    if (memory === undefined) return;
    const answer = await this.world.memories.acquire(policy.id, "before", this.clock.now(), 0);
    if (answer.kind === "granted") await this.world.memories.save(answer.lease, memory);
  }

  /** Whatever is due at this instant, before time goes on. */
  async step(): Promise<void> {
    const { endpoint, metricDelaySeconds } = this.stage;
    const now = endpoint.now;
    this.clock.set(now);
    const { model, policy } = this.options;
    if (now === endpoint.start || now % REFRESH_SECONDS === 0) {
      // Learned from what this run has decided, so that no other run can have learned it for this one.
      if (policy.load?.perUnit === null) await learnUnitLoads(this.world, policy, now);
      if (model !== null) await this.refresh(policy, model, now);
    }
    if (now % MINUTE_SECONDS === 0) await this.tick(now);
    else if (now % MINUTE_SECONDS === metricDelaySeconds % MINUTE_SECONDS) await this.watch(now);
  }

  private async refresh(policy: TargetPolicy, model: ForecastModel, now: EpochSeconds): Promise<void> {
    const { archive } = this.options;
    const known = archive?.get(now);
    const forecasts = known ?? (archive === undefined ? this.world.forecasts : this.world.forecasts.copy());
    this.world = { ...this.world, forecasts };
    if (known !== undefined) return;
    await refreshForecast(this.world, policy, model, now);
    archive?.set(now, forecasts);
  }

  memory(): Promise<Memory | null> {
    return this.world.memories.load(this.options.policy.id);
  }

  track(): Track {
    const { name, label, about, model } = this.options;
    return {
      name,
      label,
      about,
      actions: this.actions,
      forecast: model === null ? null : { median: this.median, upper: this.upper, off: this.off.times },
      decisions: this.journal.records,
    };
  }

  private async tick(now: number): Promise<void> {
    await this.wake(now, "tick");
    if (this.median.length < this.stage.minutes) this.noteForecast(this.journal.latest, now);
  }

  /** An alarm says only that its state changed; the wake-up looks at everything. */
  private async watch(now: number): Promise<void> {
    const queries = this.options.policy.rules.map(({ metric, statistic, ofMinutes }) => ({
      target: this.options.policy.id,
      metric,
      statistic,
      minutes: ofMinutes,
    }));
    if (this.alarms.evaluate(await this.stage.metrics.read(queries, now))) await this.wake(now, "alarm");
  }

  /** A fault in a replay is a fault in the program, so it is not passed over. */
  private async wake(now: number, by: string): Promise<void> {
    const [report] = await runScaling(this.world, [this.options.policy], now, `${by}-${now}`);
    if (report?.kind === "failed") throw report.error;
  }

  private noteForecast(record: DecisionRecord | null, now: number): void {
    this.off.note(record?.decision.memory.gate ?? null, now, now + MINUTE_SECONDS);
    const forecast = record?.situation.forecast;
    const slot = forecast?.kind === "known" ? Math.floor((now - forecast.start) / forecast.slotSeconds) : -1;
    if (forecast?.kind !== "known" || slot < 0) {
      this.median.push(null);
      this.upper.push(null);
      return;
    }
    const quantile = quantileOf(this.options.policy);
    this.median.push(Math.round((forecast.median[slot] ?? 0) * 100) / 100);
    this.upper.push(Math.round(slotQuantile(forecast, forecast.historyEnd, slot, quantile) * 100) / 100);
  }
}
