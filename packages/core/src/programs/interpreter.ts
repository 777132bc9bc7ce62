import type { Tensor } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Kernel, Program, Renewal, RowKernel } from "../contracts/index.js";
import { fail } from "../errors.js";
import { numbersOf } from "../kernels/on-tape.js";
import { type Arena, arenaOf, frameOf } from "./arena.js";
import type { ChainAttrs } from "./flows-chain.js";
import { chunk, schedule } from "./schedule.js";

type Kernels = ReadonlyMap<string, RowKernel>;

const kernelOf = (kernels: Kernels, op: string): RowKernel =>
  kernels.get(op) ?? fail("backend", "flows/program", `no row kernel for ${op}. Known: ${[...kernels.keys()].join(", ")}.`);

function forward(kernels: Kernels, { steps }: Program, arena: Arena): void {
  for (const [run, from, to] of schedule(steps, arena.rows))
    for (const step of run) kernelOf(kernels, step.op).forward(frameOf(arena, step), step, from, to);
}

function backward(kernels: Kernels, { steps }: Program, arena: Arena, adjoint: Arena): void {
  for (const [run, from, to] of [...schedule(steps, arena.rows)].reverse())
    for (const step of [...run].reverse())
      kernelOf(kernels, step.op).backward(frameOf(arena, step), frameOf(adjoint, step), step, from, to);
}

/** The op's rows and context, and the numbers of all buffers: Variables, which nobody assigns to between a loss and its gradient. */
function read(program: Program, inputs: readonly Tensor[]) {
  const [rows, context] = inputs.map(numbersOf) as [Float32Array, Float32Array];
  return { rows, context: program.context ? context : undefined, buffers: program.buffers.map(numbersOf) };
}

/** A buffer with its new numbers. */
function renewed({ view, values }: Renewal, registers: readonly Float32Array[]): Tensor {
  const numbers = numbersOf(view.buffer).slice();
  for (const { offset, register } of values) numbers.set(registers[register.index]!, offset);
  return tensorOf(numbers, [numbers.length]);
}

function fill({ registers }: Arena, { input, context }: Program, values: ReturnType<typeof read>, from: number, to: number): void {
  registers[input.index]!.set(values.rows.subarray(from * input.width, to * input.width));
  if (context) registers[context.index]!.set(values.context!.subarray(from * context.width, to * context.width));
}

/** The plain interpreter of programs, the measure of every faster one: the kernel of `flowsChain` in TypeScript. */
export function interpreter(rowKernels: readonly RowKernel[]): Kernel<ChainAttrs> {
  const kernels = new Map(rowKernels.map((kernel) => [kernel.op, kernel]));
  return {
    op: "flowsChain",
    ops: new Set(kernels.keys()),
    forward: (inputs, { program }, { saving }) => {
      const n = inputs[0]!.shape[0]!;
      const values = read(program, inputs);
      const { width, index } = program.output;
      const [value, logDet] = [new Float32Array(n * width), new Float32Array(n)];
      // Without a tape and without barriers nothing outlives its chunk: one small arena serves all rows.
      const block = saving || program.steps.some((step) => step.barrier) ? n : Math.min(n, chunk);
      let arena = arenaOf(program, block, values.buffers);
      for (let from = 0; from < n; from += block) {
        const to = Math.min(n, from + block);
        if (to - from < arena.rows) arena = arenaOf(program, to - from, values.buffers);
        arena.logDet.fill(0);
        fill(arena, program, values, from, to);
        forward(kernels, program, arena);
        value.set(arena.registers[index]!, from * width);
        logDet.set(arena.logDet, from);
      }
      const updates = program.renewals.map((renewal) => renewed(renewal, arena.registers));
      const saved = saving ? [...inputs.slice(0, program.context ? 2 : 1), ...arena.registers.map((r) => tensorOf(r, [r.length]))] : [];
      return { outputs: [tensorOf(value, [n, width]), tensorOf(logDet, [n]), ...updates], saved };
    },
    backward: (saved, [dValue, dLogDet], { program }) => {
      const inputs = saved.slice(0, saved.length - program.registers.length);
      const { buffers } = read(program, inputs);
      const rows = inputs[0]!.shape[0]!;
      const registers = saved.slice(inputs.length).map(numbersOf);
      const arena: Arena = { rows, registers, buffers, logDet: new Float32Array(0) };
      const zeros = buffers.map(({ length }) => new Float32Array(length));
      const adjoint = { ...arenaOf(program, rows, zeros), logDet: numbersOf(dLogDet!) };
      adjoint.registers[program.output.index]!.set(numbersOf(dValue!));
      backward(kernels, program, arena, adjoint);
      const context = program.context ? [adjoint.registers[program.context.index]!] : [];
      const rowGradients = [adjoint.registers[program.input.index]!, ...context];
      const trained = zeros.flatMap((gradient, i) => (program.buffers[i]!.trainable ? [tensorOf(gradient, [gradient.length])] : []));
      return [...rowGradients.map((gradient, i) => tensorOf(gradient, inputs[i]!.shape)), ...trained];
    },
  };
}
