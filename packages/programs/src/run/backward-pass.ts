import type { Tensor } from "@tensorflow/tfjs-core";
import { emptyBases, inputAdjointRegion, region } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import type { Device } from "../memory/device.js";
import type { Engine } from "./engine.js";
import { pointersOf, setAddresses } from "./forward-pass.js";
import { type Gradients, gradientsOf } from "./gradients.js";

/** What a backward pass needs of the forward. */
export interface Kept {
  readonly value: Tensor;
  readonly registers: Tensor;
  readonly renewed: readonly Tensor[];
  readonly inputs: readonly Tensor[];
}

/** Gradients of the inputs, and of every buffer. */
export interface Pulled extends Pick<Gradients, "buffer" | "done"> {
  readonly inputs: readonly Tensor[];
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
  const rows = value.shape[0]!;
  const plan = engine.whole(routine, rows);
  const dInputs = inputs.map(({ shape }) => device.empty(shape));
  const adjoints = device.empty([Math.max(1, plan.adjointBytes / 4)]);
  const known = emptyBases(routine);
  setAddresses(known, routine, pointersOf(device, inputs), pointersOf(device, buffers), pointersOf(device, renewed));
  pointersOf(device, dInputs).forEach((pointer, i) => void (known[inputAdjointRegion(i)] = pointer));
  const places = { output: value, registers, adjoints, dOutput: dValue, dLogDet };
  for (const [name, tensor] of Object.entries(places)) known[region[name as keyof typeof places]] = device.pointer(tensor);
  const { ofPart, buffer, done } = gradientsOf(device, engine, routine, plan, buffers, known);
  engine.run(plan, plan.backward, rows, ofPart);
  adjoints.dispose();
  return { inputs: dInputs, buffer, done };
}

export type BackwardPass = typeof backwardPass;
