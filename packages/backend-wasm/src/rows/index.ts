import { additiveTransformRows } from "./additive-transform.js";
import { affineRows } from "./affine.js";
import { affineTransformRows } from "./affine-transform.js";
import { batchMomentsRows } from "./batch-moments.js";
import { elementwiseRows } from "./elementwise.js";
import type { OwnRows } from "./kernel.js";
import { linearLuRows } from "./linear-lu.js";
import { mlpRows } from "./mlp.js";
import { moveRows } from "./move.js";
import { normalDensityRows } from "./normal-density.js";
import { planarRows } from "./planar.js";
import { radialRows } from "./radial.js";
import { standardiseRows } from "./standardise.js";

/** Every row op of ours; the matrix product needs `productBytes` of room. */
export const ownRows = (productBytes: number): readonly OwnRows[] => [
  additiveTransformRows,
  affineRows,
  affineTransformRows,
  batchMomentsRows,
  elementwiseRows,
  linearLuRows,
  mlpRows(productBytes),
  moveRows,
  normalDensityRows,
  planarRows,
  radialRows,
  standardiseRows,
];
