import { add, concat, div, filled, log, matMul, mean, reshape, sub, sum, type Tensor, transpose } from "@flows/core/ops";
import { slice, tidy } from "@tensorflow/tfjs-core";
import { logSumExp } from "../mixture/log-sum-exp.js";
import { halfSquare, logPeak, whiten } from "./whiten.js";

/** Rows of data in a block: one product of matrices. */
export const blockRows = 128;
/** Blocks that are summed together; what they hold at a time is all that a density holds. */
const together = 8;

/** Rows that carry kernels, [m, d], their weights [m], and the kernel. */
export interface Kernels {
  readonly rows: Tensor;
  readonly weights: Tensor;
  readonly deviations: Tensor;
  readonly slopes: Tensor;
}

/**
 * log sum_i w_i N(x; row_i, H) for x [n, d], [n].
 *
 * Block by block around the block's own centre c: with u = x - c and v = row - c, both whitened, -|u - v|^2 / 2 is
 * u . v - |u|^2 / 2 - |v|^2 / 2, one product with a line for each square. Distances from a centre nearby cancel little:
 * the error is that of |block|^2 in units of the bandwidth, not that of all the data.
 */
export function tiedDensity(x: Tensor, { rows, weights, deviations, slopes }: Kernels): Tensor {
  const [n, m] = [x.shape[0]!, rows.shape[0]!];
  const [y, points] = [whiten(transpose(x), deviations, slopes), whiten(transpose(rows), deviations, slopes)];
  const logWeights = reshape(log(div(weights, sum(weights))), [1, m]);
  const whole = Math.floor(m / blockRows);
  const runs = Array.from({ length: Math.ceil(whole / together) }, (_, i) => [i * together, Math.min(whole, (i + 1) * together)] as const);
  const rest = m % blockRows > 0 ? [[whole, whole + 1] as const] : [];
  const sums = [...runs, ...rest].map(([from, to]) => tidy(() => logSumExp(exponents(y, points, logWeights, from, to))));
  return reshape(add(logSumExp([concat(sums, 0)]), logPeak(deviations)), [n]);
}

/** log w_i - |u - v_i|^2 / 2 for blocks from .. to - 1, [rows of the block, n] each. */
function exponents(y: Tensor, points: Tensor, logWeights: Tensor, from: number, to: number): Tensor[] {
  const [d, m] = points.shape as [number, number];
  return Array.from({ length: to - from }, (_, i) => {
    const start = (from + i) * blockRows;
    const count = Math.min(blockRows, m - start);
    const own = slice(points, [0, start], [d, count]);
    const centre = mean(own, 1, true);
    const [u, v] = [sub(y, centre), sub(own, centre)];
    const offset = add(halfSquare(v), slice(logWeights, [0, start], [1, count]));
    const ones = (t: Tensor): Tensor => filled([1, t.shape[1]!], 1);
    return matMul(concat([v, ones(v), offset], 0), concat([u, halfSquare(u), ones(u)], 0), true);
  });
}
