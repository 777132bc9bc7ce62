import { type Tensor, engine as tfjs } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";
import { empty } from "../kernels/empty.js";
import type { Engine } from "./engine.js";
import { pointersOf, setAddresses } from "./forward-pass.js";
import { emptyBases, inputAdjointRegion, region } from "./regions.js";
import type { Routine } from "./routine.js";
import { startOf } from "./steps.js";

/** What a backward pass needs of the forward. */
export interface Kept {
  readonly value: Tensor;
  readonly registers: Tensor;
  readonly renewed: readonly Tensor[];
  readonly inputs: readonly Tensor[];
}

/** Gradients of the inputs, and of all buffers end to end in one tensor. */
export interface Pulled {
  readonly inputs: readonly Tensor[];
  /** The gradient of buffer i. */
  readonly buffer: (i: number) => Tensor;
  /** Call it when all are taken. */
  readonly done: () => void;
}

/** Pulls the gradients of value and log-det back through a routine. */
export function backwardPass(
  device: Device,
  engine: Engine,
  routine: Routine,
  { value, renewed, registers, inputs }: Kept,
  buffers: readonly Tensor[],
  dValue: Tensor,
  dLogDet: Tensor,
): Pulled {
  const { backend } = device;
  const rows = value.shape[0]!;
  const plan = engine.whole(routine, rows);
  const dInputs = inputs.map(({ shape }) => empty(device, shape));
  const adjoints = empty(device, [Math.max(1, plan.adjointBytes / 4)]);
  const gradients = empty(device, [Math.max(1, (engine.parts * plan.gradientBytes) / 4)]);
  const known = emptyBases(routine);
  setAddresses(known, routine, pointersOf(device, inputs), pointersOf(device, buffers), pointersOf(device, renewed));
  pointersOf(device, dInputs).forEach((pointer, i) => void (known[inputAdjointRegion(i)] = pointer));
  const places = { output: value, registers, adjoints, allGradients: gradients, dOutput: dValue, dLogDet };
  for (const [name, tensor] of Object.entries(places)) known[region[name as keyof typeof places]] = backend.pointer(tensor);
  engine.run(plan, plan.backward, rows, (part, scratch, own) => {
    known[region.scratch] = scratch;
    known[region.ownAdjoints] = own;
    known[region.totals] = own + plan.ownBytes;
    known[region.allOwn] = own - part * plan.roomBytes;
    known[region.gradients] = known[region.allGradients]! + part * plan.gradientBytes;
    return known;
  });
  adjoints.dispose();
  return {
    inputs: dInputs,
    buffer: (i) => tfjs().makeTensorFromTensorInfo(backend.view(gradients, startOf(routine, i), buffers[i]!.shape)),
    done: () => gradients.dispose(),
  };
}

export type BackwardPass = typeof backwardPass;
