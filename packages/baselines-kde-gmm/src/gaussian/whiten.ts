import { tensorOf } from "@flows/core/author";
import { constant, div, log, matMul, mul, reshape, square, sub, sum, type Tensor } from "@flows/core/ops";

/** 1 below the diagonal, 0 elsewhere: what of `slopes` is read. */
export const belowDiagonal = (features: number): Tensor =>
  tensorOf(
    Float32Array.from({ length: features * features }, (_, i) => (i % features < Math.floor(i / features) ? 1 : 0)),
    [features, features],
  );

/**
 * Deviations from the mean as independent standard normals: the chain of regressions undone. Points are columns, [d, n]: tensors that
 * are long in the last axis are what the backends' kernels are fast on.
 */
export const whiten = (e: Tensor, deviations: Tensor, slopes: Tensor): Tensor =>
  div(sub(e, matMul(slopes, e)), reshape(deviations, [-1, 1]));

/** log of the density's value where the noise is 0: -sum log deviations - d log(2 pi) / 2. */
export const logPeak = (deviations: Tensor): Tensor => sub(constant((-deviations.size * Math.log(2 * Math.PI)) / 2), sum(log(deviations)));

/** -|column|^2 / 2, [d, n] to [1, n]. */
export const halfSquare = (columns: Tensor): Tensor => mul(sum(square(columns), 0, true), constant(-0.5));
