import type { Tensor } from "@tensorflow/tfjs-core";
import { type Bases, region } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import type { Device } from "../memory/device.js";
import type { WholePlan } from "../plans/plan.js";
import { startOf } from "../plans/steps.js";
import type { Engine } from "./engine.js";

/** Gradients of all buffers end to end in one tensor, those of each part behind the other's; their sums end up with the first part's. */
export interface Gradients {
  /** Adds the addresses of a part's own regions to those that all parts share. */
  readonly ofPart: (part: number, scratch: number, own: number) => Bases;
  /** The gradient of buffer i. */
  readonly buffer: (i: number) => Tensor;
  /** Call it when all are taken. */
  readonly done: () => void;
}

/** Takes the room for a routine's gradients; `known` are the addresses that all parts share. */
export function gradientsOf(
  device: Device,
  { parts }: Engine,
  routine: Routine,
  plan: WholePlan,
  buffers: readonly Tensor[],
  known: Bases,
): Gradients {
  const gradients = device.empty([Math.max(1, (parts * plan.gradientBytes) / 4)]);
  known[region.allGradients] = device.pointer(gradients);
  return {
    ofPart: (part, scratch, own) => {
      known[region.scratch] = scratch;
      known[region.ownAdjoints] = own;
      known[region.totals] = own + plan.ownBytes;
      known[region.allOwn] = own - part * plan.roomBytes;
      known[region.gradients] = known[region.allGradients]! + part * plan.gradientBytes;
      return known;
    },
    buffer: (i) => device.view(gradients, startOf(routine, i), buffers[i]!.shape),
    done: () => gradients.dispose(),
  };
}
