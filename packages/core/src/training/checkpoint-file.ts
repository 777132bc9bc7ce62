import type { Variable } from "@tensorflow/tfjs-core";
import { floats } from "../backend/tensor-of.js";
import type { Floats, Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import { type Arrays, arrayOf, nameOf, numbersOf, readLeaves } from "../files/numbers.js";
import { decodeSafetensors } from "../files/safetensors.js";
import { checkFormat, jsonIn } from "../files/texts.js";
import { type Leaf, leaves, writeLeaves } from "../modules/leaves.js";
import type { Snapshot } from "../modules/snapshot.js";
import type { Part } from "../optim/packed.js";

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
  readonly best: { readonly step: number; readonly nll: number } | null;
  /** The options that decide the numbers. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The fingerprint of the data. */
  readonly data: string;
}

/** The lists of a history that a checkpoint keeps, by the name of their entry. */
export const lists = ["evaluatedAt", "trainNll", "validationNll", "learningRates"] as const;

const bestName = ({ path }: Leaf): string => `best/${path}`;
const refuse = (text: string): never => fail("file", "fit: resume", text);

/** The numbers of a module and, where there are any, its best ones. */
export async function numbersIn(flow: Module, best: Snapshot | undefined): Promise<Arrays> {
  const now = await readLeaves(flow, nameOf, (buffer) => buffer);
  return best ? new Map([...now, ...(await readLeaves(flow, bestName, (buffer) => best.of.get(buffer)!))]) : now;
}

/** A packed vector as one entry for each of its parts. */
export async function partsIn(prefix: string, parts: readonly Part[], vector: Variable): Promise<Arrays> {
  const values = (await vector.data()) as Floats;
  return new Map(parts.map(({ leaf, at }) => [`${prefix}/${leaf.path}`, arrayOf(values.slice(at, at + leaf.size), leaf.spec.shape)]));
}

/** Reads a packed vector back; outside the parts it is 0. */
export function partsFrom(arrays: Arrays, prefix: string, parts: readonly Part[], size: number): Floats {
  const vector = floats(size);
  for (const { leaf, at } of parts) vector.set(numbersOf(arrays, `${prefix}/${leaf.path}`, leaf), at);
  return vector;
}

/** The tensors and facts of a checkpoint. */
export function readCheckpoint(bytes: Uint8Array): { arrays: Arrays; model: unknown; facts: CheckpointFacts } {
  const { tensors, metadata } = decodeSafetensors(bytes);
  checkFormat(metadata);
  const facts = jsonIn(metadata, "checkpoint") ?? refuse("the file is a model, not a checkpoint: there is nothing to go on from.");
  return { arrays: tensors, model: jsonIn(metadata, "model"), facts: checkFacts(facts) };
}

function checkFacts(json: unknown): CheckpointFacts {
  const facts = json as CheckpointFacts;
  const counts = [facts?.step, facts?.epoch, facts?.inEpoch, facts?.stale, facts?.best ? facts.best.step : 0];
  const sound =
    counts.every((n) => Number.isSafeInteger(n) && n >= 0) && Number.isFinite(facts.seconds) && typeof facts.options === "object";
  return sound && facts.options ? facts : refuse("the checkpoint's facts are not usable. The file was changed: take another copy.");
}

/** What writes a module's numbers, all of them read and checked before the first is written. */
export function writerOf(flow: Module, arrays: Arrays): () => void {
  const all = leaves(flow);
  const values = all.map((leaf) => numbersOf(arrays, nameOf(leaf), leaf));
  return () =>
    writeLeaves(
      flow,
      all.map((leaf, i) => [leaf, values[i]!]),
    );
}

/** The best numbers as values by buffer. */
export function bestFrom(flow: Module, arrays: Arrays): Map<Variable, Floats> {
  const values = new Map<Variable, Floats>();
  for (const leaf of leaves(flow)) {
    const whole = values.get(leaf.buffer) ?? floats(leaf.buffer.size);
    whole.set(numbersOf(arrays, bestName(leaf), leaf), leaf.offset);
    values.set(leaf.buffer, whole);
  }
  return values;
}

/** A list of numbers under `fit/`. */
export function listIn(arrays: Arrays, name: string, length?: number): number[] {
  const { data } = arrays.get(`fit/${name}`) ?? refuse(`the checkpoint has no fit/${name}. It is not whole: take another copy.`);
  if (length !== undefined && data.length !== length) refuse(`fit/${name} must hold ${length} numbers, got ${data.length}.`);
  return Array.from(data);
}
