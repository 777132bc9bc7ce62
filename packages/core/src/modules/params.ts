import { concat, reshape, slice, type Tensor, type Tensor1D, tidy, type Variable, variable } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import { fromFile, spend } from "../budget.js";
import type { Init, ParamSpec, Shape, Specs, View } from "../contracts/index.js";
import { hashPath } from "../random/hash.js";
import { normals } from "../random/normal.js";

export const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);
const constantly =
  (value: number): Init =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value);
const spread =
  (deviation: number): Init =>
  (shape, draw) =>
    draw(sizeOf(shape)).map((v) => v * deviation);

/** A shift: starts at `value`, or normal with standard deviation `spread`. */
export const bias = (shape: Shape, { value = 0, deviation = 0 } = {}): ParamSpec => ({
  shape,
  role: "bias",
  init: deviation > 0 ? spread(deviation) : constantly(value),
});
/** A scale, usually on the log scale: starts at `value`. */
export const scale = (shape: Shape, { value = 0 } = {}): ParamSpec => ({ shape, role: "scale", init: constantly(value) });
/** A weight: normal with variance gain^2 / fan-in, where fan-in is the first axis unless given; gain 0 starts at zero. */
export const weight = (shape: Shape, { gain = 1, fanIn = shape[0] ?? 1 } = {}): ParamSpec => ({
  shape,
  role: "weight",
  init: gain > 0 ? spread(gain / Math.sqrt(fanIn)) : constantly(0),
});
/** A number that is not trained but saved: running averages, flags. */
export const state = (shape: Shape, value = 0, range?: "positive" | "fixed"): ParamSpec => ({
  shape,
  role: "state",
  init: constantly(value),
  range,
});

/** Gives a Variable new numbers; nothing to do where they were written in place. */
export function put(variable: Variable, values: Tensor): void {
  if (values !== variable) variable.assign(values);
}

/** A Variable of a new tensor: `variable(zeros(n))` would leak the tensor, and a plain tensor dies in the caller's tidy. */
export const hold = (make: () => Tensor, trainable: boolean): Variable => tidy(() => variable(make(), trainable));

/** Packs named numbers into one buffer. */
export function pack(specs: Specs, trainable: boolean): readonly View[] {
  const entries = Object.entries(specs);
  if (entries.length === 0) return [];
  const total = entries.reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
  spend(total);
  const buffer = hold(() => tensorOf(new Float32Array(total), [total]), trainable);
  let end = 0;
  return entries.map(([name, spec]) => {
    const size = sizeOf(spec.shape);
    end += size;
    return { name, spec, buffer, size, offset: end - size };
  });
}

/** A view's initial value, from its own path: another layer elsewhere moves nothing here. */
export function initial({ name, spec, size }: View, seed: number, path: string): Tensor {
  if (fromFile()) return tensorOf(new Float32Array(size), spec.shape);
  const row = hashPath(path ? `${path}.${name}` : name);
  return tensorOf(
    spec.init(spec.shape, (n) => normals(seed, row, 1, n, "init")),
    spec.shape,
  );
}

/** The same numbers in another shape: the tensor itself where it has that shape. */
export const shaped = (tensor: Tensor, shape: Shape): Tensor =>
  tensor.shape.length === shape.length && tensor.shape.every((size, axis) => size === shape[axis]) ? tensor : reshape(tensor, [...shape]);

/** The view inside any tensor laid out like its buffer: values, gradients, moments; a new tensor. */
export const viewIn = ({ offset, size, spec }: View, buffer: Tensor): Tensor =>
  tidy(() => reshape(size === buffer.size ? buffer : slice(buffer as Tensor1D, offset, size), [...spec.shape]));

/** Puts new values into views, with one assignment for each buffer. */
export function writeViews(entries: readonly (readonly [view: View, values: Tensor])[]): void {
  for (const buffer of new Set(entries.map(([view]) => view.buffer)))
    tidy(() =>
      assign(
        buffer,
        entries.filter(([view]) => view.buffer === buffer),
      ),
    );
}

export const writeView = (view: View, values: Tensor): void => writeViews([[view, values]]);

/** The old numbers stay between the new ones. */
function assign(buffer: Variable, entries: readonly (readonly [View, Tensor])[]): void {
  const flat = buffer as unknown as Tensor1D;
  const pieces: Tensor1D[] = [];
  let end = 0;
  for (const [{ offset, size }, values] of [...entries].sort(([a], [b]) => a.offset - b.offset)) {
    if (offset > end) pieces.push(slice(flat, end, offset - end));
    pieces.push(shaped(values, [size]) as Tensor1D);
    end = offset + size;
  }
  if (end < buffer.size) pieces.push(slice(flat, end, buffer.size - end));
  buffer.assign(pieces.length === 1 ? pieces[0]! : concat(pieces));
}
