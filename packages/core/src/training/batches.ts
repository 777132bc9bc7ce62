import type { Distribution } from "../contracts/index.js";
import { fail } from "../errors.js";
import {
  type Batch,
  type BatchLike,
  checkBatch,
  type Data,
  finiteRows,
  joined,
  pick,
  plainBatch,
  type Source,
  weightOf,
  withoutZeros,
} from "../host/batch.js";
import { type ColumnFault, columnFaults } from "../host/columns.js";
import { fingerprint } from "../host/fingerprint.js";
import { initialRows } from "../host/initialise.js";
import { checkOptions } from "../options.js";
import { shuffled } from "../random/index.js";
import { type FitOptions, fitOptions } from "./options.js";

/** A batch and its weight against a full one of average rows: the weight of its gradient. */
export interface Portion<B> {
  readonly batch: B;
  readonly share: number;
}

/** What training reads: batches by epoch, the same whenever it is asked. */
export interface Batches<B> {
  /** Steps of an epoch where they are known. */
  readonly perEpoch: number | undefined;
  /** A fingerprint of all of it: training is resumed on the same only. */
  readonly hash: string;
  /** The batches of an epoch, counted from 0, from number `from` on. */
  epoch(epoch: number, from: number): AsyncIterable<Portion<B>> | Iterable<Portion<B>>;
}

/** For a loss that needs no data: a step is an epoch. */
export const noBatches: Batches<undefined> = {
  perEpoch: 1,
  hash: "",
  epoch: (_epoch, from) => (from === 0 ? [{ batch: undefined, share: 1 }] : []),
};

/**
 * Rows in mini-batches for `train`: each epoch goes through all of them once, in an order of its own. The short last batch is kept, and
 * weighs less; rows that weigh nothing are left out.
 *
 * Throws FlowsError: "config" (an option), "shape", "data" (the cell), "context".
 *
 * @example
 * const history = await train(network, miniBatches(rows, { batch: 64 }), pull, { epochs: 20 });
 */
export function miniBatches(data: BatchLike, options: Pick<FitOptions, "batch" | "seed"> = {}): Batches<Batch> {
  const where = "miniBatches";
  checkOptions(where, { batch: fitOptions.batch, seed: fitOptions.seed }, options);
  const { batch = fitOptions.batch.usual, seed = fitOptions.seed.usual } = options;
  const all = withoutZeros(plainBatch(where, data));
  const rows = Int32Array.from({ length: all.x.shape[0] }, (_, i) => i);
  return { ...shuffledBatches(where, all, rows, batch, seed), hash: fingerprint([all]) };
}

/** What `fit` reads. */
export interface FitBatches extends Batches<Batch> {
  /** At most 1,024 rows to start from and to report the training NLL on. */
  readonly sample: Batch;
  /** Rows that are only validated on. */
  readonly held: Batch | undefined;
  /** What is wrong with the columns, of a source with those of its first batch. */
  readonly faults: readonly ColumnFault[];
}

interface Dealing extends Pick<FitOptions, "validation"> {
  readonly batch: number;
  readonly seed: number;
}

/** The batches of rows or of a source. Without a word about validation, a tenth of 100 rows or more is held back. */
export async function fitBatches(flow: Distribution, data: Data, options: Dealing): Promise<FitBatches> {
  const { validation } = options;
  const apart =
    validation === undefined || typeof validation === "number" ? undefined : checkBatch(flow, validation, true, "fit: validation");
  if (apart?.x.shape[0] === 0)
    fail("data", "fit", "validation holds no rows. Give some, or validation: 0 to train on all rows without one.");
  if (typeof data === "function") return sourceBatches(flow, data, options, apart);
  const all = withoutZeros(checkBatch(flow, data, true));
  const [n] = all.x.shape;
  const fraction = typeof validation === "number" ? validation : validation === undefined && n >= 100 ? 0.1 : 0;
  return heldBatches(all, fraction, options, apart);
}

