import { add, concat, constant, filled, log, matMul, mean, mul, reshape, square, sub, sum, type Tensor, transpose } from "@flows/core/ops";
import { slice, tidy } from "@tensorflow/tfjs-core";
import { logPeak, whiten } from "../gaussian/whiten.js";
import { logSumExp } from "../mixture/log-sum-exp.js";

/** Rows of data taken at a time: one product of matrices, whose result stays in the cache. */
export const blockRows = 128;

/**
 * log sum_i w_i N(x; row_i, H) for x [n, d] and rows [m, d], [n].
 *
 * Block by block around the block's own centre c: with u = whitened x - c and v = whitened row - c, -|u - v|^2 / 2 is
 * u . v - |v|^2 / 2 - |u|^2 / 2, one product with a column of ones for the middle term. Distances from a centre nearby cancel
 * little: the error is that of |block|^2 in units of the bandwidth, not that of all the data.
 */
export function logDensity(x: Tensor, rows: Tensor, weights: Tensor | undefined, deviations: Tensor, slopes: Tensor): Tensor {
  const m = rows.shape[0]!;
  const starts = Array.from({ length: Math.ceil(m / blockRows) }, (_, i) => i * blockRows);
  const parts = starts.map((from) => tidy(() => blockSum(x, block(rows, from), weights && block(weights, from), deviations, slopes)));
  const whole = parts.length === 1 ? parts[0]! : logSumExp(concat(parts, 1));
  const total = weights ? log(sum(weights)) : constant(Math.log(m));
  return reshape(add(whole, sub(logPeak(deviations), total)), [x.shape[0]!]);
}

function block(rows: Tensor, from: number): Tensor {
  const [m, ...rest] = rows.shape as [number, ...number[]];
  return slice(rows, [from, ...rest.map(() => 0)], [Math.min(blockRows, m - from), ...rest]);
}

/** log sum_i w_i exp(-|u - v_i|^2 / 2) over one block, [n, 1]. */
function blockSum(x: Tensor, rows: Tensor, weights: Tensor | undefined, deviations: Tensor, slopes: Tensor): Tensor {
  const centre = mean(rows, 0, true);
  const u = whiten(sub(x, centre), deviations, slopes);
  const v = whiten(sub(rows, centre), deviations, slopes);
  const height = mul(sum(square(v), -1, true), constant(-0.5));
  const offset = weights ? add(height, reshape(log(weights), [-1, 1])) : height;
  const exponents = matMul(concat([u, filled([u.shape[0]!, 1], 1)], 1), transpose(concat([v, offset], 1)));
  return sub(logSumExp(exponents), mul(sum(square(u), -1, true), constant(0.5)));
}
