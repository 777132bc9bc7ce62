import type { ChainAttrs, Kernel } from "@flows/core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";
import type { BackwardPass } from "../programs/backward-pass.js";
import type { Engine } from "../programs/engine.js";
import { forwardPass } from "../programs/forward-pass.js";
import { routines } from "../programs/routine.js";
import { copyOf, zeros } from "./empty.js";

/**
 * A whole program as one node on the tape: (rows, context, trained buffers) to (value, log-det, new state). The buffers are Variables,
 * which nobody assigns to between a loss and its gradient: they are read again rather than saved.
 */
export function flowsChainKernel(device: Device, engine: Engine, backwardPass: BackwardPass): Kernel<ChainAttrs> {
  const known = routines();
  return {
    op: "flowsChain",
    ops: engine.functions.ops,
    forward: (tensors, { program }, { saving }) => {
      const routine = known(program);
      const inputs = tensors.slice(0, routine.inputs.length);
      if (routine.steps.length === 0) return unmoved(device, inputs);
      const renewed = program.renewals.map(({ view }) => copyOf(device, view.buffer));
      const { value, logDet, registers } = forwardPass(device, engine, routine, inputs, program.buffers, saving, renewed);
      if (!saving) registers?.dispose();
      return { outputs: [value, logDet, ...renewed], saved: saving ? [value, registers!, ...inputs, ...renewed] : [] };
    },
    backward: ([value, registers, ...rest], [dValue, dLogDet], { program }) => {
      const routine = known(program);
      if (routine.steps.length === 0) return [dValue!.clone()];
      const [inputs, renewed] = [rest.slice(0, routine.inputs.length), rest.slice(routine.inputs.length)];
      const kept = { value: value!, registers: registers!, inputs, renewed };
      const pulled = backwardPass(device, engine, routine, kept, program.buffers, dValue!, dLogDet!);
      const buffers = program.buffers.flatMap(({ trainable }, i) => (trainable ? [pulled.buffer(i)] : []));
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
