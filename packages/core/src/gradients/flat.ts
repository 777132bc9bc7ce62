import { type GradConfig, type Tensor, zeros } from "@tensorflow/tfjs-core";
import { fromDy, fromInput } from "./formulas.js";

const flat = (kernelName: string): GradConfig => fromInput(kernelName, (_dy, x) => zeros(x.shape));

const flatPair = (kernelName: string): GradConfig => ({
  kernelName,
  inputsToSave: ["a", "b"],
  gradFunc: (_dy, [a, b]) => ({ a: () => zeros(a!.shape), b: () => zeros(b!.shape) }),
});

/** Kernels whose slope is 0 wherever they have one: steps, comparisons, logic. tfjs needs them said, or `where(greater(x, 0), ...)` throws. */
export const flats: readonly GradConfig[] = [
  ...["Ceil", "Floor", "Round", "Sign", "Step", "OnesLike", "ZerosLike", "LogicalNot", "IsFinite", "IsInf", "IsNan"].map(flat),
  ...["Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual", "LogicalAnd", "LogicalOr"].map(flatPair),
];

/** Kernels that hand the values on. A gradient is float32 whatever was cast. */
export const identities: readonly GradConfig[] = ["Identity", "Cast"].map((kernelName) => fromDy(kernelName, (dy: Tensor) => dy.clone()));
