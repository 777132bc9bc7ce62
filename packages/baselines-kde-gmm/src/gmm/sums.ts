/** What an M-step needs of the rows: moments around the old means e = x - mean, weighted by the responsibilities. */
export interface Sums {
  /** Mean log-density of the rows under the old mixture. */
  logLikelihood: number;
  /** sum r, [k] */
  readonly counts: Float64Array;
  /** sum r e, [k, d] */
  readonly shifts: Float64Array;
  /** sum r e e^T, [k, d, d]: the lower triangle, or the diagonal alone. */
  readonly squares: Float64Array;
}

export const emptySums = (k: number, d: number): Sums => ({
  logLikelihood: 0,
  counts: new Float64Array(k),
  shifts: new Float64Array(k * d),
  squares: new Float64Array(k * d * d),
});

/** Adds one row's part in component c: its responsibility r and its deviation e[at .. at + d - 1]. */
export function addTo(
  { counts, shifts, squares }: Sums,
  c: number,
  r: number,
  e: Float64Array,
  at: number,
  d: number,
  cross: boolean,
): void {
  counts[c]! += r;
  for (let a = 0; a < d; a++) {
    const part = r * e[at + a]!;
    shifts[c * d + a]! += part;
    for (let b = cross ? 0 : a; b <= a; b++) squares[(c * d + a) * d + b]! += part * e[at + b]!;
  }
}
