import { fail } from "@flows/core/author";
import { engine, getKernelsForBackend, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";

/** What a backend that trains nothing says to whoever wants a gradient from it. */
export const refuse = (): never =>
  fail("backend", "flows/wasm", "this backend only scores and draws: it has no gradients. Import wasm from @flows/backend-wasm to train.");

/** Makes a backend's tfjs kernels refuse to be recorded for a gradient, whoever has registered theirs. */
export function refuseTape(backendName: string): void {
  for (const config of getKernelsForBackend(backendName)) {
    unregisterKernel(config.kernelName, backendName);
    registerKernel({ ...config, kernelFunc: (call) => (engine().state.gradientDepth > 0 ? refuse() : config.kernelFunc(call)) });
  }
}
