import { mul, sum, zerosLike } from "@tensorflow/tfjs-core";
import type { Kernel } from "../contracts/index.js";
import { fail } from "../errors.js";
import type { DensityAttrs } from "./density-gradient.js";
import { type ChainAttrs, trainedBuffers } from "./flows-chain.js";

/** The kernel of `densityGradient` made of a kernel of `flowsChain`: its forward, and its backward from the slopes. */
export const densityGradientKernel = (chain: Kernel<ChainAttrs>): Kernel<DensityAttrs> => ({
  op: "densityGradient",
  forward: (tensors, { program }) => {
    const [inputs, slopes] = [tensors.slice(0, -1), tensors.at(-1)!];
    const attrs = { program, layers: () => fail("backend", "flows/densityGradient", "a kernel runs programs only.") };
    const { outputs, saved } = chain.forward([...inputs, ...trainedBuffers(program)], attrs, { saving: true });
    const [value, logDet, ...news] = outputs;
    const gradients = chain.backward(saved, [zerosLike(value!), slopes], attrs).slice(inputs.length);
    return { outputs: [sum(mul(logDet!, slopes)), ...gradients.map((gradient) => gradient!), ...news], saved: [] };
  },
  backward: () => fail("gradient", "flows/densityGradient", "the gradient of a training step has no gradient."),
});
