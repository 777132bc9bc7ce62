import type { Rows } from "@flows/core";
import { fail, select, shuffled } from "@flows/core/author";

export interface SplitOptions {
  /** Shares of the rows, from 0 to 1; default 0. The rest is for training. */
  readonly validation?: number;
  readonly test?: number;
  readonly seed: number;
}

/** What belongs to training, validation and test. */
export interface Split<T> {
  readonly train: T;
  readonly validation: T;
  readonly test: T;
}

/** The numbers 0 .. n-1 dealt to the three parts at random, ascending in each; each part holds at least one where its share is not 0. */
export function splitIndices(n: number, { validation = 0, test = 0, seed }: SplitOptions): Split<Int32Array> {
  const checking = count("validation", validation, n);
  const testing = count("test", test, n);
  if (checking + testing >= n && n > 0)
    fail("config", "split", `validation ${validation} and test ${test} of ${n} rows leave none to train on. Make them smaller.`);
  const order = shuffled(n, seed, 0, "split");
  return {
    test: order.subarray(0, testing).sort(),
    validation: order.subarray(testing, testing + checking).sort(),
    train: order.subarray(testing + checking).sort(),
  };
}

/** Rows dealt to training, validation and test at random, in their own order: without shares all are for training, as they came. */
export function split(rows: Rows, options: SplitOptions): Split<Rows> {
  const { train, validation, test } = splitIndices(rows.shape[0], options);
  return { train: select(rows, train), validation: select(rows, validation), test: select(rows, test) };
}

function count(name: string, share: number, n: number): number {
  if (!(share >= 0 && share < 1)) fail("config", "split", `${name} must be a share from 0 to below 1, got ${share}.`);
  return share === 0 ? 0 : Math.max(1, Math.round(share * n));
}
