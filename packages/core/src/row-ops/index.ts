import type { RowOpSpec } from "../contracts/index.js";
import { additiveTransformSpec } from "./additive-transform.js";
import { affineSpec } from "./affine.js";
import { affineTransformSpec } from "./affine-transform.js";
import { batchMomentsSpec } from "./batch-moments.js";
import { elementwiseSpec } from "./elementwise.js";
import { gaussianMixtureSpec } from "./gaussian-mixture.js";
import { householderSpec } from "./householder.js";
import { linearLuSpec } from "./linear-lu.js";
import { mlpSpec } from "./mlp.js";
import { moveSpec } from "./move.js";
import { normalDensitySpec } from "./normal-density.js";
import { planarSpec } from "./planar.js";
import { radialSpec } from "./radial.js";
import { rotationSpec } from "./rotation.js";
import { standardiseSpec } from "./standardise.js";
import { uniformDensitySpec } from "./uniform-density.js";

export * from "./additive-transform.js";
export * from "./affine.js";
export * from "./affine-transform.js";
export * from "./batch-moments.js";
export type { Directed } from "./directed.js";
export * from "./elementwise.js";
export * from "./gaussian-mixture.js";
export * from "./householder.js";
export * from "./linear-lu.js";
export * from "./mlp.js";
export * from "./move.js";
export * from "./normal-density.js";
export * from "./planar.js";
export * from "./radial.js";
export * from "./rotation.js";
export * from "./row-op-spec.js";
export * from "./standardise.js";
export { resultsOf, stepOf } from "./step.js";
export * from "./uniform-density.js";

/** The row ops of Flows: every engine has a kernel for each. */
export const rowOps: readonly RowOpSpec[] = [
  additiveTransformSpec,
  affineSpec,
  affineTransformSpec,
  batchMomentsSpec,
  elementwiseSpec,
  gaussianMixtureSpec,
  householderSpec,
  linearLuSpec,
  mlpSpec,
  moveSpec,
  normalDensitySpec,
  planarSpec,
  radialSpec,
  rotationSpec,
  standardiseSpec,
  uniformDensitySpec,
];
