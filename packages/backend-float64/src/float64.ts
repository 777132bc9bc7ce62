import type { Backend } from "@flows/core";
import { type LoadedBackend, registerGradients } from "@flows/core/author";
import { type KernelFunc, registerBackend, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { accurate } from "./accurate.js";
import { castToFloats } from "./cast.js";
import { wide } from "./wide.js";

const name = "float64";

/**
 * The verification backend: tfjs's CPU backend with float64 arrays behind every "float32" tensor. It runs references only, so what it
 * computes is the truth that kernels are compared with. Left out: Multinomial, which draws random numbers.
 *
 * @example
 * const backend = await useBackend(float64());
 */
export const float64 = (): Backend => ({ name, options: {}, precision: "float64", load });

async function load(): Promise<LoadedBackend> {
  const { MathBackendCPU, kernels, unaryKernelFunc } = await import("./generated/backend.js");
  const functions = new Map<string, KernelFunc>(kernels.map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));
  functions.delete("Multinomial");
  functions.set("Cast", castToFloats(functions.get("Cast")!));
  for (const [kernelName, f] of accurate) functions.set(kernelName, unaryKernelFunc(kernelName, f));
  for (const [kernelName, kernelFunc] of functions) registerKernel({ kernelName, kernelFunc, backendName: name });
  // The lowest priority: tfjs must never choose it by itself.
  registerBackend(name, () => new (wide(MathBackendCPU))(), 0);
  registerGradients();
  return { kernels: [], dispose: () => [...functions.keys()].forEach((kernelName) => void unregisterKernel(kernelName, name)) };
}
