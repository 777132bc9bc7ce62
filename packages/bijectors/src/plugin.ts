import type { Plugin } from "@flows/core";
import { mlp } from "./conditioners/mlp.js";
import { parallel } from "./conditioners/parallel.js";
import { coupling } from "./couplings/coupling.js";
import { additiveTransformer } from "./transformers/additive-transformer.js";
import { affineTransformer } from "./transformers/affine-transformer.js";

/** Every module of this package, for `createRegistry`. */
export const bijectors: Plugin = {
  name: "flows",
  spec: 1,
  modules: [additiveTransformer, affineTransformer, coupling, mlp, parallel],
};
