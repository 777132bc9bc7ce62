import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { floats } from "../backend/tensor-of.js";
import type { Floats, Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import { textsOf } from "../files/model.js";
import { type Arrays, arrayOf, nameOf, readLeaves, readNumbers } from "../files/numbers.js";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.js";
import { checkFormat, jsonIn } from "../files/texts.js";
import { toJSON } from "../modules/json.js";
import { type Leaf, leaves } from "../modules/leaves.js";
import type { Packed } from "../optim/packed.js";
import { decisive } from "./options.js";
import { type Run, secondsOf } from "./run.js";

/** What a checkpoint says in words beside what a model file says. */
export interface CheckpointFacts {
  readonly step: number;
  readonly epoch: number;
  /** Batches of the epoch that are done: with step, epoch and seed this is the position of every random stream. */
  readonly inEpoch: number;
  /** Evaluations since the best one. */
  readonly stale: number;
  readonly seconds: number;
  readonly seed: number;
  /** `nll` is the validation loss, of whatever kind. */
  readonly best: { readonly step: number; readonly nll: number } | null;
  /** The options that decide the numbers. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The fingerprint of the data. */
  readonly data: string;
}

/** The lists of a history that a checkpoint keeps, and their entries. */
export const lists = {
  evaluatedAt: "fit/evaluatedAt",
  trainLoss: "fit/trainNll",
  validationLoss: "fit/validationNll",
  learningRates: "fit/learningRates",
} as const;
export const listNames = Object.keys(lists) as (keyof typeof lists)[];

export const bestName = ({ path }: Leaf): string => `best/${path}`;

/** The options that a resumed training must share. */
export const decidingOf = ({ settings, deciding }: Run): Record<string, unknown> => ({ ...decisive(settings), ...deciding });

/**
 * Where a training stands, as one model file with more in it: `best/<path>`, `adam/m/<path>`, `adam/s/<path>`, `average/<path>`, the lists
 * of the history and the tally under `fit/`, and the facts as JSON in the metadata under `checkpoint`.
 */
export async function checkpointOf(run: Run): Promise<Uint8Array> {
  const { module, optimizer, averager, best, at } = run;
  const { packed, m, s, tally } = optimizer;
  const arrays: Arrays = new Map([
    ...(await readLeaves(module, nameOf, (buffer) => buffer)),
    ...(best ? await readLeaves(module, bestName, (buffer) => best.weights.of.get(buffer)!) : []),
    ...(await partsIn("adam/m", packed, m)),
    ...(await partsIn("adam/s", packed, s)),
    ...(averager ? await partsIn("average", packed, averager.average) : []),
    ["fit/tally", arrayOf((await tally.data()) as Floats, [5])],
  ]);
  for (const name of listNames) arrays.set(lists[name], arrayOf(Float64Array.from(at[name]), [at[name].length]));
  return encodeSafetensors(arrays, textsOf(module, {}, { checkpoint: JSON.stringify(toJSON(factsOf(run))) }));
}

const factsOf = (run: Run): CheckpointFacts => ({
  step: run.at.step,
  epoch: run.at.epoch,
  inEpoch: run.at.inEpoch,
  stale: run.at.stale,
  seconds: secondsOf(run),
  seed: run.settings.seed,
  best: run.best ? { step: run.best.step, nll: run.best.loss } : null,
  options: decidingOf(run),
  data: run.batches.hash,
});

/** A packed vector as one entry for each of its parts. */
async function partsIn(prefix: string, { parts }: Packed, vector: Tensor): Promise<Arrays> {
  const values = (await vector.data()) as Floats;
  return new Map(parts.map(({ leaf, at }) => [`${prefix}/${leaf.path}`, arrayOf(values.slice(at, at + leaf.size), leaf.spec.shape)]));
}

/** Reads a packed vector back; outside the parts it is 0. */
export function partsFrom(arrays: Arrays, prefix: string, { parts, size }: Packed): Floats {
  const vector = floats(size);
  for (const { leaf, at } of parts) vector.set(readNumbers(arrays, `${prefix}/${leaf.path}`, leaf), at);
  return vector;
}

/** The numbers of a module by buffer, all of them read and checked. */
export function buffersFrom(arrays: Arrays, module: Module, name: (leaf: Leaf) => string): Map<Variable, Floats> {
  const values = new Map<Variable, Floats>();
  for (const leaf of leaves(module)) {
    const whole = values.get(leaf.buffer) ?? floats(leaf.buffer.size);
    whole.set(readNumbers(arrays, name(leaf), leaf), leaf.offset);
    values.set(leaf.buffer, whole);
  }
  return values;
}

/** A list of numbers. */
export function listIn(arrays: Arrays, where: string, name: string, length?: number): number[] {
  const { data } = arrays.get(name) ?? fail("file", where, `the checkpoint has no ${name}. It is not whole: take another copy.`);
  if (length !== undefined && data.length !== length) fail("file", where, `${name} must hold ${length} numbers, got ${data.length}.`);
  return Array.from(data);
}

/** The tensors and facts of a checkpoint. */
export function readCheckpoint(where: string, bytes: Uint8Array): { arrays: Arrays; model: unknown; facts: CheckpointFacts } {
  const { tensors, metadata } = decodeSafetensors(bytes);
  checkFormat(metadata);
  const facts =
    jsonIn(metadata, "checkpoint") ?? fail("file", where, "the file is a model, not a checkpoint: there is nothing to go on from.");
  return { arrays: tensors, model: jsonIn(metadata, "model"), facts: checkFacts(where, facts) };
}

function checkFacts(where: string, json: unknown): CheckpointFacts {
  const facts = json as CheckpointFacts;
  const counts = [facts?.step, facts?.epoch, facts?.inEpoch, facts?.stale, facts?.best ? facts.best.step : 0];
  const sound =
    counts.every((n) => Number.isSafeInteger(n) && n >= 0) && Number.isFinite(facts.seconds) && typeof facts.options === "object";
  return sound && facts.options
    ? facts
    : fail("file", where, "the checkpoint's facts are not usable. The file was changed: take another copy.");
}
