import type { Goal, Task, Workload } from "../workload.js";
import { openDraw, openScore } from "./evaluation.js";
import { evaluationInputs, flopsPerRow, flopsPerStep, pointCount, type RealNvpSpec, trainingInputs } from "./spec.js";
import { openFit, openLoss, openStep } from "./training.js";

/** How Flows trains, scores and draws: `step` is the bare program, `loss` a loss of one's own around it, the others are what users call. */
export const realNvpDoors: Workload<RealNvpSpec>["doors"] = {
  step: { "real-nvp/train": openStep },
  loss: { "real-nvp/train": openLoss },
  fit: { "real-nvp/train": openFit },
  score: { "real-nvp/log-density": openScore },
  draw: { "real-nvp/sample": openDraw },
};

/** After a hundred steps on the same batches from the same weights: rounding that has grown, and how a library bounds its scales. */
const trained = 0.05;
/** Of one evaluation with the same weights. */
const evaluated = 1e-3;
/** Of a mean of 100,000 samples. */
const sampled = 0.05;

interface Parts {
  readonly name: string;
  readonly title: string;
  readonly spec: RealNvpSpec;
  readonly goals?: readonly Goal[];
}

/** A training step. */
export const trainingTask = ({ goals = [], ...parts }: Parts): Task<RealNvpSpec> => ({
  ...parts,
  goals,
  kind: "real-nvp/train",
  door: "step",
  unit: "step",
  flops: flopsPerStep(parts.spec),
  value: { name: "NLL of the training rows", tolerance: trained },
  inputs: trainingInputs(parts.spec),
});

/** All points at once. */
const onPoints = ({ goals = [], ...parts }: Parts) => ({
  ...parts,
  goals,
  unit: `${pointCount.toLocaleString("en-US")} rows`,
  flops: pointCount * flopsPerRow(parts.spec),
  inputs: evaluationInputs(parts.spec),
});

export const densityTask = (parts: Parts): Task<RealNvpSpec> => ({
  ...onPoints(parts),
  kind: "real-nvp/log-density",
  door: "score",
  value: { name: "NLL of the points", tolerance: evaluated },
});

export const sampleTask = (parts: Parts): Task<RealNvpSpec> => ({
  ...onPoints(parts),
  kind: "real-nvp/sample",
  door: "draw",
  value: { name: "mean square of the samples", tolerance: sampled },
});
