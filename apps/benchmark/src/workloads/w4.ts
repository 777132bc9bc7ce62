import type { RealNvpSpec } from "../real-nvp/spec.js";
import { densityTask, realNvpDoors, sampleTask } from "../real-nvp/tasks.js";
import { type Goal, workload } from "../workload.js";
import { plainSpecs } from "./w1b.js";

const goals = (door: string, peers: readonly string[]): Goal[] => [
  { door, over: peers, atMost: 0.8 },
  { door, over: ["torch eager"], atMost: 0.4 },
];
const two = ["jax jit", "torch eager"];
const one = [...two, "flowjax jit", "zuko", "nflows"];

/** Log-density and samples of 100,000 points with the models of w1b. */
export const w4 = workload<RealNvpSpec>({
  name: "w4",
  title: "Log-density and sampling of 100,000 points with the models of w1b",
  doors: realNvpDoors,
  tasks: [
    densityTask({ name: "w4-density", title: "log-density, two networks", spec: plainSpecs.two, goals: goals("score", two) }),
    sampleTask({ name: "w4-sample", title: "sampling, two networks", spec: plainSpecs.two, goals: goals("draw", two) }),
    densityTask({ name: "w4-density-one", title: "log-density, one network", spec: plainSpecs.one, goals: goals("score", one) }),
    sampleTask({ name: "w4-sample-one", title: "sampling, one network", spec: plainSpecs.one, goals: goals("draw", one) }),
  ],
});
