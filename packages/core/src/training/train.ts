import type { Floats, Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import { breathe } from "../host/breathe.js";
import { inside, isModule, usable, walk } from "../modules/inside.js";
import { markWritten, reseed } from "../modules/leaves.js";
import type { OptionsOf } from "../options.js";
import { type Batches, noBatches } from "./batches.js";
import { checkpointOf } from "./checkpoint.js";
import { evaluate, keepBest } from "./evaluate.js";
import { historyOf, type Stopped, type TrainHistory } from "./history.js";
import { settingsOf, trainOptions } from "./options.js";
import { resume } from "./resume.js";
import { checkAlive, type Pull, type Run, type RunOn, runOf, type Task, type TrainFunctions } from "./run.js";
import { readTally, takeStep } from "./step.js";

export interface TrainOptions<B> extends OptionsOf<typeof trainOptions>, TrainFunctions<B> {}

/**
 * Trains any module on any loss by Adam: `pull` gives the loss of a batch and its gradients (`lossGradient` takes them from the tape).
 * Without batches `pull` gets undefined, and draws what it needs by seed and step, or from the call. What nobody has written to is drawn by
 * the seed. Schedules, clipping, decay by role, freezing, averaging, validation with patience and best weights, checkpoints and resuming,
 * progress and abort are those of `fit`, which is this with the negative log-likelihood. A step whose loss or gradient is not finite
 * changes nothing and is counted; ten in a row end the training. Nothing is read back but the loss, every `logEvery` steps.
 *
 * The same batches, options and seed give the same weights, to the bit on one machine; a resumed training ends where an uninterrupted one does.
 *
 * Throws FlowsError: "config" (an option; a module in training already), "disposed" (the module or the backend, also meanwhile),
 * "backend", "file" (a checkpoint), and what `pull` throws.
 *
 * @example
 * const pull = (batch, call, { buffers }) =>
 *   lossGradient(() => mean(square(network.apply(rowsTensor(batch.x), call))), buffers);
 * await train(network, miniBatches(rows), pull, { steps: 500 });
 */
export function train(module: Module, batches: undefined, pull: Pull<undefined>, options?: TrainOptions<undefined>): Promise<TrainHistory>;
export function train<B>(module: Module, batches: Batches<B>, pull: Pull<B>, options?: TrainOptions<B>): Promise<TrainHistory>;
export async function train<B>(
  module: Module,
  batches: Batches<B | undefined> | undefined,
  pull: Pull<B | undefined>,
  { initialise, trainLoss, validate, diagnose, ...options }: TrainOptions<B | undefined> = {},
): Promise<TrainHistory> {
  const where = "train";
  if (!isModule(module)) fail("config", where, "expected a flow or another module.");
  const settings = settingsOf(where, trainOptions, options);
  if (settings.patience !== undefined && !validate) fail("config", where, "patience needs a validation. Pass validate.");
  const { onStep } = options;
  const functions = { initialise, trainLoss, validate, diagnose, onStep };
  return trained({ where, module, batches: batches ?? noBatches, pull, settings, ...functions });
}

const busy = new WeakSet<Module>();

/** Does a task whose options were checked. Nobody else trains the module, or a part of it, meanwhile. */
export async function trained<B>(task: Task<B>): Promise<TrainHistory> {
  const { where, module } = task;
  usable(module.type, inside(module));
  const modules = [...walk(module)].map(([, part]) => part);
  if (modules.some((part) => busy.has(part)))
    fail("config", where, `${module.type} is in training already. Await its end first, or train a second model.`);
  for (const part of modules) busy.add(part);
  try {
    return await conducted(runOf(task));
  } finally {
    for (const part of modules) busy.delete(part);
  }
}

async function conducted<B>(run: RunOn<B>): Promise<TrainHistory> {
  try {
    begin(run);
    let stopped = await loop(run);
    if (stopped !== "aborted" && stopped !== "nonfinite" && run.at.evaluatedAt.at(-1) !== run.at.step)
      stopped = (await evaluate(run)) ? stopped : "nonfinite";
    checkAlive(run);
    keepBest(run);
    run.at.skipped = ((await run.optimizer.tally.data()) as Floats)[0]!;
    return historyOf(run, stopped);
  } catch (error) {
    checkAlive(run, error);
    throw error;
  } finally {
    run.best?.weights.dispose();
    run.averager?.dispose();
    run.optimizer.dispose();
  }
}

/** Goes on from a checkpoint; or draws what nobody has written to, and lets layers start from data. */
function begin(run: Run): void {
  const { module, settings } = run;
  if (settings.resume) resume(run, settings.resume);
  else {
    reseed(module, settings.seed);
    run.initialise?.();
    markWritten(module);
  }
}

const finished = ({ at, total, settings }: Run): boolean =>
  (total !== undefined && at.step >= total) || (settings.epochs !== undefined && at.epoch >= settings.epochs);

async function loop<B>(run: RunOn<B>): Promise<Stopped> {
  const { at, batches, settings } = run;
  while (!finished(run)) {
    for await (const portion of batches.epoch(at.epoch, at.inEpoch)) {
      if (settings.signal?.aborted) {
        await settings.checkpoint?.write(await checkpointOf(run));
        return "aborted";
      }
      takeStep(run, portion);
      const due = (every: number): boolean => at.step % every === 0;
      if ((due(settings.logEvery) || finished(run)) && !(await readTally(run, portion))) return "nonfinite";
      if (due(run.evaluateEvery) && !(await evaluate(run))) return "nonfinite";
      if (at.stale >= (settings.patience ?? Number.POSITIVE_INFINITY)) return "patience";
      if (settings.checkpoint && due(settings.checkpoint.every)) await settings.checkpoint.write(await checkpointOf(run));
      await breathe();
      if (finished(run)) break;
    }
    if (at.step === run.total && at.inEpoch !== batches.perEpoch) break;
    at.epoch += 1;
    at.inEpoch = 0;
  }
  return settings.epochs === undefined ? "steps" : "epochs";
}
