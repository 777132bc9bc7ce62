import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Call, Distribution, Floats } from "../contracts/index.js";
import { type Batch, weightOf } from "../host/batch.js";
import { faultOfScore, withContext } from "../host/blame.js";
import { badCell } from "../host/check.js";
import { contextTensor } from "../host/chunks.js";
import { rowsTensor } from "../host/rows.js";
import { trainingStep } from "../optim/step.js";
import { densityGradient, type Pulled } from "../programs/density-gradient.js";
import type { Portion } from "./batches.js";
import { reportOf } from "./evaluate.js";
import type { Run } from "./run.js";
import { rateAt } from "./schedule.js";

/** A step that is not finite may pass; ten in a row are no accident. */
const mostInARow = 10;

/** The slopes of the weighted mean NLL by each row's log-density. */
const slopesOf = (batch: Batch): Tensor => {
  const n = batch.x.shape[0];
  const total = weightOf(batch);
  return tensorOf(batch.weights ? (batch.weights as Float64Array).map((w) => -w / total) : new Float64Array(n).fill(-1 / n), [n]);
};

const pull = ({ flow, optimizer }: Run, batch: Batch, call: Call): Pulled => {
  const context = contextTensor(batch.context, 0, batch.x.shape[0]);
  return densityGradient(flow, rowsTensor(batch.x), slopesOf(batch), optimizer.packed.buffers, { ...call, context });
};

/** One step, in one tidy: nothing is read back. */
export function takeStep(run: Run, { batch, share }: Portion): void {
  const { plan, optimizer, averager, frozen, at, total } = run;
  const from = performance.now();
  optimizer.learningRate = rateAt(plan.schedule, plan.learningRate, at.step, total);
  trainingStep(optimizer, (call) => pull(run, batch, call), share, frozen).dispose();
  at.step += 1;
  at.inEpoch += 1;
  averager?.take(at.step);
  run.times.push(performance.now() - from);
}

/** Reads the tally, tells `onStep`, and gives false where too many steps in a row were skipped. */
export async function readTally(run: Run, { batch }: Portion): Promise<boolean> {
  const { tally } = run.optimizer;
  const [skipped, inARow, longest, sumLoss, sumShare] = (await tally.data()) as Floats;
  tidy(() => tally.assign(tensorOf(Float64Array.of(skipped!, inARow!, longest!, 0, 0), [5])));
  run.at.skipped = skipped!;
  run.plan.onStep?.(reportOf(run, sumLoss!, sumShare!));
  if (longest! < mostInARow) return true;
  run.fault = await faultOfBatch(run.flow, batch);
  return false;
}

async function faultOfBatch(flow: Distribution, { x, context }: Batch) {
  const cell = badCell(x) ?? (context && badCell(context));
  if (cell) return { where: "data", text: `in a batch, ${cell}` };
  const found = await withContext(contextTensor(context, 0, x.shape[0]), (call) => faultOfScore(flow, rowsTensor(x), call));
  return found.where === flow.type ? { where: flow.type, text: "the gradient of the loss is not finite" } : found;
}
