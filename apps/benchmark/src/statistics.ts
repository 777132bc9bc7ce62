/** The least and the middle of some times. */
export interface Times {
  readonly min: number;
  readonly median: number;
}

/** Of at least one time; the median of an even number lies between the middle two. */
export function timesOf(values: readonly number[]): Times {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  return { min: sorted[0]!, median: (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2 };
}
