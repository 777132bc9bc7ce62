import type { Matrix } from "../matrix.js";
import type { Regressions } from "./regressions.js";

/** Rows less a centre as independent features of deviation 1: `whiten` on the host, in float64. */
export function whitened({ data, n, features: d }: Matrix, centre: Float64Array, { deviations, slopes }: Regressions): Matrix {
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++) {
      let e = data[i * d + a]! - centre[a]!;
      for (let b = 0; b < a; b++) e -= slopes[a * d + b]! * (data[i * d + b]! - centre[b]!);
      out[i * d + a] = e / deviations[a]!;
    }
  return { data: out, n, features: d };
}
