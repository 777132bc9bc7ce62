import { type Tensor, tidy, where } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Floats } from "../contracts/index.js";
import { fail } from "../errors.js";
import { toJSON } from "../modules/json.js";
import { snapshot } from "../modules/snapshot.js";
import type { Packed } from "../optim/packed.js";
import { bestFrom, type CheckpointFacts, listIn, lists, partsFrom, readCheckpoint, writerOf } from "./checkpoint-file.js";
import { decisive } from "./options.js";
import type { Run } from "./run.js";
import { rateAt } from "./schedule.js";

const place = "fit: resume";
const text = (value: unknown): string => JSON.stringify(value) ?? "none";

/** Puts a fit where its checkpoint stood. Everything is checked before the first number is written. */
export function resume(run: Run, bytes: Uint8Array): void {
  const { flow, optimizer, averager, at, plan } = run;
  const { arrays, model, facts } = readCheckpoint(bytes);
  if (text(model) !== text(toJSON(flow)))
    fail("file", place, "the checkpoint is of another flow. Build the flow as it was built when the checkpoint was written.");
  sameFit(run, facts);
  const { parts, size } = optimizer.packed;
  const [m, s] = ["adam/m", "adam/s"].map((prefix) => partsFrom(arrays, prefix, parts, size)) as [Floats, Floats];
  const tally = Float64Array.from(listIn(arrays, "tally", 5));
  const best = facts.best && bestFrom(flow, arrays);
  const past = lists.map((name) => listIn(arrays, name));
  const write = writerOf(flow, arrays);
  const average = averager && partsFrom(arrays, "average", parts, size);

  write();
  tidy(() => {
    optimizer.m.assign(tensorOf(m, [size]));
    optimizer.s.assign(tensorOf(s, [size]));
    optimizer.tally.assign(tensorOf(tally, [5]));
    if (average) averager.average.assign(averageOf(optimizer.packed, tensorOf(average, [size])));
  });
  if (best && facts.best) run.best = { ...facts.best, weights: snapshot(flow, (buffer) => tensorOf(best.get(buffer)!, buffer.shape)) };
  for (const [i, name] of lists.entries()) at[name].push(...past[i]!);
  const { step, epoch, inEpoch, stale, seconds: earlier } = facts;
  Object.assign(at, { step, epoch, inEpoch, stale, earlier, skipped: tally[0] });
  optimizer.steps = step;
  if (step > 0) optimizer.learningRate = rateAt(plan.schedule, plan.learningRate, step - 1, run.total);
}

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
function sameFit({ plan, feed }: Run, { options: then, data }: CheckpointFacts): void {
  const now = toJSON(decisive(plan)) as Record<string, unknown>;
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((name) => text(then[name]) !== text(now[name]));
  const differences = names.map((name) => `${name} was ${text(then[name])} and is ${text(now[name])}`);
  if (names.length > 0)
    fail(
      "config",
      place,
      `a fit is resumed with the options it was started with, but ${differences.join("; ")}. Give the same, or start anew.`,
    );
  if (data !== feed.hash)
    fail("data", place, "a fit is resumed with the data it was started with, but these are others. Give the same, or start anew.");
}
