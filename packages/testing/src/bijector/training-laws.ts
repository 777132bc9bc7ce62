import { type Bijector, type Leaf, leaves } from "@flows/core";
import { applyUpdates, dropUpdates, type Updates } from "@flows/core/author";
import { scalar, tidy } from "@tensorflow/tfjs-core";
import { broken, close, type Result, same } from "../close.js";
import type { Law } from "../law.js";
import { type Batch, tensorsOf } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { measure } from "../plain/measure.js";
import { read } from "../plain/read.js";
import type { Way } from "../plain/way.js";
import { batchFor, boundFor, lawFor } from "../subject.js";
import type { BijectorSubject } from "./subject.js";

const numbersOf = async (b: Bijector): Promise<Result> =>
  Object.fromEntries(await Promise.all(leaves(b).map(async (leaf) => [leaf.path, await leaf.read()] as const)));

/** One training call; its outputs are read, its updates handed over. */
async function trained(b: Bijector, way: Way<Bijector>, batch: Batch): Promise<readonly [Result, Updates]> {
  const updates: Updates = new Map();
  const { rows, call, dispose } = tensorsOf(batch);
  const outputs = way.run(b, rows, { ...call, training: true, updates });
  dispose();
  return [await read({ ...outputs }), updates];
}

/** What holds in training: nothing moves before it is settled, a module without new state computes as ever, a refused step changes nothing. */
export const trainingLaws = (subject: BijectorSubject): Law[] => [
  lawFor(subject, "training changes nothing until it is settled", async (b) => {
    for (const way of subject.ways) {
      const batch = batchFor(subject, b, way, 6);
      const [before, scored] = [await numbersOf(b), await evaluate(b, way, batch)];
      const [outputs, updates] = await trained(b, way, batch);
      const quiet = updates.size === 0;
      dropUpdates(updates);
      same(`numbers after ${way.name}`, await numbersOf(b), before, () => 0);
      if (quiet) same(`${way.name} in training`, outputs, scored, await boundFor(subject, b, way));
    }
  }),
  lawFor(subject, "a step that is not finite settles nothing, a finite one what it said", async (b) => {
    for (const way of subject.ways) {
      const batch = batchFor(subject, b, way, 6);
      const news = Object.entries(await measure(b, way, batch, { training: true })).filter(([key]) => key.startsWith("new "));
      const before = await numbersOf(b);
      await step(b, way, batch, false);
      same(`numbers after a refused step of ${way.name}`, await numbersOf(b), before, () => 0);
      await step(b, way, batch, true);
      const after = await numbersOf(b);
      for (const [key, value] of news) close(`${key} settled`, after[key.slice(4)]!, value, (await boundFor(subject, b, way))(key));
      unmoved(b, before, after, new Set(news.map(([key]) => key.slice(4))));
    }
  }),
];

async function step(b: Bijector, way: Way<Bijector>, batch: Batch, finite: boolean): Promise<void> {
  const [, updates] = await trained(b, way, batch);
  tidy(() => applyUpdates(updates, scalar(finite, "bool")));
}

function unmoved(b: Bijector, before: Result, after: Result, moved: ReadonlySet<string>): void {
  for (const { path } of leaves(b) as Leaf[])
    if (!moved.has(path) && Array.from(after[path]!).some((v, i) => v !== before[path]![i])) broken(`${path} moved without an update`);
}
