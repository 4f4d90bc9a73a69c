/** A made-up shop: daily and weekly rhythm, noise that lingers, short bursts, and one promotion. Always labelled synthetic. */
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, MINUTE_SECONDS } from "../../core/time.ts";
import { poisson, type RandomSource, stream } from "../random.ts";
import type { Trace } from "./trace.ts";

export interface ShopOptions {
  readonly seed: number;
  readonly start: EpochSeconds;
  readonly days: number;
  /** Where the shop's people live; their day shapes the load. */
  readonly utcOffsetSeconds: number;
  /** Whole minutes, one unless stated; the counts of the minutes are summed. */
  readonly stepSeconds?: number;
  readonly promotion?: {
    readonly start: EpochSeconds;
    readonly end: EpochSeconds;
    readonly multiplier: number;
  };
}

/** Requests a minute on an average day. */
const MEAN_PER_MINUTE = 1200;

/** Load by hour of the day around its mean: quiet nights, a step at noon, the peak in the evening. */
const HOURS = [
  0.62, 0.42, 0.32, 0.28, 0.27, 0.31, 0.44, 0.65, 0.88, 1.06, 1.18, 1.22, 1.26, 1.18, 1.12, 1.1, 1.12, 1.18,
  1.28, 1.42, 1.56, 1.6, 1.42, 1.05,
];

/** Monday to Sunday. */
const WEEKDAYS = [0.98, 1, 1, 1.01, 1.05, 1.12, 1.08];

/** One and a half percent more each week. */
const GROWTH_PER_DAY = 0.015 / 7;

/** Noise that lingers: an autoregression of the logarithm with a memory of about half an hour. */
const NOISE_MEMORY = 0.967;
const NOISE_SIGMA = 0.016;

/** About one burst a day: up to 60 % more for some minutes, fading. */
const BURSTS_PER_MINUTE = 1 / 1440;
const BURST_FADES_MINUTES = 8;

/** Minutes in which a promotion's crowd arrives and leaves. */
const PROMOTION_RAMP_SECONDS = 5 * MINUTE_SECONDS;

/** The same options give the same trace; draws are made in order of time, minute by minute. */
export function generateShop(options: ShopOptions): Trace {
  const { seed, start, days, stepSeconds = MINUTE_SECONDS } = options;
  const source = stream(seed, "shop");
  const count = poisson(stream(seed, "shop counts"));
  const disturbance = disturbances(source);
  const requests = new Float64Array((days * DAY_SECONDS) / stepSeconds);
  const end = start + days * DAY_SECONDS;
  for (let at = start; at < end; at += MINUTE_SECONDS) {
    const step = Math.floor((at - start) / stepSeconds);
    const arrived = count(rhythm(at, options) * disturbance() * promotionFactor(at, options));
    requests[step] = (requests[step] as number) + arrived;
  }
  return {
    name: "shop (synthetic)",
    synthetic: true,
    start,
    stepSeconds,
    requests,
    inputTokens: null,
    outputTokens: null,
    setAside: [],
    missingSteps: 0,
    notes: [],
  };
}

/** Expected requests a minute of an undisturbed day, smooth between the hours. */
function rhythm(at: EpochSeconds, { start, utcOffsetSeconds }: ShopOptions): number {
  const local = at + utcOffsetSeconds;
  const hour = (local % DAY_SECONDS) / HOUR_SECONDS - 0.5;
  const before = Math.floor(hour);
  const share = hour - before;
  const smooth = (1 - Math.cos(Math.PI * share)) / 2;
  const ofHour = (index: number): number => HOURS[(index + 24) % 24] as number;
  const shape = ofHour(before) * (1 - smooth) + ofHour(before + 1) * smooth;
  const weekday = (Math.floor(local / DAY_SECONDS) + 3) % 7;
  const growth = 1 + GROWTH_PER_DAY * ((at - start) / DAY_SECONDS);
  return MEAN_PER_MINUTE * shape * (WEEKDAYS[weekday] as number) * growth;
}

/** A factor around one for each minute: lingering noise and now and then a burst. */
function disturbances(source: RandomSource): () => number {
  let noise = 0;
  let burst = 0;
  return () => {
    const normal = Math.sqrt(-2 * Math.log(1 - source())) * Math.cos(2 * Math.PI * source());
    noise = NOISE_MEMORY * noise + NOISE_SIGMA * normal;
    burst *= 1 - 1 / BURST_FADES_MINUTES;
    const size = source();
    if (source() < BURSTS_PER_MINUTE) burst = Math.max(burst, 0.2 + 0.4 * size);
    return Math.exp(noise) * (1 + burst);
  };
}

function promotionFactor(at: EpochSeconds, { promotion }: ShopOptions): number {
  if (promotion === undefined) return 1;
  const into = (at - promotion.start) / PROMOTION_RAMP_SECONDS;
  const left = 1 - (at - promotion.end) / PROMOTION_RAMP_SECONDS;
  const share = Math.min(1, Math.max(0, Math.min(into, left)));
  return 1 + (promotion.multiplier - 1) * share;
}
