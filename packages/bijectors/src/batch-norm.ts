import {
  batchMomentsSpec,
  bias,
  defineBijector,
  defineRowOp,
  detached,
  fail,
  finiteNumber,
  scale,
  standardiseSpec,
  state,
  wholeNumber,
} from "@flows/core/author";
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

/** The batch's mean and variance, after the running ones that follow from them: new state, which carries no gradient. */
export const batchMoments = defineRowOp(batchMomentsSpec, ([x], [oldMean, oldVariance], { momentum }) => {
  const center = mean(x!, 0);
  const spread = mean(square(sub(x!, center)), 0);
  const blend = (old: Tensor, now: Tensor): Tensor => detached(() => add(mul(old, constant(1 - momentum)), mul(now, constant(momentum))));
  return [blend(oldMean!, center), blend(oldVariance!, spread), center, spread, constant(0)];
});

/** Rows standardised by the batch's moments where they are read too, else by the running ones; and back. */
export const standardise = defineRowOp(
  standardiseSpec,
  ([x, center, spread], [shift, logScale, runningMean, runningVariance], { direction, epsilon }) => {
    const middle = center ?? runningMean!;
    const variance = add(spread ?? runningVariance!, constant(epsilon));
    const logDet = sum(sub(logScale!, mul(constant(0.5), log(variance))));
    if (direction === "forward") {
      const standard = mul(sub(x!, shift!), exp(neg(logScale!)));
      return [add(mul(standard, sqrt(variance)), middle), neg(logDet)];
    }
    const standard = div(sub(x!, middle), sqrt(variance));
    return [add(mul(standard, exp(logScale!)), shift!), logDet];
  },
);

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
export const batchNorm = defineBijector(
  { type: "flows/batch-norm", options: ["features", "momentum", "epsilon"] },
  (config: BatchNormConfig) => {
    const { features, momentum, epsilon } = checked(config);
    const paramsOf = <T>({ shift, logScale, mean, variance }: Readonly<Record<"shift" | "logScale" | "mean" | "variance", T>>): T[] => [
      shift,
      logScale,
      mean,
      variance,
    ];
    return {
      event: [features],
      params: { shift: bias([features]), logScale: scale([features]) },
      state: { mean: state([features]), variance: state([features], 1, "positive") },
      forward: (z, p) => standardise.reference([z], paramsOf(p), { direction: "forward", epsilon }),
      inverse: (x, p, call) => {
        if (!call.training) return standardise.reference([x], paramsOf(p), { direction: "inverse", epsilon });
        const [newMean, newVariance, center, spread] = batchMoments.reference([x], [p.mean, p.variance], { momentum });
        call.update("mean", newMean);
        call.update("variance", newVariance);
        return standardise.reference([x, center, spread], paramsOf(p), { direction: "inverse", epsilon });
      },
      lower: (program, x, p, direction, self) => {
        const attrs = { direction, epsilon };
        if (direction === "forward" || !program.training) return standardise.emit(program, [x], paramsOf(p), attrs)[0];
        const [newMean, newVariance, center, spread] = batchMoments.emit(program, [x], [p.mean, p.variance], { momentum });
        program.update(self, "mean", newMean);
        program.update(self, "variance", newVariance);
        return standardise.emit(program, [x, center, spread], paramsOf(p), attrs)[0];
      },
    };
  },
);
