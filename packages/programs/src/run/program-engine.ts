import type { Program, ProgramEngine } from "@flows/core/author";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../memory/device.js";
import { routines } from "../plans/routines.js";
import type { Engine } from "./engine.js";
import { forwardPass } from "./forward-pass.js";
import type { Training } from "./training.js";

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
  return { ops: engine.functions.ops, run, ...training?.ofPrograms(device, engine, known, renewedOf) };
}
