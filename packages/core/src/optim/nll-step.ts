import { div, neg, sum, type Tensor } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Distribution } from "../contracts/index.js";
import { densityGradient } from "../programs/density-gradient.js";
import type { Optimizer } from "./adam.js";
import { trainingStep } from "./step.js";

export interface NllStepOptions {
  /** [n, contextFeatures], or one row for all. */
  readonly context?: Tensor | undefined;
  /** [n], not negative; default: all rows weigh the same. */
  readonly weights?: Tensor | undefined;
}

/**
 * One training step on the weighted mean negative log-likelihood of rows: what `fit` does for each batch. It is `step` with the loss
 * -sum_i w_i log p(x_i) / sum_i w_i, and faster where all of the model runs as one program: nothing is recorded for the gradient.
 * Shapes: x [n, ...event]. Gives the loss in nats as a scalar tensor, which is yours.
 *
 * @example
 * const optimizer = adam(model, { learningRate: 1e-3 });
 * nllStep(optimizer, model, rows).dispose();
 * optimizer.dispose();
 */
export const nllStep = (optimizer: Optimizer, model: Distribution, x: Tensor, { context, weights }: NllStepOptions = {}): Tensor =>
  trainingStep(optimizer, (call) => {
    const slopes = weights ? neg(div(weights, sum(weights))) : evenSlopes(x.shape[0]!);
    return densityGradient(model, x, slopes, optimizer.packed.buffers, { ...call, context });
  });

const evenSlopes = (n: number): Tensor => tensorOf(new Float64Array(n).fill(-1 / n), [n]);
