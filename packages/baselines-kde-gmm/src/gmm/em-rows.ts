import type { Moments } from "../gaussian/moments.js";
import type { Matrix } from "../matrix.js";
import { expectation } from "./expectation.js";
import { hostExpectation } from "./host-expectation.js";
import type { Mixture } from "./mixture.js";
import type { Sums } from "./sums.js";
import { tilesOf, unitsOf } from "./tiles.js";

/** So few rows are worked through faster on the host. */
export const fewRows = 4096;

/** Rows that EM climbs on. */
export interface EmRows {
  readonly n: number;
  /** The E-step, and what the M-step needs of it; `cross` says whether products of different features are wanted. */
  expectation(mixture: Mixture, cross: boolean): Promise<Sums>;
  dispose(): void;
}

/** Few rows as they are, many on the backend; dispose them. */
export function emRows(where: string, rows: Matrix, moments: Moments, cross: boolean): EmRows {
  if (rows.n <= fewRows)
    return { n: rows.n, expectation: (mixture, wanted) => hostExpectation(rows, mixture, wanted), dispose: () => undefined };
  const tiles = tilesOf(rows, moments.mean, unitsOf(where, moments, cross));
  const dispose = (): void => {
    for (const tensor of tiles.tensors) tensor.dispose();
  };
  return { n: rows.n, expectation: (mixture, wanted) => expectation(tiles, mixture, wanted), dispose };
}
