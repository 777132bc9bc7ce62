/** Counts of values in equal bins from `range[0]` to `range[1]`. */
export function counts(values: ArrayLike<number>, [low, high]: readonly [number, number], bins: number): Float64Array {
  const found = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i]! - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) found[bin]!++;
  }
  return found;
}

/** Pearson's chi-square per bin of counts against the expected ones; near 1 where they agree. Bins that expect under 10 are left out. */
export function chiSquarePerBin(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [total, bins] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    if (expected[i]! < 10) continue;
    total += (observed[i]! - expected[i]!) ** 2 / expected[i]!;
    bins++;
  }
  return total / bins;
}
