import { bias, defineBijector, fail, finiteNumber, scale, state, wholeNumber } from "@flows/core";
import { add, constant, div, exp, log, mean, mul, neg, sqrt, square, sub, sum, type Tensor } from "@flows/core/ops";

export interface BatchNormConfig {
  readonly features: number;
  /** What a new batch weighs in the running moments. Default 0.1. */
  readonly momentum?: number;
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
}

function checked({ features, momentum = 0.1, epsilon = 1e-5 }: BatchNormConfig): Required<BatchNormConfig> {
  wholeNumber("flows/batch-norm", "features", features);
  finiteNumber("flows/batch-norm", "momentum", momentum, { above: 0 });
  if (momentum > 1) fail("config", "flows/batch-norm", `momentum must be at most 1, got ${momentum}.`);
  finiteNumber("flows/batch-norm", "epsilon", epsilon, { above: 0 });
  return { features, momentum, epsilon };
}

/**
 * Batch normalisation as a flow's layer. Data to noise: z = (x - mean) / sqrt(variance + epsilon) exp(logScale) + shift, with
 * log-det sum(logScale - log(variance + epsilon) / 2).
 *
 * `inverse` uses the batch's own moments while training, and blends them into the running ones; everything else uses the running
 * ones, so that only the evaluation mode is a density. Both variances divide by n, the running one too (PyTorch's divides by n - 1),
 * so that evaluation tends to what training saw.
 *
 * Shapes: z and x [batch, features].
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density Estimation Using Real NVP, section 3.7 and appendix E. https://arxiv.org/abs/1605.08803
 *
 * @example
 * batchNorm({ features: 2 })
 */
export const batchNorm = defineBijector("flows/batch-norm", (config: BatchNormConfig) => {
  const { features, momentum, epsilon } = checked(config);
  const blend = (old: Tensor, now: Tensor): Tensor => add(mul(old, constant(1 - momentum)), mul(now, constant(momentum)));
  const logDet = (logScale: Tensor, variance: Tensor): Tensor => sum(sub(logScale, mul(constant(0.5), log(variance))));
  return {
    event: [features],
    params: { shift: bias([features]), logScale: scale([features]) },
    state: { mean: state([features]), variance: state([features], 1, "positive") },
    forward: (z, p) => {
      const variance = add(p.variance, constant(epsilon));
      const standard = mul(sub(z, p.shift), exp(neg(p.logScale)));
      return [add(mul(standard, sqrt(variance)), p.mean), neg(logDet(p.logScale, variance))];
    },
    inverse: (x, p, call) => {
      const center = call.training ? mean(x, 0) : p.mean;
      const spread = call.training ? mean(square(sub(x, center)), 0) : p.variance;
      if (call.training) {
        call.update("mean", blend(p.mean, center));
        call.update("variance", blend(p.variance, spread));
      }
      const variance = add(spread, constant(epsilon));
      const standard = div(sub(x, center), sqrt(variance));
      return [add(mul(standard, exp(p.logScale)), p.shift), logDet(p.logScale, variance)];
    },
    lower: (program, x, p, direction, self) => {
      const params = [p.shift, p.logScale, p.mean, p.variance];
      const standardise = { params, attrs: { direction, epsilon }, widths: [features] } as const;
      if (direction === "forward" || !program.training) return program.emit("standardise", { reads: [x], ...standardise })[0];
      const [newMean, newVariance, center, spread] = program.emit("batchMoments", {
        reads: [x],
        params: [p.mean, p.variance],
        attrs: { momentum },
        widths: [features, features, features, features],
        barrier: true,
      });
      program.update(self, "mean", newMean);
      program.update(self, "variance", newVariance);
      return program.emit("standardise", { reads: [x, center, spread], ...standardise })[0];
    },
  };
});
