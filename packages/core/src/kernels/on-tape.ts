import type { Tensor } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Frame, Kernel, RowKernel, Step } from "../contracts/index.js";
import type { RowShapes } from "./row-op.js";

/** A tensor's numbers without a copy where the backend keeps them in one array. */
export function numbersOf(tensor: Tensor): Float32Array {
  const values = tensor.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

const zerosLike = (arrays: readonly Float32Array[]): Float32Array[] => arrays.map(({ length }) => new Float32Array(length));
const nowhere = { buffer: 0, offset: 0, size: 0 };

function stepOf(op: string, inputs: readonly Tensor[], { rows, widths, attrs }: RowShapes): Step {
  const register = (width: number, index: number) => ({ index, width, shared: false });
  return {
    op,
    attrs,
    barrier: false,
    params: inputs.slice(rows).map(() => nowhere),
    reads: inputs.slice(0, rows).map((t, i) => register(t.shape[1]!, i)),
    writes: widths.map(register),
  };
}

/** A row kernel as a kernel on the tape. */
export function onTape({ op, forward, backward }: RowKernel): Kernel<RowShapes> {
  return {
    op,
    forward: (inputs, shapes, { saving }) => {
      const n = inputs[0]!.shape[0]!;
      const values = inputs.map(numbersOf);
      const writes = shapes.widths.map((width) => new Float32Array(n * width));
      const frame: Frame = { reads: values.slice(0, shapes.rows), params: values.slice(shapes.rows), writes, logDet: new Float32Array(n) };
      forward(frame, stepOf(op, inputs, shapes), 0, n);
      const written = writes.map((w, i) => tensorOf(w, [n, shapes.widths[i]!]));
      const outputs = [written.at(-1)!, tensorOf(frame.logDet, [n])];
      return { outputs, saved: saving ? [...inputs, ...written] : [] };
    },
    backward: (saved, [dValue, dLogDet], shapes) => {
      const inputs = saved.slice(0, saved.length - shapes.widths.length);
      const values = saved.map(numbersOf);
      const frame: Frame = {
        reads: values.slice(0, shapes.rows),
        params: values.slice(shapes.rows, inputs.length),
        writes: values.slice(inputs.length),
        logDet: numbersOf(dLogDet!),
      };
      const adjoint: Frame = {
        reads: zerosLike(frame.reads),
        params: zerosLike(frame.params),
        writes: [...zerosLike(frame.writes.slice(0, -1)), numbersOf(dValue!).slice()],
        logDet: numbersOf(dLogDet!),
      };
      backward(frame, adjoint, stepOf(op, inputs, shapes), 0, dValue!.shape[0]!);
      return [...adjoint.reads, ...adjoint.params].map((gradient, i) => tensorOf(gradient, inputs[i]!.shape));
    },
  };
}
