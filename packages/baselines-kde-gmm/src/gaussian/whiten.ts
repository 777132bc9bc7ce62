import { tensorOf } from "@flows/core";
import { constant, div, log, matMul, sub, sum, type Tensor } from "@flows/core/ops";

/** 1 below the diagonal, 0 elsewhere: what of `slopes` is read. */
export const belowDiagonal = (features: number) => (): Tensor =>
  tensorOf(
    Float32Array.from({ length: features * features }, (_, i) => (i % features < Math.floor(i / features) ? 1 : 0)),
    [features, features],
  );

/** Deviations from the mean, rows [n, d], as independent standard normals: the chain of regressions undone. */
export const whiten = (e: Tensor, deviations: Tensor, slopes: Tensor): Tensor => div(sub(e, matMul(e, slopes, false, true)), deviations);

/** log of the density's value where the noise is 0: -sum log deviations - d log(2 pi) / 2. */
export const logPeak = (deviations: Tensor): Tensor =>
  sub(constant((-deviations.shape.at(-1)! * Math.log(2 * Math.PI)) / 2), sum(log(deviations), -1));