function heldBatches(all: Batch, fraction: number, { batch, seed }: Dealing, apart: Batch | undefined): FitBatches {
  const [n] = all.x.shape;
  const order = shuffled(n, seed, 0, "split");
  const count = Math.floor(n * fraction);
  const used = order.subarray(count);
  return {
    ...shuffledBatches("fit", all, used, batch, seed),
    hash: fingerprint([all, apart]),
    sample: pick(all, used.subarray(0, initialRows)),
    faults: checkedColumns(all),
    held: count > 0 ? pick(all, order.subarray(0, count)) : apart,
  };
}

/** Refuses columns of which float32 leaves a single value. */
function checkedColumns({ x }: Batch): ColumnFault[] {
  const faults = columnFaults(x);
  const lost = faults.find(({ kind }) => kind === "lost");
  return lost ? fail("data", "fit", lost.text) : faults;
}

/** Some rows of a batch, in another order every epoch. */
function shuffledBatches(where: string, all: Batch, used: Int32Array, batch: number, seed: number): Omit<Batches<Batch>, "hash"> {
  const { length } = used;
  if (length < 2) fail("data", where, `expected at least 2 rows to train on, got ${length} (of ${all.x.shape[0]}).`);
  const ends = cuts(length, batch);
  const full = Math.min(batch, length) * (weightOf(pick(all, used)) / length);
  function* epoch(number: number, from: number): Generator<Portion<Batch>> {
    const turn = shuffled(length, seed, number).map((i) => used[i]!);
    for (let i = from; i < ends.length; i++) {
      const part = pick(all, turn.subarray(ends[i - 1] ?? 0, ends[i]));
      yield { batch: part, share: weightOf(part) / full };
    }
  }
  return { perEpoch: ends.length, epoch };
}

/** Where batches end: the short last one is kept, but joins the one before where it has fewer than 2 rows. */
export function cuts(n: number, batch: number): number[] {
  const ends = Array.from({ length: Math.ceil(n / batch) }, (_, i) => Math.min(n, (i + 1) * batch));
  const last = n - (ends.at(-2) ?? 0);
  return last < 2 && ends.length > 1 ? [...ends.slice(0, -2), n] : ends;
}

async function sourceBatches(flow: Distribution, source: Source, { validation }: Dealing, held: Batch | undefined): Promise<FitBatches> {
  if (typeof validation === "number" && validation > 0)
    fail("config", "fit", "a fraction of a source cannot be held back. Pass rows as validation.");
  const sample = finiteRows(await first(flow, source), initialRows);
  if (sample.x.shape[0] === 0) fail("data", "fit", "the source's first batch has no row in which every cell is finite.");
  async function* epoch(number: number, from: number): AsyncGenerator<Portion<Batch>> {
    let index = 0;
    for await (const batch of wide(flow, source(number))) if (index++ >= from) yield { batch, share: 1 };
    if (index === 0) fail("data", "fit", `the source gave no batch for epoch ${number}.`);
  }
  return { perEpoch: undefined, faults: checkedColumns(sample), sample, held, hash: fingerprint([sample, held]), epoch };
}

async function first(flow: Distribution, source: Source): Promise<Batch> {
  for await (const batch of wide(flow, source(0))) return batch;
  return fail("data", "fit", "the source gave no batch.");
}

/** The batches of a source; those under 2 rows join a neighbour. */
async function* wide(flow: Distribution, batches: AsyncIterable<BatchLike> | Iterable<BatchLike>): AsyncGenerator<Batch> {
  let waiting: Batch | undefined;
  for await (const like of batches) {
    const next = checkBatch(flow, like, false);
    if (next.x.shape[0] === 0) continue;
    const thin = waiting && (waiting.x.shape[0] < 2 || next.x.shape[0] < 2);
    if (waiting && !thin) yield waiting;
    waiting = waiting && thin ? joined(waiting, next) : next;
  }
  if (waiting) yield waiting;
}
