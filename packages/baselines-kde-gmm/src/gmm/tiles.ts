import type { Tensor } from "@flows/core";
import { tensorOf } from "@flows/core/author";
import { transpose } from "@flows/core/ops";
import { tidy } from "@tensorflow/tfjs-core";
import { type Moments, variancesOf } from "../gaussian/moments.js";
import { type Regressions, regressionsOf } from "../gaussian/regressions.js";
import { whitened } from "../gaussian/whitened.js";
import type { Matrix } from "../matrix.js";

/** Rows a tile: its numbers stay in the cache. */
const tileRows = 16384;

/** Rows on the backend, whitened so that float32 holds them well whatever their units and however close to a line they lie. */
export interface Tiles {
  readonly n: number;
  readonly centre: Float64Array;
  /** [d, d], lower triangular: a tile's units in the data's, x = centre + lower tile. */
  readonly lower: Float64Array;
  readonly units: Regressions;
  /** Points as columns, [d, up to 16,384]. */
  readonly tensors: readonly Tensor[];
}

/** The data's covariance where EM looks at correlations and it is not flat, else the columns' own spreads. */
export function unitsOf(where: string, moments: Moments, cross: boolean): Regressions {
  const d = moments.mean.length;
  const own = cross ? regressionsOf(moments.covariance, d) : undefined;
  return own ?? { deviations: variancesOf(where, moments).map(Math.sqrt), slopes: new Float64Array(d * d) };
}

/** Puts whitened rows on the backend. */
export function tilesOf(rows: Matrix, centre: Float64Array, units: Regressions): Tiles {
  const { n, features } = rows;
  const { data } = whitened(rows, centre, units);
  const tensors = Array.from({ length: Math.ceil(n / tileRows) }, (_, i) => {
    const part = data.subarray(i * tileRows * features, (i + 1) * tileRows * features);
    return tidy(() => transpose(tensorOf(part, [part.length / features, features])));
  });
  return { n, centre, lower: lowerOf(units), units, tensors };
}

/** (I - slopes)^-1 diag(deviations), by substitution. */
function lowerOf({ deviations, slopes }: Regressions): Float64Array {
  const d = deviations.length;
  const lower = new Float64Array(d * d);
  for (let j = 0; j < d; j++)
    for (let i = j; i < d; i++) {
      let value = i === j ? deviations[j]! : 0;
      for (let b = j; b < i; b++) value += slopes[i * d + b]! * lower[b * d + j]!;
      lower[i * d + j] = value;
    }
  return lower;
}
