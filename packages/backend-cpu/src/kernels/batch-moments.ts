import { type BatchMomentsAttrs, batchMomentsSpec, type RowKernel } from "@flows/core/author";

/**
 * A barrier: the mean and the variance (divisor n) of each column over the batch, and the running ones after it.
 * Reads x; params running mean, running variance; writes new running mean, new running variance, mean, variance, a shared row each.
 * The variance is accumulated in a second pass, about the mean: x^2 - mean^2 cancels.
 * Source: Ioffe and Szegedy (2015), Batch Normalization, algorithm 1. https://arxiv.org/abs/1502.03167
 */
export const batchMomentsKernel: RowKernel<BatchMomentsAttrs> = {
  spec: batchMomentsSpec,
  forward: ({ reads: [x], writes: [newMean, newVariance, mean, variance], params: [oldMean, oldVariance] }, { attrs, reads }, from, to) => {
    const [width, n, momentum] = [reads[0]!.width, to - from, attrs.momentum];
    for (let j = 0; j < width; j++) {
      let [sum, squares] = [0, 0];
      for (let r = from; r < to; r++) sum += x![r * width + j]!;
      for (let r = from; r < to; r++) squares += (x![r * width + j]! - sum / n) ** 2;
      mean![j] = sum / n;
      variance![j] = squares / n;
      newMean![j] = oldMean![j]! * (1 - momentum) + momentum * (sum / n);
      newVariance![j] = oldVariance![j]! * (1 - momentum) + momentum * (squares / n);
    }
  },
  backward: ({ reads: [x], writes: [, , mean] }, { reads: [dx], writes: [, , dMean, dVariance] }, { reads }, from, to) => {
    const [width, n] = [reads[0]!.width, to - from];
    for (let r = from, i = r * width; r < to; r++)
      for (let j = 0; j < width; j++, i++) dx![i]! += (dMean![j]! + 2 * dVariance![j]! * (x![i]! - mean![j]!)) / n;
  },
};
