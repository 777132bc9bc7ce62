import type { Tensor } from "@tensorflow/tfjs-core";
import { type Bases, bufferRegion, emptyBases, inputRegion, region, renewalRegion } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import type { Device } from "../memory/device.js";
import type { Plan } from "../plans/plan.js";
import type { Engine } from "./engine.js";

/** What a forward pass gives; `registers` are kept for the backward. */
export interface Passed {
  readonly value: Tensor;
  /** [rows] */
  readonly logDet: Tensor;
  readonly registers: Tensor | undefined;
}

/** Runs a routine on rows; `saving` keeps what its gradient needs, `renewed` takes its new state. */
export function forwardPass(
  device: Device,
  engine: Engine,
  routine: Routine,
  inputs: readonly Tensor[],
  buffers: readonly Tensor[],
  saving: boolean,
  renewed: readonly Tensor[] = [],
): Passed {
  const rows = inputs[0]!.shape[0]!;
  const whole = saving || routine.steps.some(({ spec }) => spec.barrier);
  const plan: Plan = whole ? engine.whole(routine, rows) : engine.chunked(routine);
  const registers = whole ? device.empty([Math.max(1, plan.registerBytes / 4)]) : undefined;
  const [value, logDet] = [device.empty([rows, routine.output.width]), device.zeros([rows])];
  const known = emptyBases(routine);
  setAddresses(known, routine, pointersOf(device, inputs), pointersOf(device, buffers), pointersOf(device, renewed));
  known[region.output] = device.pointer(value);
  known[region.logDetOut] = device.pointer(logDet);
  if (registers) known[region.registers] = device.pointer(registers);
  engine.run(plan, plan.forward, rows, (_part, scratch, own) => {
    known[region.scratch] = scratch;
    known[region.logDet] = registers ? known[region.logDetOut]! : own + plan.registerBytes;
    if (!registers) known[region.registers] = own;
    return known;
  });
  return { value, logDet, registers };
}

export const pointersOf = (device: Device, tensors: readonly Tensor[]): number[] => tensors.map((tensor) => device.pointer(tensor));

/** Where a routine's tensors lie. */
export function setAddresses(
  bases: Bases,
  routine: Routine,
  inputs: readonly number[],
  buffers: readonly number[],
  renewed: readonly number[],
): void {
  inputs.forEach((pointer, i) => void (bases[inputRegion(i)] = pointer));
  buffers.forEach((pointer, i) => void (bases[bufferRegion(routine, i)] = pointer));
  renewed.forEach((pointer, i) => void (bases[renewalRegion(routine, i)] = pointer));
}
