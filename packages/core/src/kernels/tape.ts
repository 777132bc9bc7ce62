import { engine, type Tensor, tidy, zerosLike } from "@tensorflow/tfjs-core";
import type { Kernel } from "../contracts/index.js";
import { fail } from "../errors.js";

type TensorMap = Record<string, Tensor>;

/** The engine's own entry for several outputs: private in tfjs's types, and `customGrad` gives one output only. */
interface Tape {
  runKernelFunc(call: {
    inputs: TensorMap;
    forwardFunc: (backend: unknown, save: (tensors: readonly Tensor[]) => void) => Tensor[];
    backwardsFunc: (dy: Tensor | Tensor[], saved: Tensor[]) => Record<string, () => Tensor>;
  }): Tensor[];
}
const tape = (): Tape => engine() as unknown as Tape;
const keyed = <T>(values: readonly T[]): Record<string, T> => Object.fromEntries(values.map((v, i) => [String(i), v]));

/** Computes off the tape: a constant as far as gradients are concerned. */
export const detached = (f: () => Tensor): Tensor =>
  tape().runKernelFunc({ inputs: {}, forwardFunc: () => [f()], backwardsFunc: () => ({}) })[0]!;

/** A kernel as one node on the tape; where there is no tape, just its outputs. */
export function runKernel<A>(kernel: Kernel<A>, inputs: readonly Tensor[], attrs: A): Tensor[] {
  if (engine().state.gradientDepth === 0) return tidy(() => kernel.forward(inputs, attrs, { saving: false }).outputs);
  return tape().runKernelFunc({
    inputs: keyed(inputs),
    forwardFunc: (_backend, save) => {
      const { outputs, saved } = kernel.forward(inputs, attrs, { saving: true });
      save(saved);
      return outputs;
    },
    backwardsFunc: (dy, saved) => {
      const grads = once(kernel, saved, Array.isArray(dy) ? dy : [dy], inputs, attrs);
      return keyed(inputs.map((input, i) => () => grads[i] ?? zerosLike(input)));
    },
  });
}

/** What is said where a kernel has no gradient, or its gradient none. */
const refuse = ({ op }: { readonly op: string }, what: string): never =>
  fail("gradient", `flows/${op}`, `${what}. Wrap the call in withReference(() => ...).`);

/** The gradient itself, as a node that refuses to be differentiated. All of it at once: each thunk runs in a tidy of its own. */
function once<A>(
  kernel: Kernel<A>,
  saved: readonly Tensor[],
  dys: readonly Tensor[],
  inputs: readonly Tensor[],
  attrs: A,
): (Tensor | undefined)[] {
  const present: number[] = [];
  const grads = tape().runKernelFunc({
    inputs: keyed([...dys, ...inputs]),
    forwardFunc: () =>
      (kernel.backward ?? (() => refuse(kernel, "this kernel has no gradient")))(saved, dys, attrs).flatMap((gradient, i) => {
        if (gradient) present.push(i);
        return gradient ? [gradient] : [];
      }),
    backwardsFunc: () => refuse(kernel, "a kernel has no second derivative"),
  });
  return inputs.map((_, i) => (present.includes(i) ? grads[present.indexOf(i)] : undefined));
}
