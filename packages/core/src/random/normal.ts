import { checkRows } from "./counter.js";
import { normalQuantile } from "./quantile.js";
import type { Stream } from "./streams.js";
import { eachUniform } from "./uniform.js";

/**
 * Rows first .. first+n-1 of independent standard normals, as [n * width], bit-identical on every engine.
 *
 * z = Phi^-1(u) in float64 with u in (0, 1) of 52 bits, rounded once to float32; |z| reaches 8.2.
 * A number depends on seed, stream, its row and its column alone, whatever first, n and width are.
 */
export function normals(seed: number, first: number, n: number, width: number, stream: Stream = "base"): Float32Array {
  checkRows(first, n, width);
  const out = new Float32Array(n * width);
  eachUniform(seed, first, n, width, stream, (value, place) => {
    out[place] = normalQuantile(value);
  });
  return out;
}
