import { concat, split, type Tensor, type Tensor1D, tensor1d, tidy, type Variable } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Leaf } from "../modules/leaves.js";
import { hold, put } from "../modules/params.js";

/** A trained leaf and where it begins in the packed vector. */
export interface Part {
  readonly leaf: Leaf;
  readonly at: number;
}

/** Buffers laid end to end as one vector, so that an optimizer works on one tensor whatever the number of layers. */
export interface Packed {
  readonly size: number;
  readonly buffers: readonly Variable[];
  readonly parts: readonly Part[];
  /** What `of` gives for each buffer, as one vector; for one buffer just that. */
  gather(of: (buffer: Variable) => Tensor): Tensor;
  /** Puts a vector back into the buffers. */
  scatter(values: Tensor): void;
  /** A vector that holds 1 where `chosen` says so and 0 elsewhere, also outside the parts. */
  mask(chosen: (leaf: Leaf) => boolean): Variable;
  /** True inside the parts, for buffers of which only some views are trained; undefined where the parts fill all buffers. */
  readonly inParts: Variable | undefined;
  dispose(): void;
}

/** Packs the buffers of these leaves in their order. */
export function packed(leaves: readonly Leaf[]): Packed {
  const buffers = [...new Set(leaves.map(({ buffer }) => buffer))];
  const sizes = buffers.map(({ size }) => size);
  const size = sizes.reduce((a, b) => a + b, 0);
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
  const parts = leaves.map((leaf) => ({ leaf, at: starts[buffers.indexOf(leaf.buffer)]! + leaf.offset }));
  const covered = leaves.reduce((sum, leaf) => sum + leaf.size, 0);
  const ones = (chosen: (leaf: Leaf) => boolean): Float32Array => {
    const values = new Float32Array(size);
    for (const { leaf, at } of parts) if (chosen(leaf)) values.fill(1, at, at + leaf.size);
    return values;
  };
  const inParts =
    covered === size
      ? undefined
      : hold(
          () =>
            tensor1d(
              Array.from(
                ones(() => true),
                (v) => v > 0,
              ),
              "bool",
            ),
          false,
        );
  return {
    size,
    buffers,
    parts,
    inParts,
    gather: (of) => (buffers.length === 1 ? of(buffers[0]!) : concat(buffers.map(of) as Tensor1D[])),
    scatter: (values) =>
      tidy(() => {
        const pieces = buffers.length === 1 ? [values] : split(values, sizes);
        for (const [i, piece] of pieces.entries()) put(buffers[i]!, piece);
      }),
    mask: (chosen) => hold(() => tensorOf(ones(chosen), [size]), false),
    dispose: () => inParts?.dispose(),
  };
}
