/** Weighted errors of several days, of which each day can be left out at no cost. */

export interface DayError {
  readonly error: number;
  readonly weight: number;
  /** Any number that days are told apart by. */
  readonly day: number;
}

export class DayErrors {
  readonly count: number;
  private readonly ascending: Float64Array;
  /** Weight of the errors up to each, of all days and of each day. */
  private readonly weightTo: Float64Array;
  private readonly weightOfDayTo: readonly Float64Array[];

  constructor(errors: readonly DayError[]) {
    const sorted = errors.toSorted((a, b) => a.error - b.error);
    this.count = sorted.length;
    this.ascending = Float64Array.from(sorted, ({ error }) => error);
    this.weightTo = runningSum(sorted, () => true);
    const days = [...new Set(errors.map(({ day }) => day))];
    this.weightOfDayTo = days.map((own) => runningSum(sorted, ({ day }) => day === own));
  }

  get days(): number {
    return this.weightOfDayTo.length;
  }

  /** The smallest error up to which at least `level` of the weight lies; NaN for no errors. */
  quantile(level: number): number {
    return this.ascending[this.rankOf(level, null)] ?? Number.NaN;
  }

  /** Share of the weight that the quantiles at `level` cover when each day's own quantile is made from the other days. */
  coverage(level: number): number {
    let covered = 0;
    for (const ofDay of this.weightOfDayTo) covered += ofDay[this.rankOf(level, ofDay)] as number;
    return covered / (this.weightTo[this.count - 1] as number);
  }

  /** By bisection, since both running sums rise and so does what is left of one without the other. */
  private rankOf(level: number, without: Float64Array | null): number {
    const last = this.count - 1;
    const weightAt = (i: number): number => (this.weightTo[i] as number) - (without?.[i] ?? 0);
    const wanted = level * weightAt(last);
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (weightAt(middle) >= wanted) high = middle;
      else low = middle + 1;
    }
    return high;
  }
}

function runningSum(sorted: readonly DayError[], counts: (error: DayError) => boolean): Float64Array {
  let sum = 0;
  return Float64Array.from(sorted, (error) => (sum += counts(error) ? error.weight : 0));
}
