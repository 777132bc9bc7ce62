import type { Tensor } from "@tensorflow/tfjs-core";
import { kernelFor } from "../backend/session.js";
import type { Kernel, RowOpSpec } from "../contracts/index.js";
import { runKernel } from "./tape.js";

/** The definition of an op: a composite of tfjs ops whose autodiff is the gradient. */
export interface OpSpec<A> {
  readonly name: string;
  /** Of an op by rows. */
  readonly rows?: RowOpSpec;
  reference(inputs: readonly Tensor[], attrs: A): Tensor[];
}
export type Op<A> = ((inputs: readonly Tensor[], attrs: A) => Tensor[]) & { readonly reference: OpSpec<A>["reference"] };

let references = 0;

/** Runs `f` on composites only: slower, and differentiable as often as you like. */
export function withReference<T>(f: () => T): T {
  references += 1;
  try {
    return f();
  } finally {
    references -= 1;
  }
}

export const onReference = (): boolean => references > 0;

/** An op: the backend's kernel where it has one, else the reference. */
export function defineOp<A>({ name, rows, reference }: OpSpec<A>): Op<A> {
  const run = (inputs: readonly Tensor[], attrs: A): Tensor[] => {
    const kernel = onReference() ? undefined : (kernelFor(name, rows) as Kernel<A> | undefined);
    return kernel ? runKernel(kernel, inputs, attrs) : reference(inputs, attrs);
  };
  return Object.assign(run, { reference });
}
