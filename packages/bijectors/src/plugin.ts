import type { Plugin } from "@flows/core";
import { actNorm } from "./act-norm.js";
import { batchNorm } from "./batch-norm.js";
import { mlp } from "./conditioners/mlp.js";
import { parallel } from "./conditioners/parallel.js";
import { coupling } from "./couplings/coupling.js";
import { identity } from "./elementwise/identity.js";
import { affine } from "./linear/affine.js";
import { permutation } from "./linear/permutation.js";
import { scaling } from "./linear/scaling.js";
import { additiveTransformer } from "./transformers/additive-transformer.js";
import { affineTransformer } from "./transformers/affine-transformer.js";

/** Every module of this package, for `createRegistry`. */
export const bijectors: Plugin = {
  name: "flows",
  spec: 1,
  modules: [actNorm, additiveTransformer, affine, affineTransformer, batchNorm, coupling, identity, mlp, parallel, permutation, scaling],
};
