import { concat, reshape, split, type Tensor } from "@tensorflow/tfjs-core";
import type { Kernel } from "../kernels/kernel.js";
import { defineOp } from "../kernels/op.js";
import { type View, viewIn } from "./params.js";

interface Views {
  readonly views: readonly View[];
}

/** One buffer opened as many named tensors; its gradient is one concat. */
export const unpack = defineOp<Views>({
  name: "unpack",
  reference: ([buffer], { views }) => views.map((view) => viewIn(view, buffer!)),
});

/** `unpack` with tfjs ops, but as one node on the tape: right for every backend. */
export const unpackKernel: Kernel<Views> = {
  op: "unpack",
  forward: ([buffer], { views }) => {
    const sizes = views.map(({ size }) => size);
    const parts = views.length === 1 ? [buffer!] : split(buffer!, sizes);
    return { outputs: parts.map((part, i) => reshape(part, [...views[i]!.spec.shape])), saved: [] };
  },
  backward: (_saved, dys) => [concat(dys.map((dy) => reshape(dy, [-1])))],
};

/** A module's own parameters by name. */
export function open(views: readonly View[]): Record<string, Tensor> {
  if (views.length === 0) return {};
  const tensors = unpack([views[0]!.buffer], { views });
  return Object.fromEntries(views.map(({ name }, i) => [name, tensors[i]!]));
}
