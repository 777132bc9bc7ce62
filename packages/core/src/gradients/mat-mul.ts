import { type GradConfig, matMul, type Tensor } from "@tensorflow/tfjs-core";
import { summedTo } from "./formulas.js";

/** op(A) op(B), where op transposes or not: each gradient is one product, transposed without a copy, and summed over broadcast batches. */
export const matMuls: readonly GradConfig[] = [
  {
    kernelName: "BatchMatMul",
    inputsToSave: ["a", "b"],
    gradFunc: (dys, [a, b], { transposeA, transposeB }) => {
      const [dy, ta, tb] = [dys as Tensor, transposeA as boolean, transposeB as boolean];
      return {
        a: () => summedTo(ta ? matMul(b!, dy, tb, true) : matMul(dy, b!, false, !tb), a!.shape),
        b: () => summedTo(tb ? matMul(dy, a!, true, ta) : matMul(a!, dy, !ta, false), b!.shape),
      };
    },
  },
];
