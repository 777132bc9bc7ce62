import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { floats } from "../backend/tensor-of.js";
import type { Floats, Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import { type Leaf, leaves } from "../modules/leaves.js";
import type { NamedArray } from "./named-array.js";

export type Arrays = Map<string, NamedArray>;

/** Where a leaf's numbers lie in a file. */
export const nameOf = ({ kind, path }: Leaf): string => `${kind === "param" ? "flow" : "state"}/${path}`;

export const arrayOf = (data: Floats, shape: readonly number[]): NamedArray => ({
  dtype: data instanceof Float64Array ? "F64" : "F32",
  shape,
  data,
});

/** Reads every leaf of a module, one read a buffer; `value` may put other tensors in the buffers' place. */
export async function readLeaves(module: Module, name: (leaf: Leaf) => string, value: (buffer: Variable) => Tensor): Promise<Arrays> {
  const all = leaves(module);
  const buffers = [...new Set(all.map(({ buffer }) => buffer))];
  const read = await Promise.all(buffers.map((buffer) => value(buffer).data()));
  return new Map(
    all.map((leaf) => {
      const numbers = read[buffers.indexOf(leaf.buffer)] as Floats;
      return [name(leaf), arrayOf(numbers.slice(leaf.offset, leaf.offset + leaf.size), leaf.spec.shape)];
    }),
  );
}

/** The numbers of one entry, of the shape and kind that a leaf takes. */
export function readNumbers(arrays: ReadonlyMap<string, NamedArray>, name: string, { spec }: Leaf): Floats {
  const found = arrays.get(name) ?? fail("file", "load", `the file has no ${name}. It is not whole: take another copy.`);
  if (found.shape.join() !== spec.shape.join())
    fail("file", "load", `${name} must have the shape [${spec.shape}], got [${found.shape}]. The file was changed: take another copy.`);
  if (found.data instanceof Int32Array) return fail("file", "load", `${name} must hold F32 or F64, got ${found.dtype}.`);
  const values = floats(found.data.length);
  values.set(found.data);
  const bad = (values as Float32Array).findIndex((v) => !Number.isFinite(v) || (spec.range === "positive" && v <= 0));
  if (bad < 0) return values;
  const wanted = spec.range === "positive" ? "positive" : "finite";
  return fail("file", "load", `${name} holds ${found.data[bad]} at ${bad}, which is no ${wanted} number. Take another copy.`);
}

/** Refuses entries that nobody asked for: a file is taken as a whole or not at all. */
export function nothingElse(arrays: ReadonlyMap<string, NamedArray>, expected: Iterable<string>): void {
  const names = new Set(expected);
  const surplus = [...arrays.keys()].filter((name) => !names.has(name));
  if (surplus.length > 0)
    fail("file", "load", `the file has entries that its model does not: ${surplus.slice(0, 5).join(", ")}. Take the file as it was saved.`);
}
