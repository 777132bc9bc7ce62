import type { Rows, RowsLike } from "@flows/core";
import { fail } from "@flows/core/author";
import { checkedRows, sameWidth } from "../rows.js";

/** Two samples in one list, the first one's rows first. */
export interface Pooled {
  readonly data: Float64Array;
  readonly width: number;
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
  return { data, width: x.shape[1]!, first: x.shape[0], count: allDifferent(where, data, x, count) };
}

/** Refuses rows that are all the same one. */
function allDifferent(where: string, data: Float64Array, { shape: [, width = 1] }: Rows, count: number): number {
  if (data.some((value, i) => value !== data[i % width]!)) return count;
  return fail("data", where, "every row of both samples is the same, so nothing can be told apart. Look at where the rows come from.");
}

/** The squared distance of two rows. */
export function squaredDistance({ data, width }: Pooled, i: number, j: number): number {
  let sum = 0;
  for (let at = i * width, to = j * width, end = at + width; at < end; at++, to++) sum += (data[at]! - data[to]!) ** 2;
  return sum;
}
