import { type Kernel, type RowCall, type RowOpSpec, stepOf } from "@flows/core/author";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Routine } from "../commands/routine.js";
import type { Device } from "../memory/device.js";
import type { Engine } from "./engine.js";
import { forwardPass } from "./forward-pass.js";
import type { Training } from "./training.js";

/** A routine of one step. */
function alone(spec: RowOpSpec, inputs: readonly Tensor[], { rows, attrs }: RowCall): Routine {
  const shapes = inputs.map(({ shape }) => shape);
  const step = stepOf(spec, { rows: shapes.slice(0, rows).map(([, width]) => width!), params: shapes.slice(rows), attrs });
  return {
    steps: [step],
    registers: [...step.reads, ...step.writes],
    inputs: step.reads,
    // An op that only adds to the log-dets leaves the rows as they are.
    output: step.writes.at(-1) ?? step.reads[0]!,
    renewals: [],
    buffers: step.params.map(({ size }) => size),
  };
}

/** A row op of ours, or of a plugin, as a kernel on the tape: for formulas and for chains that run layer by layer. */
export function rowsOnTape(device: Device, engine: Engine, training: Training | undefined, spec: RowOpSpec): Kernel<RowCall> {
  const routines = new Map<string, Routine>();
  const known = (inputs: readonly Tensor[], call: RowCall): Routine => {
    const key = `${inputs.map((input, i) => (i < call.rows ? input.shape[1] : input.size))} ${JSON.stringify(call)}`;
    const routine = routines.get(key) ?? alone(spec, inputs, call);
    routines.set(key, routine);
    return routine;
  };
  return {
    op: spec.op,
    forward: (inputs, call, { saving }) => {
      const [rows, params] = [inputs.slice(0, call.rows), inputs.slice(call.rows)];
      const routine = known(inputs, call);
      const { value, logDet, registers } = forwardPass(device, engine, routine, rows, params, saving);
      const outputs = routine.steps[0]!.writes.length > 0 ? [value, logDet] : [logDet];
      if (saving) return { outputs, saved: [value, registers!, ...inputs] };
      registers?.dispose();
      if (!outputs.includes(value)) value.dispose();
      return { outputs, saved: [] };
    },
    ...training?.ofOp(device, engine, known),
  };
}
