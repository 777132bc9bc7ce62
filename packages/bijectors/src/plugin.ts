import type { Plugin } from "@flows/core";
import { actNorm } from "./act-norm.js";
import { batchNorm } from "./batch-norm.js";
import { mlp } from "./conditioners/mlp.js";
import { parallel } from "./conditioners/parallel.js";
import { coupling } from "./couplings/coupling.js";
import { arctanh } from "./elementwise/arctanh.js";
import { exp } from "./elementwise/exp.js";
import { identity } from "./elementwise/identity.js";
import { leakyRelu } from "./elementwise/leaky-relu.js";
import { logit } from "./elementwise/logit.js";
import { sigmoid } from "./elementwise/sigmoid.js";
import { softplus } from "./elementwise/softplus.js";
import { tanh } from "./elementwise/tanh.js";
import { affine } from "./linear/affine.js";
import { householder } from "./linear/householder.js";
import { linear } from "./linear/linear.js";
import { lu } from "./linear/lu.js";
import { permutation } from "./linear/permutation.js";
import { rotation } from "./linear/rotation.js";
import { scaling } from "./linear/scaling.js";
import { shear } from "./linear/shear.js";
import { planar } from "./planar.js";
import { radial } from "./radial.js";
import { additiveTransformer } from "./transformers/additive-transformer.js";
import { affineTransformer } from "./transformers/affine-transformer.js";

/** Every module of this package, for `createRegistry`. */
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
};
