/** Parsers for the words of the command line; each throws a UsageError that says what is allowed. */
import { parseDuration } from "../policy/durations.ts";
import { UsageError } from "./exit.ts";

/** Gathers a repeated option. */
export const collect = (word: string, words: readonly string[]): readonly string[] => [...words, word];

/** A number above 0. */
export function positiveNumber(name: string): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (!(Number.isFinite(value) && value > 0))
      throw new UsageError(`${name}: got ${word}, allowed is a number above 0`);
    return value;
  };
}

/** Up to nine digits. */
export function wholeNumber(name: string): (word: string) => number {
  return (word) => {
    if (!/^\d{1,9}$/.test(word))
      throw new UsageError(`${name}: got ${word}, allowed is a whole number from 0`);
    return Number(word);
  };
}

/** In seconds. */
export function duration(name: string, zeroAllowed = false): (word: string) => number {
  return (word) => {
    const seconds = parseDuration(word);
    if (seconds === null || (seconds === 0 && !zeroAllowed)) {
      throw new UsageError(
        `${name}: got ${word}, allowed is a duration with its unit, such as 300s, 8m or 14d`,
      );
    }
    return seconds;
  };
}

/** Every word of a list with commas, parsed alone; none may be left out. */
export function list<T>(parse: (word: string) => T): (words: string) => readonly T[] {
  return (words) => words.split(",").map((word) => parse(word.trim()));
}

/** One of the words that are allowed. */
export function oneOf<T extends string>(name: string, allowed: readonly T[]): (word: string) => T {
  return (word) => {
    const found = allowed.find((each) => each === word);
    if (found === undefined) throw new UsageError(`${name}: got ${word}, allowed are ${allowed.join(", ")}`);
    return found;
  };
}
