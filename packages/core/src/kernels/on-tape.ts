import type { Tensor } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Frame, Kernel, RowKernel, Step } from "../contracts/index.js";
import { stepOf } from "../row-ops/step.js";
import type { RowCall } from "./row-op.js";

/** A tensor's numbers without a copy where the backend keeps them in one array. */
export function floatsOf(tensor: Tensor): Float32Array {
  const values = tensor.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

const zerosLike = (arrays: readonly Float32Array[]): Float32Array[] => arrays.map(({ length }) => new Float32Array(length));

const stepFor = ({ spec }: RowKernel, inputs: readonly Tensor[], { rows, attrs }: RowCall): Step =>
  stepOf(spec, { rows: inputs.slice(0, rows).map(({ shape }) => shape[1]!), params: inputs.slice(rows).map(({ shape }) => shape), attrs });

/** A row kernel as a kernel on the tape that only scores and draws. */
export function scoringOnTape(kernel: RowKernel): Kernel<RowCall> {
  return {
    op: kernel.spec.op,
    forward: (inputs, call, { saving }) => {
      const n = inputs[0]!.shape[0]!;
      const [step, values] = [stepFor(kernel, inputs, call), inputs.map(floatsOf)];
      const writes = step.writes.map(({ width }) => new Float32Array(n * width));
      const frame: Frame = { reads: values.slice(0, call.rows), params: values.slice(call.rows), writes, logDet: new Float32Array(n) };
      kernel.forward(frame, step, 0, n);
      const written = writes.map((w, i) => tensorOf(w, [n, step.writes[i]!.width]));
      const outputs = [...written.slice(-1), tensorOf(frame.logDet, [n])];
      return { outputs, saved: saving ? [...inputs, ...written] : [] };
    },
  };
}

/** A row kernel as a kernel on the tape. */
export function onTape(kernel: RowKernel): Kernel<RowCall> {
  return {
    ...scoringOnTape(kernel),
    backward: (saved, dys, call) => {
      const dLogDet = floatsOf(dys.at(-1)!);
      const inputs = saved.slice(0, saved.length - writesOf(kernel, saved, call));
      const step = stepFor(kernel, inputs, call);
      const values = saved.map(floatsOf);
      const frame: Frame = {
        reads: values.slice(0, call.rows),
        params: values.slice(call.rows, inputs.length),
        writes: values.slice(inputs.length),
        logDet: dLogDet,
      };
      const adjoint: Frame = {
        reads: zerosLike(frame.reads),
        params: zerosLike(frame.params),
        writes: [...zerosLike(frame.writes.slice(0, -1)), ...dys.slice(0, -1).map((dy) => floatsOf(dy).slice())],
        logDet: dLogDet,
      };
      kernel.backward(frame, adjoint, step, 0, dLogDet.length);
      return [...adjoint.reads, ...adjoint.params].map((gradient, i) => tensorOf(gradient, inputs[i]!.shape));
    },
  };
}

/** How many of the saved tensors are what the kernel wrote. */
const writesOf = ({ spec }: RowKernel, saved: readonly Tensor[], { rows, attrs }: RowCall): number =>
  spec.widths(
    saved.slice(0, rows).map(({ shape }) => shape[1]!),
    attrs,
  ).length;
