import { type DensityAttrs, fail, type Kernel, tensorOf } from "@flows/core";
import type { Device } from "../device.js";
import type { Engine } from "../programs/engine.js";
import { gradientPass } from "../programs/gradient-pass.js";
import { routines } from "../programs/routine.js";
import { copyOf } from "./empty.js";

/** The loss of a training step and its gradients in one job: (rows, context, slopes) to (loss, a gradient for each trained buffer, new state). */
export function densityGradientKernel(device: Device, engine: Engine): Kernel<DensityAttrs> {
  const known = routines();
  return {
    op: "densityGradient",
    forward: (tensors, { program }) => {
      const routine = known(program);
      const [inputs, slopes] = [tensors.slice(0, -1), tensors.at(-1)!];
      const renewed = program.renewals.map(({ view }) => copyOf(device, view.buffer));
      const gradient = gradientPass(device, engine, routine, inputs, slopes, program.buffers, renewed);
      const buffers = program.buffers.flatMap(({ trainable }, i) => (trainable ? [gradient.buffer(i)] : []));
      gradient.done();
      return { outputs: [tensorOf(Float32Array.of(gradient.loss), []), ...buffers, ...renewed], saved: [] };
    },
    backward: () => fail("gradient", "flows/densityGradient", "the gradient of a training step has no gradient."),
  };
}
