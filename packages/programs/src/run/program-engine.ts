import { type Program, type ProgramEngine, tensorOf } from "@flows/core/author";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../memory/device.js";
import { routines } from "../plans/routines.js";
import type { BackwardPass } from "./backward-pass.js";
import type { Engine } from "./engine.js";
import { forwardPass } from "./forward-pass.js";
import type { GradientPass } from "./gradient-pass.js";

/** What an engine that trains has beside one that only scores and draws. */
export interface Training {
  readonly backwardPass: BackwardPass;
  readonly gradientPass: GradientPass;
}

const trained = ({ buffers }: Program, gradient: (i: number) => Tensor): Tensor[] =>
  buffers.flatMap(({ trainable }, i) => (trainable ? [gradient(i)] : []));

/** Runs whole programs as command buffers of all threads. */
export function programEngine(device: Device, engine: Engine, training: Training | undefined): ProgramEngine {
  const known = routines();
  const renewedOf = ({ renewals }: Program): Tensor[] => renewals.map(({ view }) => device.copyOf(view.buffer));
  const run: ProgramEngine["run"] = (program, inputs, saving) => {
    const renewed = renewedOf(program);
    const { value, logDet, registers } = forwardPass(device, engine, known(program), inputs, program.buffers, saving, renewed);
    if (!saving) registers?.dispose();
    return { value, logDet, renewed, saved: saving ? [value, registers!, ...inputs, ...renewed] : [] };
  };
  return { ops: engine.functions.ops, run, ...(training && gradients(device, engine, training, known, renewedOf)) };
}

function gradients(
  device: Device,
  engine: Engine,
  { backwardPass, gradientPass }: Training,
  known: ReturnType<typeof routines>,
  renewedOf: (program: Program) => Tensor[],
): Required<Pick<ProgramEngine, "pull" | "gradient">> {
  return {
    pull: (program, [value, registers, ...rest], dValue, dLogDet) => {
      const routine = known(program);
      const [inputs, renewed] = [rest.slice(0, routine.inputs.length), rest.slice(routine.inputs.length)];
      const kept = { value: value!, registers: registers!, inputs, renewed };
      const pulled = backwardPass(device, engine, routine, kept, program.buffers, dValue, dLogDet);
      const buffers = trained(program, pulled.buffer);
      pulled.done();
      return [...pulled.inputs, ...buffers];
    },
    gradient: (program, inputs, slopes) => {
      const renewed = renewedOf(program);
      const gradient = gradientPass(device, engine, known(program), inputs, slopes, program.buffers, renewed);
      const buffers = trained(program, gradient.buffer);
      gradient.done();
      return { loss: tensorOf(Float32Array.of(gradient.loss), []), gradients: buffers, renewed };
    },
  };
}
