import type { Kernel, Register, RowShapes, Step } from "@flows/core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";
import type { BackwardPass } from "../programs/backward-pass.js";
import type { Engine } from "../programs/engine.js";
import { forwardPass } from "../programs/forward-pass.js";
import type { Routine } from "../programs/routine.js";

/** A routine of one step. */
function alone(op: string, inputs: readonly Tensor[], { rows, widths, attrs }: RowShapes): Routine {
  const register = (width: number, index: number): Register => ({ index, width, shared: false });
  const reads = inputs.slice(0, rows).map(({ shape }, i) => register(shape[1]!, i));
  const writes = widths.map((width, i) => register(width, rows + i));
  const params = inputs.slice(rows).map(({ size }, buffer) => ({ buffer, offset: 0, size }));
  const step: Step = { op, attrs, reads, writes, params, barrier: false };
  return {
    steps: [step],
    registers: [...reads, ...writes],
    inputs: reads,
    output: writes.at(-1)!,
    renewals: [],
    buffers: params.map(({ size }) => size),
  };
}

/** A row op of ours, or of a plugin, as a kernel on the tape: for formulas and for chains that run layer by layer. */
export function rowsOnTape(device: Device, engine: Engine, backwardPass: BackwardPass | undefined, op: string): Kernel<RowShapes> {
  const routines = new Map<string, Routine>();
  const known = (inputs: readonly Tensor[], shapes: RowShapes): Routine => {
    const key = `${inputs.map((input, i) => (i < shapes.rows ? input.shape[1] : input.size))} ${JSON.stringify(shapes)}`;
    const routine = routines.get(key) ?? alone(op, inputs, shapes);
    routines.set(key, routine);
    return routine;
  };
  return {
    op,
    forward: (inputs, shapes, { saving }) => {
      const [rows, params] = [inputs.slice(0, shapes.rows), inputs.slice(shapes.rows)];
      const { value, logDet, registers } = forwardPass(device, engine, known(inputs, shapes), rows, params, saving);
      if (!saving) registers?.dispose();
      return { outputs: [value, logDet], saved: saving ? [value, registers!, ...inputs] : [] };
    },
    ...(backwardPass && {
      backward: ([value, registers, ...inputs], [dValue, dLogDet], shapes) => {
        const [rows, params] = [inputs.slice(0, shapes.rows), inputs.slice(shapes.rows)];
        const kept = { value: value!, registers: registers!, inputs: rows, renewed: [] };
        const pulled = backwardPass(device, engine, known(inputs, shapes), kept, params, dValue!, dLogDet!);
        const gradients = params.map((_, i) => pulled.buffer(i));
        pulled.done();
        return [...pulled.inputs, ...gradients];
      },
    }),
  };
}
