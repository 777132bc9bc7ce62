import { concat, reshape, split, type Tensor, type Tensor1D, type Variable, zeros } from "@tensorflow/tfjs-core";
import type { Kernel, View } from "../contracts/index.js";
import { defineOp } from "../kernels/op.js";
import { viewIn } from "./params.js";

interface Views {
  readonly views: readonly View[];
}

/** One buffer opened as many named tensors; its gradient is one concat. */
export const unpack = defineOp<Views>({
  name: "unpack",
  reference: ([buffer], { views }) => views.map((view) => viewIn(view, buffer!)),
});

/** Numbers of a buffer before and after the views, which lie side by side. */
function around(buffer: Variable, views: readonly View[]): readonly [before: number, after: number] {
  const [first, last] = [views[0]!, views.at(-1)!];
  return [first.offset, buffer.size - last.offset - last.size];
}

/** `unpack` with tfjs ops, but as one node on the tape: right for every backend. */
export const unpackKernel: Kernel<Views> = {
  op: "unpack",
  forward: ([buffer], { views }) => {
    const [before, after] = around(views[0]!.buffer, views);
    const whole = views.length === 1 && before + after === 0;
    const parts = whole ? [buffer!] : split(buffer!, [before, ...views.map(({ size }) => size), after]).slice(1, -1);
    return { outputs: parts.map((part, i) => reshape(part, [...views[i]!.spec.shape])), saved: [] };
  },
  backward: (_saved, dys, { views }) => {
    const [before, after] = around(views[0]!.buffer, views);
    const pieces = [zeros([before]), ...dys.map((dy) => reshape(dy, [-1])), zeros([after])];
    return [concat(pieces.filter(({ size }) => size > 0) as Tensor1D[])];
  },
};

/** A module's own parameters by name. */
export function open(views: readonly View[]): Record<string, Tensor> {
  if (views.length === 0) return {};
  const tensors = unpack([views[0]!.buffer], { views });
  return Object.fromEntries(views.map(({ name }, i) => [name, tensors[i]!]));
}
