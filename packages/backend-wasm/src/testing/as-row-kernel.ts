import { type Frame, type Register, type RowKernel, type RowOpSpec, rowOps, type Step } from "@flows/core/author";
import type { Arena, Routine } from "@flows/programs";
import { bufferRegion, emptyBases, imageWriter, rebase, region, writeStep } from "@flows/programs";
import { ownRows } from "../rows/own-rows.js";
import type { testDevice } from "./device.js";

type Device = Awaited<ReturnType<typeof testDevice>>;
type KernelFunction = (step: number, from: number, to: number) => void;

/** Numbers behind each array that a kernel must leave alone. */
const GUARD = 4;

/** Arrays in the device's memory, until they are taken back with what the kernel wrote. */
function lender({ memory, allocate, release }: Arena) {
  const lent: { readonly array: Float32Array; readonly at: number }[] = [];
  const view = (at: number, length: number): Float32Array => new Float32Array(memory.buffer, at, length);
  return {
    lend: (array: Float32Array): number => {
      const at = allocate(4 * (array.length + GUARD));
      view(at, array.length).set(array);
      view(at + 4 * array.length, GUARD).fill(Number.NaN);
      lent.push({ array, at });
      return at;
    },
    takeBack: (): void => {
      for (const { array, at } of lent) {
        if (!view(at + 4 * array.length, GUARD).every(Number.isNaN)) throw new Error(`the kernel wrote behind ${array.length} numbers`);
        array.set(view(at, array.length));
        release(at, 4 * (array.length + GUARD));
      }
    },
  };
}

/** The routine of one step whose parameters are buffers of their own. */
function alone(step: Step, params: readonly Float32Array[]): Routine & { readonly steps: readonly [Step] } {
  const places = params.map(({ length: size }, buffer) => ({ buffer, offset: 0, size }));
  const output = step.writes.at(-1)!;
  return {
    steps: [{ ...step, params: places }],
    registers: [...step.reads, ...step.writes],
    inputs: [],
    output,
    renewals: [],
    buffers: places.map(({ size }) => size),
  };
}

/** A kernel of the wasm module on plain memory, as the laws of row kernels take it: its struct and its arrays are lent to the device. */
export function asRowKernel<A>({ arena, wasm }: Device, spec: RowOpSpec<A>): RowKernel<A> {
  const { forward, backward } = ownRows(spec.op);
  const run = (name: string, frame: Frame, adjoint: Frame | undefined, step: Step<A>, from: number, to: number): void => {
    const { lend, takeBack } = lender(arena);
    const routine = alone(step, frame.params);
    const registers = [...step.reads, ...step.writes];
    const addresses = ({ reads, writes }: Frame) => new Map([...reads, ...writes].map((array, i) => [registers[i]!.index, lend(array)]));
    const [values, adjoints] = [addresses(frame), adjoint && addresses(adjoint)];
    const at = (of: ReadonlyMap<number, number>) => (r: Register) => ({ region: region.registers, offset: of.get(r.index)! });
    const placement = {
      placeOf: at(values),
      adjointOf: adjoints ? at(adjoints) : () => undefined,
      bytes: { registers: 0, adjoints: 0, own: 0 },
    };
    const gradients = Float32Array.from(adjoint?.params.flatMap((p) => [...p]) ?? []);
    const bases = emptyBases(routine);
    bases[region.logDet] = lend(frame.logDet);
    if (adjoint) bases[region.dLogDet] = lend(adjoint.logDet);
    bases[region.scratch] = lend(new Float32Array(spec.scratch(step, to - from, wasm.gemmScratchBytes()) / 4).fill(Number.NaN));
    bases[region.gradients] = lend(gradients);
    frame.params.forEach((param, i) => void (bases[bufferRegion(routine, i)] = lend(param)));
    const writer = imageWriter();
    writeStep(writer, routine.steps[0], routine, placement, frame.logDet.length);
    const image = writer.done();
    const struct = lend(new Float32Array(image.words.length));
    const cells = new Int32Array(arena.memory.buffer);
    cells.set(image.words, struct / 4);
    rebase(image, cells, struct / 4, emptyBases(routine), bases);
    (wasm as unknown as Readonly<Record<string, KernelFunction>>)[name]!(struct, from, to);
    takeBack();
    let start = 0;
    for (const param of adjoint?.params ?? []) param.set(gradients.subarray(start, (start += param.length)));
  };
  return {
    spec,
    forward: (frame, step, from, to) => run(forward, frame, undefined, step, from, to),
    backward: (frame, adjoint, step, from, to) => run(backward, frame, adjoint, step, from, to),
  };
}

/** Every kernel of ours on plain memory. */
export const asRowKernels = (device: Device): readonly RowKernel[] => rowOps.map((spec) => asRowKernel(device, spec));
