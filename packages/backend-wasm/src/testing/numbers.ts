/** The same numbers in every run: a linear congruence, uniform in [low, high). */
export function numbers(count: number, low = -1, high = 1, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 2 ** 32;
  });
}

/** Distance from one float32 to the next at the size of x; the denormals' below. */
export function ulp(x: number): number {
  const size = Math.abs(x);
  return size < 2 ** -126 ? 2 ** -149 : 2 ** (Math.floor(Math.log2(size)) - 23);
}

/** Largest |got - wanted| / (1 + |wanted|); Infinity where one is not finite and the other is not the same. */
export function error(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (got.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < got.length; i++) {
    const [g, w] = [got[i]!, wanted[i]!];
    if (!Object.is(g + 0, w + 0))
      worst = Math.max(worst, Number.isFinite(g - w) ? Math.abs(g - w) / (1 + Math.abs(w)) : Number.POSITIVE_INFINITY);
  }
  return worst;
}
