import { isFlowsError } from "../errors.js";
import { nllOf } from "../host/nll.js";
import { snapshot } from "../modules/snapshot.js";
import type { StepReport } from "./options.js";
import { type Run, secondsOf } from "./run.js";

/** Takes the NLL in evaluation mode on the averaged weights, and keeps them where they validate best. False where it is not a number. */
export async function evaluate(run: Run): Promise<boolean> {
  const { averager, at, optimizer } = run;
  const back = averager?.swap();
  try {
    const train = await nllOf(run.flow, run.feed.sample);
    const validation = run.feed.held && (await nllOf(run.flow, run.feed.held));
    at.evaluatedAt.push(at.step);
    at.trainNll.push(train);
    at.learningRates.push(optimizer.learningRate);
    if (validation !== undefined) judge(run, validation);
    return true;
  } catch (error) {
    if (!isFlowsError(error) || error.code !== "nonfinite") throw error;
    run.fault = { where: error.where, text: error.message };
    return false;
  } finally {
    back?.();
  }
}

function judge(run: Run, nll: number): void {
  run.at.validationNll.push(nll);
  if (!(nll < (run.best?.nll ?? Number.POSITIVE_INFINITY))) {
    run.at.stale += 1;
    return;
  }
  run.best?.weights.dispose();
  run.best = { nll, step: run.at.step, weights: snapshot(run.flow) };
  run.at.stale = 0;
}

/** The report of a step, from the tally of the steps since the last one. */
export function reportOf(run: Run, sumLoss: number, sumShare: number): StepReport {
  const { at, total, optimizer } = run;
  return {
    step: at.step,
    steps: total,
    epoch: at.epoch,
    loss: sumLoss / sumShare,
    learningRate: optimizer.learningRate,
    skipped: at.skipped,
    validationNll: at.validationNll.at(-1),
    seconds: secondsOf(run),
  };
}
