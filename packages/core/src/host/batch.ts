import type { Distribution, Floats } from "../contracts/index.js";
import { fail } from "../errors.js";
import { sizeOf } from "../modules/params.js";
import { badCell, checkCells, checkContext, checkContextShape, checkRows, checkShape } from "./check.js";
import { asRows, isRows, type Rows, type RowsLike, select } from "./rows.js";

/** Sums of weights that float64 still multiplies by a log-density. */
const [leastSum, mostSum] = [1e-290, 1e290];

/** Rows, or rows with a context and weights. A context of one row serves all; weights are finite and not negative. */
export type BatchLike =
  | RowsLike
  | { readonly x: RowsLike; readonly context?: RowsLike | undefined; readonly weights?: ArrayLike<number> | undefined };

/**
 * Gives the batches of an epoch (counted from 0). It must give the same batches for the same epoch: it is called once more at the
 * start, to look at the first batch, and again when a fit is resumed. Cells need not be finite: such a step is skipped and counted.
 */
export type Source = (epoch: number) => AsyncIterable<BatchLike> | Iterable<BatchLike>;
export type Data = BatchLike | Source;

/** Rows in one form. */
export interface Batch {
  readonly x: Rows;
  readonly context: Rows | undefined;
  readonly weights: Floats | undefined;
}

const partsOf = (like: BatchLike): Exclude<BatchLike, RowsLike> =>
  !Array.isArray(like) && !isRows(like) && typeof like === "object" && like !== null && "x" in like ? like : { x: like as RowsLike };

/** A batch whose shapes fit the flow; its cells are checked too unless the device shall judge them. */
export function checkBatch(flow: Distribution, like: BatchLike, cells: boolean, where = "fit"): Batch {
  const { x: rows, context: side, weights } = partsOf(like);
  const x = (cells ? checkRows : checkShape)(where, flow, rows);
  const context = (cells ? checkContext : checkContextShape)(where, flow, side, x.shape[0]);
  return { x, context, weights: weights && checkWeights(where, weights, x.shape[0]) };
}

/** A batch for a module that says nothing of the rows it takes: every cell is finite. */
export function plainBatch(where: string, like: BatchLike): Batch {
  const { x: rows, context: side, weights } = partsOf(like);
  const x = checkCells(where, "", asRows(where, rows));
  const [n] = x.shape;
  const context = side && checkCells(where, "the context's ", asRows(where, side));
  if (context && context.shape[0] !== 1 && context.shape[0] !== n)
    fail("context", where, `expected 1 or ${n} rows of context, got ${context.shape[0]}.`);
  return { x, context, weights: weights && checkWeights(where, weights, n) };
}

function checkWeights(where: string, weights: ArrayLike<number>, n: number): Float64Array {
  if (weights.length !== n) fail("data", where, `expected ${n} weights, one for each row, got ${weights.length}.`);
  const values = Float64Array.from(weights);
  const bad = values.findIndex((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY));
  if (bad >= 0) fail("data", where, `weights must be finite and not negative, but weight ${bad} is ${values[bad]}.`);
  const sum = values.reduce((total, w) => total + w, 0);
  if (sum > mostSum || (sum > 0 && sum < leastSum))
    fail(
      "data",
      where,
      `weights must sum to between ${leastSum} and ${mostSum}, got ${sum}. Only their ratios count: divide them by the largest.`,
    );
  return values;
}

/** The rows of these numbers. */
export const pick = ({ x, context, weights }: Batch, order: ArrayLike<number>): Batch => ({
  x: select(x, order),
  context: context && (context.shape[0] === 1 ? context : select(context, order)),
  weights: weights && Float64Array.from(order, (row) => weights[row]!),
});

/** The sum of the weights; the number of rows where they all weigh the same. */
export const weightOf = ({ x, weights }: Batch): number => (weights ? (weights as Float64Array).reduce((a, b) => a + b, 0) : x.shape[0]);

/** Rows that weigh nothing cannot spoil a sum when they are not in it. */
export function withoutZeros(batch: Batch): Batch {
  const { x, weights } = batch;
  if (!weights?.some((w) => w === 0)) return batch;
  return pick(
    batch,
    Int32Array.from({ length: x.shape[0] }, (_, i) => i).filter((i) => weights[i]! > 0),
  );
}

/** The rows of a batch in which every cell is finite, at most `most`. */
export function finiteRows(batch: Batch, most: number): Batch {
  const { x, context } = batch;
  const good: number[] = [];
  for (let i = 0; i < x.shape[0] && good.length < most; i++) {
    const side = context && context.shape[0] > 1 ? badCell(select(context, [i])) : undefined;
    if (!badCell(select(x, [i])) && !side) good.push(i);
  }
  return pick(batch, good);
}

/** Two batches as one. */
export function joined(a: Batch, b: Batch): Batch {
  const [n, m] = [a.x.shape[0], b.x.shape[0]];
  const spread = (rows: Rows, length: number): Rows => (rows.shape[0] === 1 ? select(rows, new Int32Array(length)) : rows);
  const ones = (length: number): Float64Array => new Float64Array(length).fill(1);
  return {
    x: stacked(a.x, b.x),
    context: a.context && b.context && stacked(spread(a.context, n), spread(b.context, m)),
    weights: a.weights || b.weights ? Float64Array.of(...(a.weights ?? ones(n)), ...(b.weights ?? ones(m))) : undefined,
  };
}

function stacked(a: Rows, b: Rows): Rows {
  const [, ...event] = a.shape;
  const data = new Float64Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { data, shape: [data.length / sizeOf(event), ...event] };
}
