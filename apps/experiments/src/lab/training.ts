import type { Data, Distribution, FitOptions, Rows } from "@flows/core";
import { select, shuffled } from "@flows/core/author";
import { type Standardisation, standardise, type Toy } from "@flows/datasets";

/** A model to fit to a toy, and how. */
export interface Fitting {
  /** Names the files of its seeds. */
  readonly key: string;
  /** What a watcher reads. */
  readonly label: string;
  readonly make: () => Distribution;
  readonly toy: Toy;
  /** Rows to train on, or fresh rows for every step. */
  readonly rows: number | "fresh";
  /** Leaves out the rows of an epoch that are left when all whole batches are taken. Default false. */
  readonly wholeBatches?: boolean;
  /** By the training rows' own moments. Default false. */
  readonly standardised?: boolean;
  /** Rows drawn apart, on which the best evaluation is chosen. Default none: the last weights count. */
  readonly validation?: number;
  /** How many samples to draw at every report, to see how far they spread. Default none. */
  readonly diversity?: number;
  readonly options: Omit<FitOptions, "seed" | "onStep" | "validation">;
}

/** What a fitting trains on for a seed: rows in the model's units, and how they got there. */
export interface Training {
  readonly rows: Rows;
  readonly validation: Rows | undefined;
  readonly standardisation: Standardisation | undefined;
}

const batchesInARound = 50;

/** The seed's rows; for fresh rows the first 2,000 of them, to be looked at. */
export function trainingOf({ toy, rows: wanted, standardised = false, validation = 0 }: Fitting, seed: number): Training {
  const n = wanted === "fresh" ? 2000 : wanted;
  const train = toy.sample(n, seed);
  const standardisation = standardised ? standardise(train) : undefined;
  const own = (rows: Rows): Rows => standardisation?.apply(rows) ?? rows;
  return { rows: own(train), validation: validation > 0 ? own(toy.sample(validation, seed, n)) : undefined, standardisation };
}

/** What `fit` reads: the rows, or a source of batches that are the same whenever an epoch is asked for again. */
export function sourceOf(fitting: Fitting, rows: Rows, seed: number): Data {
  if (fitting.rows === "fresh") return (epoch) => fresh(fitting, seed, epoch);
  return fitting.wholeBatches ? (epoch) => whole(fitting, rows, seed, epoch) : rows;
}

function* fresh({ toy, options: { batch = 256 } }: Fitting, seed: number, epoch: number): Generator<Rows> {
  for (let i = 0; i < batchesInARound; i++) yield toy.sample(batch, seed, (epoch * batchesInARound + i) * batch);
}

function* whole({ options: { batch = 256 } }: Fitting, rows: Rows, seed: number, epoch: number): Generator<Rows> {
  const order = shuffled(rows.shape[0], seed, epoch);
  for (let end = batch; end <= order.length; end += batch) yield select(rows, order.subarray(end - batch, end));
}
