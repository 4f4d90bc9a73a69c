/** Learns from a history when the next request comes after a pause. */
import { localSlotOf, steadyOffset } from "../forecast/calendar.ts";
import type { Calendar, History, IdleTable } from "../forecast/forecast.ts";
import { HOUR_SECONDS, MINUTE_SECONDS } from "../time.ts";
import { AGE_STARTS } from "./ages.ts";
import type { SlotPlace } from "./idleTable.ts";
import { minuteAt, pastsOf, type Risk } from "./pauses.ts";

/** Fewer pauses say nothing of the next one. */
export const LEAST_PAUSES = 8;

const HOURS = 24;
const MINUTES = 60;
const QUARTER_SECONDS = 900;

/** Each factor is fitted given the others; after so many rounds they no longer move by a hundredth. */
const ROUNDS = 6;

/** Requests that a factor's prior is worth: thin data stay near what they are pooled with. */
const AGE_PRIOR = 2;
const HOUR_PRIOR = 3;
const MINUTE_PRIOR = 10;

/** Idle times within this share of each other are pooled where data are thin. */
const NEAR_AGE = 0.15;

/**
 * The table for the `slots` slots from `place` on, or null where too few pauses were seen. The chance of a minute is a
 * product of three factors, each with as many requests in the past as it expects (iterative proportional fitting of a
 * log-linear model): the idle time, which is the Kaplan-Meier estimate while the other two are 1; the hour of the day,
 * pooled with its neighbours, then told apart by kind of day; the minute of the hour. Each leans on a prior by the number
 * of requests that it rests on (a gamma prior's posterior mean).
 */
export function fitIdle(
  history: History,
  calendar: Calendar,
  place: SlotPlace,
  slots: number,
): IdleTable | null {
  const { risk, pauses, firstLoad, laterLoad } = pastsOf(history.minutes);
  if (pauses < LEAST_PAUSES) return null;
  const hours = hoursOf(history, calendar, risk);
  const factors = fitFactors(risk, hours, history);
  return {
    byAge: Array.from(factors.byAge, (chance) => Math.min(1, chance)),
    rate: ratesAhead(factors, hours, calendar, place, slots),
    minuteOfHour: Array.from(factors.minuteOfHour),
    firstLoad,
    laterLoad,
    pauses,
  };
}

function ratesAhead(
  { ofDay, ofKind }: Factors,
  { rowOf }: Hours,
  { utcOffset, kindOf }: Calendar,
  { start, slotSeconds }: SlotPlace,
  slots: number,
): readonly number[] {
  const offset = steadyOffset(utcOffset);
  return Array.from({ length: slots }, (_, slot) => {
    const { day, slot: hour } = localSlotOf(start + slot * slotSeconds, HOUR_SECONDS, offset);
    const row = rowOf.get(kindOf(day));
    return (row === undefined ? ofDay[hour] : ofKind[row * HOURS + hour]) as number;
  });
}

interface Hours {
  /** By minute at risk: row of its kind of day × 24 + its local hour. */
  readonly cell: Uint16Array;
  readonly rowOf: ReadonlyMap<number, number>;
}

/** Looked up once a quarter of an hour, at which all time zones' hours begin. */
function hoursOf(history: History, { utcOffset, kindOf }: Calendar, { minute }: Risk): Hours {
  const offset = steadyOffset(utcOffset);
  const rowOf = new Map<number, number>();
  const cell = new Uint16Array(minute.length);
  let quarter = -1;
  let current = 0;
  for (let i = 0; i < minute.length; i++) {
    const instant = minuteAt(history, minute[i] as number);
    const nextQuarter = Math.floor(instant / QUARTER_SECONDS);
    if (nextQuarter !== quarter) {
      quarter = nextQuarter;
      const { day, slot: hour } = localSlotOf(instant, HOUR_SECONDS, offset);
      const kind = kindOf(day);
      if (!rowOf.has(kind)) rowOf.set(kind, rowOf.size);
      current = (rowOf.get(kind) as number) * HOURS + hour;
    }
    cell[i] = current;
  }
  return { cell, rowOf };
}

interface Factors {
  readonly byAge: Float64Array;
  readonly ofDay: Float64Array;
  readonly ofKind: Float64Array;
  readonly minuteOfHour: Float64Array;
}

