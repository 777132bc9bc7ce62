import { type Tensor, tensorOf } from "@flows/core";
import { whitened } from "../gaussian/whitened.js";
import type { Matrix } from "../matrix.js";

/** Rows a tile: its numbers stay in the cache. */
const tileRows = 8192;

/** Rows on the backend, centred and scaled to spread 1 so that float32 holds them well whatever their units. */
export interface Tiles {
  readonly n: number;
  readonly centre: Float64Array;
  readonly spreads: Float64Array;
  /** [up to 8,192, d] */
  readonly tensors: readonly Tensor[];
  dispose(): void;
}

/** Puts rows on the backend; dispose them. */
export function tilesOf(rows: Matrix, centre: Float64Array, spreads: Float64Array): Tiles {
  const { n, features } = rows;
  const { data } = whitened(rows, centre, { deviations: spreads, slopes: new Float64Array(features * features) });
  const tensors = Array.from({ length: Math.ceil(n / tileRows) }, (_, i) => {
    const part = data.subarray(i * tileRows * features, (i + 1) * tileRows * features);
    return tensorOf(part, [part.length / features, features]);
  });
  const dispose = (): void => {
    for (const tensor of tensors) tensor.dispose();
  };
  return { n, centre, spreads, tensors, dispose };
}
