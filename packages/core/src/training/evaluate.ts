import type { Tensor } from "@tensorflow/tfjs-core";
import { isFlowsError } from "../errors.js";
import { snapshot } from "../modules/snapshot.js";
import { checkAlive, type Run } from "./run.js";

/** Takes the losses on the averaged weights, and keeps these where they validate best. False where a loss is not a number. */
export async function evaluate(run: Run): Promise<boolean> {
  const { averager, at, optimizer } = run;
  const raw = averager?.swap();
  try {
    const train = await run.trainLoss?.();
    const validation = await run.validate?.();
    at.evaluatedAt.push(at.step);
    at.learningRates.push(optimizer.learningRate);
    if (train !== undefined) at.trainLoss.push(train);
    if (validation !== undefined) judge(run, validation);
    return true;
  } catch (error) {
    if (!isFlowsError(error) || error.code !== "nonfinite") throw error;
    run.fault = { where: error.where, text: error.message };
    return false;
  } finally {
    if (raw) putBack(run, raw);
  }
}

/** Nothing goes back into what is gone: tfjs would count it for ever. */
function putBack(run: Run, raw: Tensor): void {
  try {
    checkAlive(run);
    run.optimizer.packed.scatter(raw);
  } finally {
    raw.dispose();
  }
}

function judge(run: Run, loss: number): void {
  run.at.validationLoss.push(loss);
  if (!(loss < (run.best?.loss ?? Number.POSITIVE_INFINITY))) {
    run.at.stale += 1;
    return;
  }
  run.best?.weights.dispose();
  run.best = { loss, step: run.at.step, weights: snapshot(run.module) };
  run.at.stale = 0;
}

/** The weights that validated best, else the averaged ones, else those of the last step. */
export function keepBest({ best, averager, at }: Run): void {
  if (best) best.weights.restore();
  else if (at.step > 0) averager?.apply();
}
