import type { Distribution, Floats } from "../contracts/index.js";
import type { Data } from "../host/batch.js";
import { breathe } from "../host/breathe.js";
import { checkFlow } from "../host/check.js";
import { startFrom } from "../host/start.js";
import { reseed, settled } from "../modules/leaves.js";
import type { Feed } from "./batches.js";
import { feedOf } from "./batches.js";
import { checkpointOf } from "./checkpoint.js";
import { evaluate } from "./evaluate.js";
import { type History, type Stopped, timesOf } from "./history.js";
import { type FitOptions, type Plan, planOf } from "./options.js";
import { prepared } from "./prepared.js";
import { resume } from "./resume.js";
import { type Run, secondsOf } from "./run.js";
import { readTally, takeStep } from "./step.js";

/**
 * Fits a flow to data by maximum likelihood: the weighted mean NLL on mini-batches, by Adam. Layers that start from data see the
 * first rows; the weights that validate best are kept. A step whose loss or gradient is not finite changes nothing and is counted; ten
 * in a row end the fit. All steps run without reading anything back but the loss, every `logEvery` steps.
 *
 * The same data, options and seed give the same weights, to the bit on one machine; a resumed fit ends where an uninterrupted one does.
 *
 * Throws FlowsError: "config" (an option), "shape", "data" (the cell), "context", "disposed", "backend", "file" (a checkpoint).
 *
 * @example
 * const history = await fit(model, rows, { steps: 2000, schedule: { kind: "cosine" }, clip: 5, onStep: ({ step, loss }) => console.log(step, loss) });
 */
export async function fit(flow: Distribution, data: Data, options: FitOptions = {}): Promise<History> {
  checkFlow("fit", flow);
  const plan = planOf(options);
  const feed = await feedOf(flow, data, plan);
  const run = prepared(flow, plan, feed);
  try {
    if (plan.resume) resume(run, plan.resume);
    else begin(flow, plan, feed);
    let stopped = await train(run);
    if (stopped !== "aborted" && stopped !== "nonfinite" && run.at.evaluatedAt.at(-1) !== run.at.step)
      stopped = (await evaluate(run)) ? stopped : "nonfinite";
    keepBest(run);
    run.at.skipped = ((await run.optimizer.tally.data()) as Floats)[0]!;
    return historyOf(run, stopped);
  } finally {
    run.best?.weights.dispose();
    run.averager?.dispose();
    run.optimizer.dispose();
  }
}

/** Draws what nobody has written to, and lets layers start from data. */
function begin(flow: Distribution, { seed }: Plan, { sample }: Feed): void {
  reseed(flow, seed);
  startFrom(flow, sample.x, sample.context);
  settled(flow);
}

const finished = ({ at, total, plan }: Run): boolean =>
  (total !== undefined && at.step >= total) || (plan.epochs !== undefined && at.epoch >= plan.epochs);

async function train(run: Run): Promise<Stopped> {
  const { at, feed, plan } = run;
  while (!finished(run)) {
    for await (const portion of feed.epoch(at.epoch, at.inEpoch)) {
      if (plan.signal?.aborted) {
        await plan.checkpoint?.write(await checkpointOf(run));
        return "aborted";
      }
      takeStep(run, portion);
      const due = (every: number): boolean => at.step % every === 0;
      if ((due(plan.logEvery) || finished(run)) && !(await readTally(run, portion))) return "nonfinite";
      if (due(run.evaluateEvery) && !(await evaluate(run))) return "nonfinite";
      if (at.stale >= (plan.patience ?? Number.POSITIVE_INFINITY)) return "patience";
      if (plan.checkpoint && due(plan.checkpoint.every)) await plan.checkpoint.write(await checkpointOf(run));
      await breathe();
      if (finished(run)) break;
    }
    if (at.step === run.total && at.inEpoch !== feed.perEpoch) break;
    at.epoch += 1;
    at.inEpoch = 0;
  }
  return plan.epochs === undefined ? "steps" : "epochs";
}

/** The weights that validated best, else the averaged ones, else those of the last step. */
function keepBest({ best, averager, at }: Run): void {
  if (best) best.weights.restore();
  else if (at.step > 0) averager?.apply();
}

function historyOf(run: Run, stopped: Stopped): History {
  const { step: steps, epoch: epochs, evaluatedAt, trainNll, validationNll, learningRates, skipped } = run.at;
  return {
    steps,
    epochs,
    seed: run.plan.seed,
    evaluatedAt,
    trainNll,
    validationNll,
    learningRates,
    bestStep: run.best?.step,
    skipped,
    stopped,
    fault: run.fault,
    seconds: secondsOf(run),
    stepMs: timesOf(run.times),
  };
}
