import { tidy } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Floats } from "../contracts/index.js";
import { trainingStep } from "../optim/step.js";
import { draws, hashPath } from "../random/index.js";
import type { Portion } from "./batches.js";
import { checkAlive, type Run, type RunOn, secondsOf } from "./run.js";
import { rateAt } from "./schedule.js";

/** A step that is not finite may pass; ten in a row are no accident. */
const mostInARow = 10;

/** One step, in one tidy: nothing is read back. */
export function takeStep<B>(run: RunOn<B>, { batch, share }: Portion<B>): void {
  checkAlive(run);
  const { settings, optimizer, averager, frozen, at, total } = run;
  const from = performance.now();
  const { seed } = settings;
  optimizer.learningRate = rateAt(settings.schedule, settings.learningRate, at.step, total);
  const here = { step: at.step, seed, buffers: optimizer.packed.buffers };
  const own = draws(hashPath(`${seed} step ${at.step}`));
  trainingStep(optimizer, (call) => run.pull(batch, { ...call, draws: own }, here), share, frozen).dispose();
  at.step += 1;
  at.inEpoch += 1;
  averager?.take(at.step);
  run.times.take(performance.now() - from);
}

/** Reads the tally, tells `onStep`, and gives false where too many steps in a row were skipped. */
export async function readTally<B>(run: RunOn<B>, { batch }: Portion<B>): Promise<boolean> {
  const { tally } = run.optimizer;
  const [skipped, inARow, longest, sumLoss, sumShare] = (await tally.data()) as Floats;
  tidy(() => tally.assign(tensorOf(Float64Array.of(skipped!, inARow!, longest!, 0, 0), [5])));
  run.at.skipped = skipped!;
  report(run, sumLoss! / sumShare!);
  if (longest! < mostInARow) return true;
  run.fault = (await run.diagnose?.(batch)) ?? { where: run.module.type, text: "the loss or its gradient is not finite" };
  return false;
}

function report({ at, total, optimizer, started, onStep }: Run, loss: number): void {
  onStep?.({
    step: at.step,
    steps: total,
    epoch: at.epoch,
    loss,
    learningRate: optimizer.learningRate,
    skipped: at.skipped,
    validationLoss: at.validationLoss.at(-1),
    seconds: secondsOf({ at, started }),
  });
}
