import type { ChainAttrs, Kernel, Program } from "@flows/core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";
import type { Engine } from "../programs/engine.js";
import { backwardPass, forwardPass } from "../programs/passes.js";
import { type Routine, routineOf } from "../programs/routine.js";
import { zeros } from "./empty.js";

/**
 * A whole program as one node on the tape: (rows, context, buffers) to (value, log-det, new state). The buffers are Variables, which
 * nobody assigns to between a loss and its gradient: they are read again rather than saved.
 */
export function flowsChainKernel(device: Device, engine: Engine): Kernel<ChainAttrs> {
  const routines = new WeakMap<Program, Routine>();
  const known = (program: Program): Routine => {
    const routine = routines.get(program) ?? routineOf(program);
    routines.set(program, routine);
    return routine;
  };
  return {
    op: "flowsChain",
    ops: engine.functions.ops,
    forward: (tensors, { program }, { saving }) => {
      const routine = known(program);
      const inputs = tensors.slice(0, routine.inputs.length);
      if (routine.steps.length === 0) return unmoved(device, inputs);
      const { value, logDet, extras, registers } = forwardPass(device, engine, routine, inputs, program.buffers, saving);
      if (!saving) registers?.dispose();
      return { outputs: [value, logDet, ...extras], saved: saving ? [value, registers!, ...inputs, ...extras] : [] };
    },
    backward: ([value, registers, ...rest], [dValue, dLogDet], { program }) => {
      const routine = known(program);
      if (routine.steps.length === 0) return [dValue!.clone()];
      const [inputs, extras] = [rest.slice(0, routine.inputs.length), rest.slice(routine.inputs.length)];
      const kept = { value: value!, registers: registers!, inputs, extras };
      const pulled = backwardPass(device, engine, routine, kept, program.buffers, dValue!, dLogDet!);
      const buffers = program.buffers.map(({ trainable }, i) => (trainable ? pulled.buffer(i) : undefined));
      pulled.done();
      return [...pulled.inputs, ...buffers];
    },
  };
}

/** A program without steps. */
const unmoved = (device: Device, [x]: readonly Tensor[]) => ({
  outputs: [x!.clone(), zeros(device, [x!.shape[0]!])],
  saved: [],
});
