import type { RowKernel } from "@flows/core/author";
import { additiveTransformKernel } from "./additive-transform.js";
import { affineKernel } from "./affine.js";
import { affineTransformKernel } from "./affine-transform.js";
import { batchMomentsKernel } from "./batch-moments.js";
import { elementwiseKernel } from "./elementwise.js";
import { gaussianMixtureKernel } from "./gaussian-mixture.js";
import { householderKernel } from "./householder.js";
import { linearLuKernel } from "./linear-lu.js";
import { mlpKernel } from "./mlp.js";
import { moveKernel } from "./move.js";
import { normalDensityKernel } from "./normal-density.js";
import { planarKernel } from "./planar.js";
import { radialKernel } from "./radial.js";
import { rotationKernel } from "./rotation.js";
import { standardiseKernel } from "./standardise.js";
import { uniformDensityKernel } from "./uniform-density.js";

/** The row ops of Flows in plain TypeScript. */
export const rowKernels: readonly RowKernel[] = [
  additiveTransformKernel,
  affineKernel,
  affineTransformKernel,
  batchMomentsKernel,
  elementwiseKernel,
  gaussianMixtureKernel,
  householderKernel,
  linearLuKernel,
  mlpKernel,
  moveKernel,
  normalDensityKernel,
  planarKernel,
  radialKernel,
  rotationKernel,
  standardiseKernel,
  uniformDensityKernel,
];