function fitFactors(risk: Risk, { cell, rowOf }: Hours, history: History): Factors {
  const { ageClass, came } = risk;
  const ofHour = Uint8Array.from(
    risk.minute,
    (minute) => (minuteAt(history, minute) % HOUR_SECONDS) / MINUTE_SECONDS,
  );
  const ofDay = new Float64Array(HOURS).fill(1);
  const ofKind = new Float64Array(rowOf.size * HOURS).fill(1);
  const minuteOfHour = new Float64Array(MINUTES).fill(1);
  const byAge = new Float64Array(AGE_STARTS.length);
  const cameByAge = countsOf(came, ageClass, byAge.length);
  const cameOfKind = countsOf(came, cell, ofKind.length);
  const cameOfHour = countsOf(came, ofHour, MINUTES);
  for (let round = 0; round < ROUNDS; round++) {
    settleAges(byAge, cameByAge, productsBy(ageClass, byAge.length, cell, ofKind, ofHour, minuteOfHour));
    const expected = productsBy(cell, ofKind.length, ageClass, byAge, ofHour, minuteOfHour);
    settleHours(ofDay, ofKind, cameOfKind, expected);
    const expectedOfHour = productsBy(ofHour, MINUTES, ageClass, byAge, cell, ofKind);
    for (let m = 0; m < MINUTES; m++) {
      minuteOfHour[m] =
        ((cameOfHour[m] as number) + MINUTE_PRIOR) / ((expectedOfHour[m] as number) + MINUTE_PRIOR);
    }
  }
  return { byAge, ofDay, ofKind, minuteOfHour };
}

type Classes = Uint8Array | Uint16Array;

/** By class: the sum over the minutes at risk of the product of their two other factors. */
function productsBy(
  classes: Classes,
  count: number,
  firstClasses: Classes,
  first: Float64Array,
  secondClasses: Classes,
  second: Float64Array,
): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < classes.length; i++) {
    const into = classes[i] as number;
    const product =
      (first[firstClasses[i] as number] as number) * (second[secondClasses[i] as number] as number);
    sums[into] = (sums[into] as number) + product;
  }
  return sums;
}

/** Requests by class. */
function countsOf(came: Uint8Array, classes: Classes, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (let i = 0; i < classes.length; i++) {
    const into = classes[i] as number;
    counts[into] = (counts[into] as number) + (came[i] as number);
  }
  return counts;
}

/** Requests ÷ minutes at risk of each class, leaning on that of idle times nearby, and that on all of them. */
function settleAges(byAge: Float64Array, came: Float64Array, exposure: Float64Array): void {
  const overall = sumOf(came) / sumOf(exposure);
  for (let age = 0; age < byAge.length; age++) {
    const start = AGE_STARTS[age] as number;
    let nearCame = 1;
    let nearExposure = 1 / overall;
    for (let other = age; other >= 0 && isNear(other, start); other--) {
      nearCame += came[other] as number;
      nearExposure += exposure[other] as number;
    }
    for (let other = age + 1; other < byAge.length && isNear(other, start); other++) {
      nearCame += came[other] as number;
      nearExposure += exposure[other] as number;
    }
    const near = nearCame / nearExposure;
    byAge[age] = ((came[age] as number) + AGE_PRIOR) / ((exposure[age] as number) + AGE_PRIOR / near);
  }
}

const isNear = (age: number, start: number): boolean =>
  Math.abs((AGE_STARTS[age] as number) - start) <= NEAR_AGE * start;

/** Requests ÷ expected ones: of each hour leaning on its neighbours, of a kind of day leaning on all days. */
function settleHours(
  ofDay: Float64Array,
  ofKind: Float64Array,
  came: Float64Array,
  expected: Float64Array,
): void {
  const dayCame = new Float64Array(HOURS);
  const dayExpected = new Float64Array(HOURS);
  for (let i = 0; i < came.length; i++) {
    const hour = i % HOURS;
    dayCame[hour] = (dayCame[hour] as number) + (came[i] as number);
    dayExpected[hour] = (dayExpected[hour] as number) + (expected[i] as number);
  }
  for (let hour = 0; hour < HOURS; hour++) {
    const near = (sums: Float64Array): number =>
      ((sums[(hour + HOURS - 1) % HOURS] as number) + (sums[(hour + 1) % HOURS] as number)) / 2 +
      (sums[hour] as number);
    const around = (near(dayCame) + HOUR_PRIOR) / (near(dayExpected) + HOUR_PRIOR);
    ofDay[hour] =
      ((dayCame[hour] as number) + HOUR_PRIOR * around) / ((dayExpected[hour] as number) + HOUR_PRIOR);
  }
  for (let i = 0; i < ofKind.length; i++) {
    const day = ofDay[i % HOURS] as number;
    ofKind[i] = ((came[i] as number) + HOUR_PRIOR * day) / ((expected[i] as number) + HOUR_PRIOR);
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
