/** A statistic with the probability of one as far out or farther, were the hypothesis true. */
export interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
}

/** One p-value of several: the smallest times their number, which keeps the level whatever binds them (Bonferroni). */
export const smallestOf = (pValues: readonly number[]): number => Math.min(1, pValues.length * Math.min(1, ...pValues));
