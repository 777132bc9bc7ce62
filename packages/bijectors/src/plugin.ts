import type { Plugin } from "@flows/core";
import {
  additiveTransformExamples,
  affineExamples,
  affineTransformExamples,
  batchMomentsExamples,
  type ElementwiseAttrs,
  elementwiseExamples,
  elementwiseSpec,
  householderExamples,
  linearLuExamples,
  mlpExamples,
  moveExamples,
  planarExamples,
  type RowReference,
  radialExamples,
  rotationExamples,
  standardiseExamples,
} from "@flows/core/author";
import { actNorm } from "./act-norm.js";
import { batchMoments, batchNorm, standardise } from "./batch-norm.js";
import { mlp } from "./conditioners/mlp.js";
import { parallel } from "./conditioners/parallel.js";
import { coupling } from "./couplings/coupling.js";
import { arctanh } from "./elementwise/arctanh.js";
import { exp, expCurve } from "./elementwise/exp.js";
import { identity } from "./elementwise/identity.js";
import { leakyRelu, leakyReluCurve } from "./elementwise/leaky-relu.js";
import { logit } from "./elementwise/logit.js";
import { sigmoid, sigmoidCurve } from "./elementwise/sigmoid.js";
import { softplus, softplusCurve } from "./elementwise/softplus.js";
import { tanh, tanhCurve } from "./elementwise/tanh.js";
import { affine, affineRows } from "./linear/affine.js";
import { householder, householderRows } from "./linear/householder.js";
import { linear } from "./linear/linear.js";
import { lu, luRows } from "./linear/lu.js";
import { permutation } from "./linear/permutation.js";
import { rotation, rotationRows } from "./linear/rotation.js";
import { scaling } from "./linear/scaling.js";
import { shear } from "./linear/shear.js";
import { planar, planarRows } from "./planar.js";
import { radial, radialRows } from "./radial.js";
import { dense } from "./row-ops/dense.js";
import { move } from "./row-ops/move.js";
import { additiveTransform, additiveTransformer } from "./transformers/additive-transformer.js";
import { affineTransform, affineTransformer } from "./transformers/affine-transformer.js";

const curves = { exp: expCurve, sigmoid: sigmoidCurve, tanh: tanhCurve, softplus: softplusCurve, leakyRelu: leakyReluCurve };

/** The op that all elementwise maps share. */
const elementwise: RowReference<ElementwiseAttrs> = {
  spec: elementwiseSpec,
  reference: (rows, params, attrs) => curves[attrs.map].rows.reference(rows, params, attrs),
};

/** Every module of this package and its row ops, for `createRegistry`. */
export const bijectors: Plugin = {
  name: "flows",
  spec: 1,
  modules: [
    actNorm,
    additiveTransformer,
    affine,
    affineTransformer,
    arctanh,
    batchNorm,
    coupling,
    exp,
    householder,
    identity,
    leakyRelu,
    linear,
    logit,
    lu,
    mlp,
    parallel,
    permutation,
    planar,
    radial,
    rotation,
    scaling,
    shear,
    sigmoid,
    softplus,
    tanh,
  ],
  ops: [
    { op: additiveTransform, at: additiveTransformExamples },
    { op: affineRows, at: affineExamples },
    { op: affineTransform, at: affineTransformExamples },
    { op: batchMoments, at: batchMomentsExamples },
    { op: dense, at: mlpExamples },
    { op: elementwise, at: elementwiseExamples },
    { op: householderRows, at: householderExamples },
    { op: luRows, at: linearLuExamples },
    { op: move, at: moveExamples },
    { op: planarRows, at: planarExamples },
    { op: radialRows, at: radialExamples },
    { op: rotationRows, at: rotationExamples },
    { op: standardise, at: standardiseExamples },
  ],
};
