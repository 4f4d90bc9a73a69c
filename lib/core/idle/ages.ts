/** Idle times in classes: single minutes up to an hour and a half, then ever wider, up to six days. */

const SINGLE_MINUTES = 90;
const WIDENING = 1.12;
const WIDE_CLASSES = 40;

/** First minute of each class; the last class has no end. */
export const AGE_STARTS: readonly number[] = [
  ...Array.from({ length: SINGLE_MINUTES }, (_, minute) => minute),
  ...Array.from({ length: WIDE_CLASSES }, (_, i) => Math.round(SINGLE_MINUTES * WIDENING ** i)),
];

/** The class of an idle time in whole minutes of at least 0. */
export function ageClassOf(minutes: number): number {
  return minutes < SINGLE_MINUTES ? minutes : nextAgeClass(SINGLE_MINUTES, minutes);
}

/** The class of an idle time that is in class `from` or a later one. */
export function nextAgeClass(from: number, minutes: number): number {
  let age = from;
  while (age + 1 < AGE_STARTS.length && (AGE_STARTS[age + 1] as number) <= minutes) age++;
  return age;
}
