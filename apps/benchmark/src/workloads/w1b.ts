import type { RealNvpSpec } from "../real-nvp/spec.js";
import { realNvpDoors, trainingTask } from "../real-nvp/tasks.js";
import { workload } from "../workload.js";

const shared = { layers: 6, hidden: [64, 64], batchNorm: false, batch: 256, learningRate: 1e-3, clip: 5, steps: 100 } as const;

/** 6 couplings without BatchNorm: shift and scale from two networks 2-64-64-2, or from one 1-64-64-2 as libraries build it. */
export const plainSpecs = { two: { ...shared, networks: 2 }, one: { ...shared, networks: 1 } } satisfies Record<string, RealNvpSpec>;

export const w1b = workload<RealNvpSpec>({
  name: "w1b",
  title: "Training step: 6 affine couplings, no BatchNorm, batch 256, Adam, clip 5",
  doors: realNvpDoors,
  tasks: [
    trainingTask({
      name: "w1b",
      title: "training step, two networks 2-64-64-2",
      spec: plainSpecs.two,
      goals: [
        { door: "step", over: ["jax jit", "jax scan"], atMost: 0.75 },
        { door: "step", over: ["torch eager"], atMost: 0.25 },
        { door: "fit", over: ["flows wasm step"], atMost: 1.1 },
      ],
    }),
    trainingTask({ name: "w1b-one", title: "training step, one network 1-64-64-2", spec: plainSpecs.one }),
  ],
});
