import type { RowKernel } from "@flows/core";
import { additiveTransformKernel } from "./additive-transform.js";
import { affineKernel } from "./affine.js";
import { affineTransformKernel } from "./affine-transform.js";
import { batchMomentsKernel } from "./batch-moments.js";
import { columnsKernel } from "./columns.js";
import { concatKernel } from "./concat.js";
import { elementwiseKernel } from "./elementwise.js";
import { linearLuKernel } from "./linear-lu.js";
import { maskColumnsKernel } from "./mask-columns.js";
import { mlpKernel } from "./mlp.js";
import { normalDensityKernel } from "./normal-density.js";
import { permuteKernel } from "./permute.js";
import { planarKernel } from "./planar.js";
import { radialKernel } from "./radial.js";
import { scatterColumnsKernel } from "./scatter-columns.js";
import { standardiseKernel } from "./standardise.js";

/** The row ops of Flows in plain TypeScript. */
export const rowKernels: readonly RowKernel[] = [
  additiveTransformKernel,
  affineKernel,
  affineTransformKernel,
  batchMomentsKernel,
  columnsKernel,
  concatKernel,
  elementwiseKernel,
  linearLuKernel,
  maskColumnsKernel,
  mlpKernel,
  normalDensityKernel,
  permuteKernel,
  planarKernel,
  radialKernel,
  scatterColumnsKernel,
  standardiseKernel,
];
