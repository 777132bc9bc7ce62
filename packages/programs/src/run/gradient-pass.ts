import type { Tensor } from "@tensorflow/tfjs-core";
import { aligned, emptyBases, inputAdjointRegion, region } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import type { Device } from "../memory/device.js";
import type { Engine } from "./engine.js";
import { pointersOf, setAddresses } from "./forward-pass.js";
import { type Gradients, gradientsOf } from "./gradients.js";

/** What a loss that is linear in the log-dets comes to, and its gradient by every buffer. */
export interface Gradient extends Pick<Gradients, "buffer" | "done"> {
  readonly loss: number;
}

/** Runs a routine forward and backward in one command buffer, from the loss sum_i slopes_i logDet_i; `renewed` takes its new state. */
export function gradientPass(
  device: Device,
  engine: Engine,
  routine: Routine,
  inputs: readonly Tensor[],
  slopes: Tensor,
  buffers: readonly Tensor[],
  renewed: readonly Tensor[],
): Gradient {
  const { arena } = device;
  const rows = slopes.size;
  const plan = engine.whole(routine, rows);
  const sizes = [4 * rows, plan.registerBytes, plan.adjointBytes, ...inputs.map(({ size }) => 4 * size)].map(aligned);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const known = emptyBases(routine);
  setAddresses(known, routine, pointersOf(device, inputs), pointersOf(device, buffers), pointersOf(device, renewed));
  known[region.dLogDet] = device.pointer(slopes);
  const { ofPart, buffer, done } = gradientsOf(device, engine, routine, plan, buffers, known);
  const at = arena.allocate(bytes);
  try {
    let next = at;
    const places = [region.logDet, region.registers, region.adjoints, ...inputs.map((_, i) => inputAdjointRegion(i))];
    for (const [i, place] of places.entries()) {
      known[place] = next;
      next += sizes[i]!;
    }
    new Float32Array(arena.memory.buffer, at, rows).fill(0);
    engine.run(plan, plan.both, rows, ofPart);
    return { loss: product(device, rows, at, device.pointer(slopes)), buffer, done };
  } finally {
    arena.release(at, bytes);
  }
}

/** The scalar product of two vectors in memory. */
function product({ arena }: Device, n: number, a: number, b: number): number {
  const [x, y] = [a, b].map((at) => new Float32Array(arena.memory.buffer, at, n)) as [Float32Array, Float32Array];
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i]! * y[i]!;
  return sum;
}

export type GradientPass = typeof gradientPass;
