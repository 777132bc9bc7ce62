/** A Gaussian mixture as plain float64 numbers, k components of d features. */
export interface Mixture {
  readonly k: number;
  readonly d: number;
  /** [k], sum 1. */
  readonly weights: Float64Array;
  /** [k, d] */
  readonly means: Float64Array;
  /** [k, d, d] */
  readonly covariances: Float64Array;
  /** The covariances as chains of regressions: [k, d] and [k, d, d]. */
  readonly deviations: Float64Array;
  readonly slopes: Float64Array;
}
