/**
 * A small LSTM with quantile outputs: it reads the last two days hour by hour, and says for each of the next 24 hours four
 * quantiles of the load of a single slot. It corrects the mean of yesterday and last week, which is where it begins.
 */
import * as tf from "@tensorflow/tfjs";
import { HOUR } from "./series.js";

export const LEVELS = [0.5, 0.9, 0.95, 0.99];
const READ_HOURS = 48;
const AHEAD_HOURS = 24;
const WEEK_HOURS = 168;
const UNITS = 24;
const BATCH = 32;

/** Hours of history that a sample needs: two days to read, and a week to look back where there is one. */
export const LEAST_HOURS = READ_HOURS + AHEAD_HOURS;

/**
 * @typedef {object} Sample
 * @property {number[][]} read by hour: load, and where the hour stands in the day and the week
 * @property {number[]} base the hours to come as yesterday and last week were
 */

export class Network {
  /** @param {number} unit a load; the network sees square roots in units of its root */
  constructor(unit) {
    this.unit = Math.max(unit, 1e-6);
    const read = tf.input({ shape: [READ_HOURS, 5] });
    const base = tf.input({ shape: [AHEAD_HOURS] });
    const seed = (/** @type {number} */ n) => tf.initializers.glorotUniform({ seed: n });
    const memory = tf.layers
      .lstm({ units: UNITS, kernelInitializer: seed(1), recurrentInitializer: seed(2) })
      .apply(read);
    const seen = tf.layers.concatenate().apply([/** @type {any} */ (memory), base]);
    const hidden = tf.layers.dense({ units: 48, activation: "relu", kernelInitializer: seed(3) }).apply(seen);
    const out = tf.layers
      .dense({ units: AHEAD_HOURS * LEVELS.length, kernelInitializer: "zeros", biasInitializer: "zeros" })
      .apply(hidden);
    this.model = tf.model({ inputs: [read, base], outputs: /** @type {any} */ (out) });
    this.optimizer = tf.train.adam(0.003);
  }

  /** @param {number} load */
  rootOf(load) {
    return Math.sqrt(load / this.unit);
  }

  /**
   * @param {Float64Array} hours @param {number} at index of the hour from which on is forecast
   * @param {number} start of the first hour, in seconds @returns {Sample}
   */
  sampleAt(hours, at, start) {
    const angle = (/** @type {number} */ hour, /** @type {number} */ period) =>
      (2 * Math.PI * (start / HOUR + hour)) / period;
    const read = Array.from({ length: READ_HOURS }, (_, i) => {
      const hour = at - READ_HOURS + i;
      const [day, week] = [angle(hour, 24), angle(hour, WEEK_HOURS)];
      return [this.rootOf(hours[hour] ?? 0), Math.sin(day), Math.cos(day), Math.sin(week), Math.cos(week)];
    });
    const base = Array.from({ length: AHEAD_HOURS }, (_, i) => {
      const yesterday = this.rootOf(hours[at + i - 24] ?? 0);
      const lastWeek = hours[at + i - WEEK_HOURS];
      return lastWeek === undefined ? yesterday : (yesterday + this.rootOf(lastWeek)) / 2;
    });
    return { read, base };
  }

  /** By sample, hour and level, on the square-root scale; rising in the level. @param {readonly Sample[]} samples */
  quantiles(samples) {
    const read = tf.tensor3d(samples.map((sample) => sample.read));
    const base = tf.tensor2d(samples.map((sample) => sample.base));
    const raw = /** @type {tf.Tensor} */ (this.model.apply([read, base], { training: true }));
    const [middle, ...steps] = tf.split(raw.reshape([-1, AHEAD_HOURS, LEVELS.length]), LEVELS.length, 2);
    const quantiles = [base.expandDims(2).add(/** @type {tf.Tensor} */ (middle))];
    for (const step of steps) {
      quantiles.push(/** @type {tf.Tensor} */ (quantiles.at(-1)).add(tf.softplus(step.sub(2))));
    }
    return tf.concat(quantiles, 2);
  }

  /**
   * Mean pinball loss over all slots of the hours to come; a slot that is missing counts for nothing.
   * @param {readonly Sample[]} samples @param {readonly number[][][]} slots by sample, hour and slot; NaN is missing
   */
  loss(samples, slots) {
    const actual = tf.tensor3d(slots.map((hours) => hours.map((hour) => [...hour])));
    const isKnown = tf.isNaN(actual).logicalNot();
    const known = tf.where(isKnown, actual, tf.zerosLike(actual)).expandDims(3);
    const weight = isKnown.cast("float32").expandDims(3);
    const levels = tf.tensor1d(LEVELS);
    const error = known.sub(this.quantiles(samples).expandDims(2));
    const pinball = tf.maximum(error.mul(levels), error.mul(levels.sub(1))).mul(weight);
    return /** @type {tf.Scalar} */ (pinball.sum().div(weight.sum().add(1e-6)));
  }

  /**
   * @param {readonly { sample: Sample, slots: number[][] }[]} examples @param {number} epochs
   * @param {(epoch: number, loss: number) => void} say
   */
  train(examples, epochs, say) {
    for (let epoch = 0; epoch < epochs; epoch++) {
      let sum = 0;
      const order = shuffled(examples, epoch);
      for (let i = 0; i < order.length; i += BATCH) {
        const batch = order.slice(i, i + BATCH);
        const cost = this.optimizer.minimize(
          () =>
            this.loss(
              batch.map(({ sample }) => sample),
              batch.map(({ slots }) => slots),
            ),
          true,
        );
        sum += (cost?.dataSync()[0] ?? 0) * batch.length;
        cost?.dispose();
      }
      say(epoch, sum / order.length);
    }
  }

  /** Loads per minute, by hour and level. @param {Sample} sample @returns {number[][]} */
  forecast(sample) {
    const roots = tf.tidy(() => /** @type {number[][][]} */ (this.quantiles([sample]).arraySync())[0] ?? []);
    return roots.map((hour) => hour.map((root) => Math.max(0, root) ** 2 * this.unit));
  }
}

/** The same order each time the program runs. @template Item @param {readonly Item[]} items @param {number} seed */
function shuffled(items, seed) {
  const order = [...items];
  let state = 2_654_435_761 * (seed + 1);
  for (let i = order.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [order[i], order[j]] = [/** @type {Item} */ (order[j]), /** @type {Item} */ (order[i])];
  }
  return order;
}
