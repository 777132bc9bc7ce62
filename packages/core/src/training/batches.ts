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
  type Source,
  weightOf,
  withoutZeros,
} from "../host/batch.js";
import { dataHash } from "../host/fingerprint.js";
import { startRows } from "../host/start.js";
import { shuffled } from "../random/index.js";

/** A batch and its weight against a full one of average rows. */
export interface Portion {
  readonly batch: Batch;
  readonly share: number;
}

/** What a fit reads: batches by epoch, the same whenever it is asked. */
export interface Feed {
  /** Steps of an epoch where they are known. */
  readonly perEpoch: number | undefined;
  /** At most 1,024 rows to start from and to report the training NLL on. */
  readonly sample: Batch;
  /** Rows that are only validated on. */
  readonly held: Batch | undefined;
  readonly hash: string;
  /** The batches of an epoch from number `from` on. */
  epoch(epoch: number, from: number): AsyncIterable<Portion>;
}

export interface FeedOptions {
  readonly batch: number;
  readonly seed: number;
  readonly validation?: number | BatchLike | undefined;
}

/** Makes the feed of rows or of a source. Without a word about validation, a tenth of 100 rows or more is held back. */
export async function feedOf(flow: Distribution, data: Data, options: FeedOptions): Promise<Feed> {
  const { validation } = options;
  const apart =
    validation === undefined || typeof validation === "number" ? undefined : checkBatch(flow, validation, true, "fit: validation");
  if (typeof data === "function") return sourceFeed(flow, data, options, apart);
  const all = withoutZeros(checkBatch(flow, data, true));
  const [n] = all.x.shape;
  const fraction = typeof validation === "number" ? validation : validation === undefined && n >= 100 ? 0.1 : 0;
  return rowsFeed(all, fraction, options, apart);
}

function rowsFeed(all: Batch, fraction: number, { batch, seed }: FeedOptions, apart: Batch | undefined): Feed {
  const [n] = all.x.shape;
  const order = shuffled(n, seed, 0, "split");
  const count = Math.floor(n * fraction);
  const used = count > 0 ? order.subarray(count) : order;
  if (used.length < 2) fail("data", "fit", `expected at least 2 rows to train on, got ${used.length} (of ${n}).`);
  const held = count > 0 ? pick(all, order.subarray(0, count)) : apart;
  const ends = cuts(used.length, batch);
  const sample = pick(all, used.subarray(0, startRows));
  const perRow = weightOf(pick(all, used)) / used.length;
  const full = Math.min(batch, used.length) * perRow;
  async function* epoch(number: number, from: number): AsyncGenerator<Portion> {
    const turn = shuffled(used.length, seed, number).map((i) => used[i]!);
    for (let i = from; i < ends.length; i++) {
      const part = pick(all, turn.subarray(ends[i - 1] ?? 0, ends[i]));
      yield { batch: part, share: weightOf(part) / full };
    }
  }
  return { perEpoch: ends.length, sample, held, hash: dataHash([all, apart]), epoch };
}

/** Where batches end: the short last one is kept, but joins the one before where it has fewer than 2 rows. */
export function cuts(n: number, batch: number): number[] {
  const ends = Array.from({ length: Math.ceil(n / batch) }, (_, i) => Math.min(n, (i + 1) * batch));
  const last = n - (ends.at(-2) ?? 0);
  return last < 2 && ends.length > 1 ? [...ends.slice(0, -2), n] : ends;
}

async function sourceFeed(flow: Distribution, source: Source, { validation }: FeedOptions, held: Batch | undefined): Promise<Feed> {
  if (typeof validation === "number" && validation > 0)
    fail("config", "fit", "a fraction of a source cannot be held back. Pass rows as validation.");
  const sample = finiteRows(await first(flow, source), startRows);
  if (sample.x.shape[0] === 0) fail("data", "fit", "the source's first batch has no row in which every cell is finite.");
  async function* epoch(number: number, from: number): AsyncGenerator<Portion> {
    let index = 0;
    for await (const batch of wide(flow, source(number))) if (index++ >= from) yield { batch, share: 1 };
    if (index === 0) fail("data", "fit", `the source gave no batch for epoch ${number}.`);
  }
  return { perEpoch: undefined, sample, held, hash: dataHash([sample, held]), epoch };
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
