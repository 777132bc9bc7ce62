import { fail, floatsOf, type Program, type ProgramEngine, type Renewal, type RowKernel, tensorOf } from "@flows/core/author";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type Arena, arenaOf, frameOf } from "./arena.js";
import { chunk, schedule } from "./schedule.js";

type Kernels = ReadonlyMap<string, RowKernel>;

const kernelOf = (kernels: Kernels, op: string): RowKernel =>
  kernels.get(op) ?? fail("backend", "flows/program", `no row kernel for ${op}. Known: ${[...kernels.keys()].join(", ")}.`);

function forward(kernels: Kernels, { steps }: Program, arena: Arena): void {
  for (const [run, from, to] of schedule(steps, arena.rows))
    for (const step of run) kernelOf(kernels, step.spec.op).forward(frameOf(arena, step), step, from, to);
}

function backward(kernels: Kernels, { steps }: Program, arena: Arena, adjoint: Arena): void {
  for (const [run, from, to] of [...schedule(steps, arena.rows)].reverse())
    for (const step of [...run].reverse())
      kernelOf(kernels, step.spec.op).backward(frameOf(arena, step), frameOf(adjoint, step), step, from, to);
}

/** Variables, which nobody assigns to between a loss and its gradient. */
const buffersOf = ({ buffers }: Program): readonly Float32Array[] => buffers.map(floatsOf);

/** A buffer with its new numbers. */
function renewed({ view, values }: Renewal, registers: readonly Float32Array[]): Tensor {
  const numbers = floatsOf(view.buffer).slice();
  for (const { offset, register } of values) numbers.set(registers[register.index]!, offset);
  return tensorOf(numbers, [numbers.length]);
}

function fill({ registers }: Arena, { inputs }: Program, values: readonly Float32Array[], from: number, to: number): void {
  for (const [i, { index, width, shared }] of inputs.entries())
    registers[index]!.set(shared ? values[i]! : values[i]!.subarray(from * width, to * width));
}

/** The plain interpreter of programs, the measure of every faster engine. */
export function interpreter(rowKernels: readonly RowKernel[]): ProgramEngine {
  const kernels = new Map(rowKernels.map((kernel) => [kernel.spec.op, kernel]));
  return {
    ops: new Set(kernels.keys()),
    run: (program, inputs, saving) => {
      const n = inputs[0]!.shape[0]!;
      const [values, buffers] = [inputs.map(floatsOf), buffersOf(program)];
      const { width, index } = program.output;
      const [value, logDet] = [new Float32Array(n * width), new Float32Array(n)];
      // Without a tape and without barriers nothing outlives its chunk: one small arena serves all rows.
      const block = saving || program.steps.some(({ spec }) => spec.barrier) ? n : Math.min(n, chunk);
      let arena = arenaOf(program, block, buffers);
      for (let from = 0; from < n; from += block) {
        const to = Math.min(n, from + block);
        if (to - from < arena.rows) arena = arenaOf(program, to - from, buffers);
        arena.logDet.fill(0);
        fill(arena, program, values, from, to);
        forward(kernels, program, arena);
        value.set(arena.registers[index]!, from * width);
        logDet.set(arena.logDet, from);
      }
      return {
        value: tensorOf(value, [n, width]),
        logDet: tensorOf(logDet, [n]),
        renewed: program.renewals.map((renewal) => renewed(renewal, arena.registers)),
        saved: saving ? [...inputs, ...arena.registers.map((r) => tensorOf(r, [r.length]))] : [],
      };
    },
    pull: (program, saved, dValue, dLogDet) => {
      const inputs = saved.slice(0, saved.length - program.registers.length);
      const buffers = buffersOf(program);
      const rows = inputs[0]!.shape[0]!;
      const registers = saved.slice(inputs.length).map(floatsOf);
      const arena: Arena = { rows, registers, buffers, logDet: new Float32Array(0) };
      const zeros = buffers.map(({ length }) => new Float32Array(length));
      const adjoint = { ...arenaOf(program, rows, zeros), logDet: floatsOf(dLogDet) };
      adjoint.registers[program.output.index]!.set(floatsOf(dValue));
      backward(kernels, program, arena, adjoint);
      const ofInputs = program.inputs.map(({ index }, i) => tensorOf(adjoint.registers[index]!, inputs[i]!.shape));
      const trained = zeros.flatMap((gradient, i) => (program.buffers[i]!.trainable ? [tensorOf(gradient, [gradient.length])] : []));
      return [...ofInputs, ...trained];
    },
  };
}
