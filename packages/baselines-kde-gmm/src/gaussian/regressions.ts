/** Less of a variance than this is rounding. */
const collinear = 1e-13;

/** A covariance as a chain of regressions: see `gaussianState`. */
export interface Regressions {
  /** [d] */
  readonly deviations: Float64Array;
  /** [d, d], strictly lower triangular. */
  readonly slopes: Float64Array;
}

/**
 * The regressions of a covariance [d, d], from covariance = U diag(variances) U^T with U unit lower triangular: the slopes are I - U^-1.
 * Undefined where the matrix is not positive definite: nothing but rounding is left of a feature beside those before it. Only the lower triangle is read.
 *
 * Source: Golub and Van Loan (2013), Matrix Computations, algorithm 4.1.1; Pourahmadi (1999), section 2.
 */
export function regressionsOf(covariance: ArrayLike<number>, d: number): Regressions | undefined {
  const u = new Float64Array(d * d);
  const variances = new Float64Array(d);
  const slopes = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = covariance[i * d + j]!;
      for (let k = 0; k < j; k++) rest -= u[i * d + k]! * variances[k]! * u[j * d + k]!;
      if (j < i) u[i * d + j] = rest / variances[j]!;
      else variances[i] = rest;
    }
    if (!(variances[i]! > collinear * covariance[i * d + i]!)) return undefined;
    for (let j = 0; j < i; j++) {
      let slope = u[i * d + j]!;
      for (let k = j + 1; k < i; k++) slope -= u[i * d + k]! * slopes[k * d + j]!;
      slopes[i * d + j] = slope;
    }
  }
  return { deviations: variances.map(Math.sqrt), slopes };
}
