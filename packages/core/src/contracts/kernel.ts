import type { Tensor } from "@tensorflow/tfjs-core";

export interface KernelContext {
  /** False where no gradient will be asked for: keep nothing. */
  readonly saving: boolean;
}

/** A faster way to the numbers of an op's reference: one node on the tape. */
export interface Kernel<A = unknown> {
  readonly op: string;
  forward(inputs: readonly Tensor[], attrs: A, context: KernelContext): { readonly outputs: Tensor[]; readonly saved: Tensor[] };
  /** The gradient of each input, undefined where it is zero; computed eagerly, new tensors only. An op that nobody differentiates has none. */
  backward?(saved: readonly Tensor[], dys: readonly Tensor[], attrs: A): (Tensor | undefined)[];
}

/** Kernels of any attributes, as a backend lists them. */
// biome-ignore lint/suspicious/noExplicitAny: attributes are checked by the op that calls the kernel
export type AnyKernel = Kernel<any>;
