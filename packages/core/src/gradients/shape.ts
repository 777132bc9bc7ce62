import {
  concat,
  type GradConfig,
  pad,
  reshape,
  reverse,
  slice,
  split,
  stack,
  sum,
  type Tensor,
  transpose,
  unstack,
} from "@tensorflow/tfjs-core";
import { axesOf, fromDy, fromInput, summedTo } from "./formulas.js";

type Numbers = number | readonly number[];

/** Kernels that move values about. */
export const shapes: readonly GradConfig[] = [
  fromInput("Reshape", (dy, x) => reshape(dy, x.shape)),
  fromInput("ExpandDims", (dy, x) => reshape(dy, x.shape), "input"),
  fromDy<{ inputShape: number[] }>("BroadcastTo", (dy, { inputShape }) => summedTo(dy, inputShape)),
  fromInput<{ reps: number[] }>("Tile", (dy, x, { reps }) => untile(dy, x.shape, reps)),
  fromDy<{ perm: number[] }>("Transpose", (dy, { perm }) =>
    transpose(
      dy,
      perm.map((_, i) => perm.indexOf(i)),
    ),
  ),
  fromDy<{ dims: Numbers }>("Reverse", (dy, { dims }) => reverse(dy, axesOf(dims, dy.rank))),
  fromInput<{ begin: Numbers }>("Slice", (dy, x, { begin }) => pad(dy, paddings(dy, x, [begin].flat()))),
  fromInput<{ paddings: [number, number][] }>("PadV2", (dy, x, { paddings: around }) =>
    slice(
      dy,
      around.map(([before]) => before),
      x.shape,
    ),
  ),
  fromDys<{ axis: number }>("Unpack", (dys, { axis }) => stack(dys, axis), "value"),
  fromDys<{ axis: number }>("SplitV", (dys, { axis }) => concat(dys, axis), "x"),
  toParts<{ axis: number }>("Pack", (dy, _parts, { axis }) => unstack(dy, axis)),
  toParts<{ axis: number }>("Concat", (dy, parts, { axis }) => {
    const [along] = axesOf(axis, dy.rank);
    return split(
      dy,
      parts.map(({ shape }) => shape[along!]!),
      along!,
    );
  }),
];

/** One input, several outputs. tfjs hands over a lone gradient without its list. */
function fromDys<A>(kernelName: string, formula: (dys: Tensor[], attrs: A) => Tensor, key: string): GradConfig {
  return { kernelName, gradFunc: (dy, _saved, attrs) => ({ [key]: () => formula([dy].flat(), attrs as unknown as A) }) };
}

/** Several inputs, one output: the gradients of all inputs at once. */
function toParts<A>(kernelName: string, formula: (dy: Tensor, parts: Tensor[], attrs: A) => Tensor[]): GradConfig {
  return {
    kernelName,
    saveAllInputs: true,
    gradFunc: (dy, parts, attrs) =>
      Object.fromEntries(formula(dy as Tensor, parts, attrs as unknown as A).map((part, i) => [i, () => part])),
  };
}

/** Each copy of x gives its share. */
function untile(dy: Tensor, shape: readonly number[], reps: readonly number[]): Tensor {
  const copies = reshape(
    dy,
    shape.flatMap((size, i) => [reps[i]!, size]),
  );
  return reshape(
    sum(
      copies,
      shape.map((_, i) => 2 * i),
    ),
    [...shape],
  );
}

/** What lies before and behind a slice, along every axis. */
function paddings(dy: Tensor, x: Tensor, begin: readonly number[]): [number, number][] {
  return x.shape.map((size, i) => [begin[i] ?? 0, size - (begin[i] ?? 0) - dy.shape[i]!]);
}
