import { state } from "@flows/core/author";

/**
 * A Gaussian on [d] as a chain of regressions, each feature on those before it: with e the deviation from the mean,
 * e_i = sum_{j<i} slopes_ij e_j + deviations_i noise_i. Any numbers with positive deviations are a Gaussian; its covariance is
 * (I - slopes)^-1 diag(deviations^2) (I - slopes)^-T, and where the slopes are 0 the features are independent.
 * `lead` is the shape before [d]: several Gaussians, or none for a single one. What lies on or above the diagonal of `slopes` is not read.
 *
 * Source: Pourahmadi (1999), Joint mean-covariance models with applications to longitudinal data, section 2.
 */
export const gaussianState = (lead: readonly number[], features: number) => ({
  deviations: state([...lead, features], 1, "positive"),
  slopes: state([...lead, features, features]),
});
