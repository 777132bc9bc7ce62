import type { RealNvpSpec } from "../real-nvp/spec.js";
import { realNvpDoors, trainingTask } from "../real-nvp/tasks.js";
import { workload } from "../workload.js";

const spec: RealNvpSpec = {
  layers: 8,
  networks: 2,
  hidden: [64, 64],
  batchNorm: true,
  batch: 256,
  learningRate: 1e-3,
  clip: 5,
  steps: 100,
};

/** A training step of a RealNVP with BatchNorm. */
export const w1 = workload<RealNvpSpec>({
  name: "w1",
  title: "Training step: 8 affine couplings of two networks 2-64-64-2, BatchNorm between, batch 256, Adam, clip 5",
  doors: realNvpDoors,
  tasks: [
    trainingTask({
      name: "w1",
      title: "training step with BatchNorm",
      spec,
      goals: [
        { door: "step", over: ["jax jit"], atMost: 0.5 },
        { door: "step", over: ["jax scan"], atMost: 0.65 },
        { door: "step", over: ["torch eager"], atMost: 0.22 },
        { door: "step", over: ["tfjs wasm"], atMost: 0.03 },
        { door: "step", threads: 1, machineFraction: 0.8 },
        { door: "fit", over: ["flows wasm step"], atMost: 1.1 },
      ],
    }),
  ],
});
