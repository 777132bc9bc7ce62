import {
  type Tensor,
  cumsum as tfCumsum,
  logSumExp as tfLogSumExp,
  max as tfMax,
  mean as tfMean,
  min as tfMin,
  prod as tfProd,
  sum as tfSum,
} from "@tensorflow/tfjs-core";

type Reduce = (x: Tensor, axis?: number | number[], keepDims?: boolean) => Tensor;

export const sum: Reduce = tfSum;
export const mean: Reduce = tfMean;
export const max: Reduce = tfMax;
export const min: Reduce = tfMin;
export const prod: Reduce = tfProd;
export const logSumExp: Reduce = tfLogSumExp;
export const cumsum = (x: Tensor, axis: number): Tensor => tfCumsum(x, axis);

/** Sum over every axis but the batch: [batch, ...event] to [batch]. */
export const sumEvent = (x: Tensor): Tensor =>
  tfSum(
    x,
    Array.from({ length: x.rank - 1 }, (_, i) => i + 1),
  );
