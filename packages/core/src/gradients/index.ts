import { type GradConfig, getGradient, registerGradient } from "@tensorflow/tfjs-core";
import { activations } from "./activations.js";
import { arithmetic } from "./arithmetic.js";
import { flats, identities } from "./flat.js";
import { matMuls } from "./mat-mul.js";
import { reductions } from "./reduce.js";
import { selections } from "./select.js";
import { shapes } from "./shape.js";
import { unary } from "./unary.js";

/** The gradients of the tfjs kernels that references may use: tfjs-core brings none. */
export const gradients: readonly GradConfig[] = [
  ...activations,
  ...arithmetic,
  ...flats,
  ...identities,
  ...matMuls,
  ...reductions,
  ...selections,
  ...shapes,
  ...unary,
];

/**
 * Called by every backend that trains when it loads, so that a page whose backend does not is spared them.
 * Registers the gradients that nobody has registered yet: the union package may be loaded beside us.
 */
export function registerGradients(): void {
  for (const gradient of gradients) if (getGradient(gradient.kernelName) === undefined) registerGradient(gradient);
}
