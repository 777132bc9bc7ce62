import { type Tensor, tidy, where } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Floats } from "../contracts/index.js";
import { fail } from "../errors.js";
import { nameOf } from "../files/numbers.js";
import { toJSON } from "../modules/json.js";
import { markWritten } from "../modules/leaves.js";
import { snapshot } from "../modules/snapshot.js";
import type { Packed } from "../optim/packed.js";
import {
  bestName,
  buffersFrom,
  type CheckpointFacts,
  decidingOf,
  listIn,
  listNames,
  lists,
  partsFrom,
  readCheckpoint,
} from "./checkpoint.js";
import type { Run } from "./run.js";
import { rateAt } from "./schedule.js";

const placeOf = ({ where }: Run): string => `${where}: resume`;
const text = (value: unknown): string => JSON.stringify(value) ?? "none";

/** Puts a training where its checkpoint stood. Everything is checked before the first number is written. */
export function resume(run: Run, bytes: Uint8Array): void {
  const { module, optimizer, averager, at, settings } = run;
  const place = placeOf(run);
  const { arrays, model, facts } = readCheckpoint(place, bytes);
  if (text(model) !== text(toJSON(module)))
    fail("file", place, "the checkpoint is of another model. Build the model as it was built when the checkpoint was written.");
  sameTask(run, facts);
  const { packed } = optimizer;
  const [m, s] = ["adam/m", "adam/s"].map((prefix) => partsFrom(arrays, prefix, packed)) as [Floats, Floats];
  const tally = Float64Array.from(listIn(arrays, place, "fit/tally", 5));
  const best = facts.best && buffersFrom(arrays, module, bestName);
  const past = listNames.map((name) => listIn(arrays, place, lists[name]));
  const average = averager && partsFrom(arrays, "average", packed);
  const now = buffersFrom(arrays, module, nameOf);

  tidy(() => {
    for (const [buffer, values] of now) buffer.assign(tensorOf(values, buffer.shape));
    optimizer.m.assign(tensorOf(m, [packed.size]));
    optimizer.s.assign(tensorOf(s, [packed.size]));
    optimizer.tally.assign(tensorOf(tally, [5]));
    if (average) averager.average.assign(averageOf(packed, tensorOf(average, [packed.size])));
  });
  markWritten(module);
  if (best && facts.best)
    run.best = {
      step: facts.best.step,
      loss: facts.best.nll,
      weights: snapshot(module, (buffer) => tensorOf(best.get(buffer)!, buffer.shape)),
    };
  for (const [i, name] of listNames.entries()) at[name].push(...past[i]!);
  const { step, stale, seconds: earlier } = facts;
  Object.assign(at, { ...nextBatch(run, facts), step, stale, earlier, skipped: tally[0] });
  optimizer.steps = step;
  if (step > 0) optimizer.learningRate = rateAt(settings.schedule, settings.learningRate, step - 1, run.total);
}

/** A checkpoint after the last batch of an epoch stands before the next epoch. */
const nextBatch = ({ batches }: Run, { epoch, inEpoch }: CheckpointFacts): Pick<CheckpointFacts, "epoch" | "inEpoch"> =>
  inEpoch === batches.perEpoch ? { epoch: epoch + 1, inEpoch: 0 } : { epoch, inEpoch };

/** Outside the trained parts an average is the frozen weight itself, which no step moves. */
const averageOf = ({ inParts, gather }: Packed, average: Tensor): Tensor =>
  inParts
    ? where(
        inParts,
        average,
        gather((buffer) => buffer),
      )
    : average;

/** Refuses to go on with other options or data, and names what differs. */
function sameTask(run: Run, { options: then, data }: CheckpointFacts): void {
  const place = placeOf(run);
  const now = toJSON(decidingOf(run)) as Record<string, unknown>;
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((name) => text(then[name]) !== text(now[name]));
  const differences = names.map((name) => `${name} was ${text(then[name])} and is ${text(now[name])}`);
  if (names.length > 0)
    fail(
      "config",
      place,
      `training is resumed with the options it was started with, but ${differences.join("; ")}. Give the same, or start anew.`,
    );
  if (data !== run.batches.hash)
    fail("data", place, "training is resumed with the data it was started with, but these are others. Give the same, or start anew.");
}
