import type { Tensor } from "@flows/core";
import { tensorOf } from "@flows/core/author";
import { transpose } from "@flows/core/ops";
import { tidy } from "@tensorflow/tfjs-core";
import { whitened } from "../gaussian/whitened.js";
import type { Matrix } from "../matrix.js";

/** Rows a tile: its numbers stay in the cache. */
const tileRows = 16384;

/** Rows on the backend, centred and scaled to spread 1 so that float32 holds them well whatever their units. */
export interface Tiles {
  readonly n: number;
  readonly centre: Float64Array;
  readonly spreads: Float64Array;
  /** Points as columns, [d, up to 16,384]. */
  readonly tensors: readonly Tensor[];
  dispose(): void;
}

/** Puts rows on the backend; dispose them. */
export function tilesOf(rows: Matrix, centre: Float64Array, spreads: Float64Array): Tiles {
  const { n, features } = rows;
  const { data } = whitened(rows, centre, { deviations: spreads, slopes: new Float64Array(features * features) });
  const tensors = Array.from({ length: Math.ceil(n / tileRows) }, (_, i) => {
    const part = data.subarray(i * tileRows * features, (i + 1) * tileRows * features);
    return tidy(() => transpose(tensorOf(part, [part.length / features, features])));
  });
  const dispose = (): void => {
    for (const tensor of tensors) tensor.dispose();
  };
  return { n, centre, spreads, tensors, dispose };
}
