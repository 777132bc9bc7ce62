import { type Kernel, type Program, type ProgramEngine, type RowCall, tensorOf } from "@flows/core/author";
import { type Tensor, zerosLike } from "@tensorflow/tfjs-core";
import type { Routine } from "../commands/routine.js";
import type { Device } from "../memory/device.js";
import { backwardPass } from "./backward-pass.js";
import type { Engine } from "./engine.js";
import { gradientPass } from "./gradient-pass.js";

/** What an engine that trains has beside one that only scores and draws. */
export interface Training {
  readonly ofPrograms: (
    device: Device,
    engine: Engine,
    known: (program: Program) => Routine,
    renewedOf: (program: Program) => Tensor[],
  ) => Required<Pick<ProgramEngine, "pull" | "gradient">>;
  readonly ofOp: (
    device: Device,
    engine: Engine,
    known: (inputs: readonly Tensor[], call: RowCall) => Routine,
  ) => Required<Pick<Kernel<RowCall>, "backward">>;
}

const trained = ({ buffers }: Program, gradient: (i: number) => Tensor): Tensor[] =>
  buffers.flatMap(({ trainable }, i) => (trainable ? [gradient(i)] : []));

const ofPrograms: Training["ofPrograms"] = (device, engine, known, renewedOf) => ({
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
});

const ofOp: Training["ofOp"] = (device, engine, known) => ({
  backward: ([value, registers, ...inputs], dys, call) => {
    const dValue = dys.length > 1 ? dys[0]! : zerosLike(value!);
    const [rows, params] = [inputs.slice(0, call.rows), inputs.slice(call.rows)];
    const kept = { value: value!, registers: registers!, inputs: rows, renewed: [] };
    const pulled = backwardPass(device, engine, known(inputs, call), kept, params, dValue, dys.at(-1)!);
    const gradients = params.map((_, i) => pulled.buffer(i));
    pulled.done();
    if (dys.length === 1) dValue.dispose();
    return [...pulled.inputs, ...gradients];
  },
});

/** The passes of an engine that trains; one that is without them neither holds nor loads their code. */
export const training: Training = { ofPrograms, ofOp };
