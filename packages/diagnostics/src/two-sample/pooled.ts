import type { Rows, RowsLike } from "@flows/core";
import { fail } from "@flows/core/author";
import { checkedRows, sameWidth } from "../rows.js";

/** Two samples in one list, the first one's rows first, in units in which no square of a difference overflows or vanishes. */
export interface Pooled {
  /** Times `unit` these are the rows. */
  readonly data: Float64Array;
  readonly width: number;
  /** A power of two, so that dividing by it rounds nothing. */
  readonly unit: number;
  /** Rows of the first sample, and of both. */
  readonly first: number;
  readonly count: number;
}

const fewest = 10;
/** All pairs of more rows than these do not fit in memory: 6,000 rows have 18 million pairs. */
const most = 6000;

/** Checks two samples and lays them together. */
export function pooled(where: string, a: RowsLike, b: RowsLike): Pooled {
  const [x, y] = [checkedRows(where, "the first sample", a, fewest), checkedRows(where, "the second sample", b, fewest)];
  sameWidth(where, x, y);
  const count = x.shape[0] + y.shape[0];
  if (count > most) fail("data", where, `${count} rows have too many pairs; at most ${most} are compared. Give fewer rows of each sample.`);
  const data = new Float64Array(x.data.length + y.data.length);
  data.set(x.data);
  data.set(y.data, x.data.length);
  allDifferent(where, data, x);
  const unit = unitOf(data);
  return { data: data.map((value) => value / unit), width: x.shape[1]!, unit, first: x.shape[0], count };
}

/** The power of two at or below the largest number: what differs by less than 1e-150 of it counts as equal. */
function unitOf(data: Float64Array): number {
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return 2 ** Math.min(1023, Math.max(-1022, Math.floor(Math.log2(largest))));
}

/** Refuses rows that are all the same one. */
function allDifferent(where: string, data: Float64Array, { shape: [, width = 1] }: Rows): void {
  if (data.some((value, i) => value !== data[i % width]!)) return;
  fail("data", where, "every row of both samples is the same, so nothing can be told apart. Look at where the rows come from.");
}

/** A result in the rows' units, or an error where it does not fit a double. */
export const inUnits = (where: string, what: string, value: number): number =>
  Number.isFinite(value) ? value : fail("data", where, `the ${what} is beyond the largest double. Give the columns in larger units.`);

/** The squared distance of two rows. */
export function squaredDistance({ data, width }: Pooled, i: number, j: number): number {
  let sum = 0;
  for (let at = i * width, to = j * width, end = at + width; at < end; at++, to++) sum += (data[at]! - data[to]!) ** 2;
  return sum;
}
