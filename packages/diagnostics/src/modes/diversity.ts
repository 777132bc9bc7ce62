import type { RowsLike } from "@flows/core";
import { checkedRows, columnOf } from "../rows.js";
import { meanOf, varianceOf } from "../statistics/moments.js";

/**
 * The diversity: the variance of the columns (divisor n) averaged over them. Compare it with the data's own; a sample that misses
 * modes is less diverse, one that is smeared out more.
 *
 * @example
 * const [ours, theirs] = [diversity(await draw(model, 2048)), diversity(rows)];
 */
export function diversity(samples: RowsLike): number {
  const rows = checkedRows("diversity", "samples", samples);
  return meanOf(Array.from({ length: rows.shape[1]! }, (_, column) => varianceOf(columnOf(rows, column))));
}
