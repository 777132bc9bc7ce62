import type { RowsLike } from "@flows/core";
import { fail, finiteNumber } from "@flows/core/author";
import { checkedRows, sameWidth } from "../rows.js";
import { chiSquareTail } from "../statistics/tails.js";
import type { TestResult } from "../statistics/test-result.js";
import { type Share, shareOf } from "./bridge-mass.js";

export interface ModeOptions {
  /** One row a mode. */
  readonly centres: RowsLike;
  /** Samples within this distance of a centre belong to the nearest one. Default: everywhere. */
  readonly radius?: number | undefined;
  /** How much each mode should hold, up to a factor. Default equal. */
  readonly weights?: readonly number[] | undefined;
}

/** Which modes a sample reaches, and whether it divides itself among them as it should. */
export interface ModeCoverage extends TestResult {
  /** Of all samples, one a mode. */
  readonly modes: readonly Share[];
  /** Modes with less than a tenth of what they should hold, counted from 0. */
  readonly missed: readonly number[];
  /** Samples beyond the radius of every centre. */
  readonly outside: Share;
}

/**
 * Counts samples by the nearest of some centres. The p-value is Pearson's chi-square of the counts inside against the weights.
 *
 * Throws FlowsError: "shape" for centres of other columns, "config" for weights that are not positive, "data" where the rarest mode expects fewer than
 * 5 samples and where no sample is near any centre.
 *
 * @example
 * const { missed } = modeCoverage(await draw(model, 2000), { centres, radius: 0.75 });
 */
export function modeCoverage(samples: RowsLike, { centres, radius = Number.POSITIVE_INFINITY, weights }: ModeOptions): ModeCoverage {
  const where = "modeCoverage";
  const [rows, places] = [checkedRows(where, "samples", samples), checkedRows(where, "centres", centres, 2)];
  sameWidth(where, rows, places);
  if (radius !== Number.POSITIVE_INFINITY) finiteNumber(where, "radius", radius, { above: 0 });
  const expected = sharesOf(where, weights ?? Array.from({ length: places.shape[0] }, () => 1), places.shape[0]);
  const n = rows.shape[0];
  const counts = countsOf(rows.data, places.data, rows.shape[1]!, radius);
  const inside = counts.reduce((sum, count) => sum + count, 0);
  const least = inside * Math.min(...expected);
  if (least < 5)
    fail(
      "data",
      where,
      `${inside} of ${n} samples are near a centre, too few to judge the rarest mode, which expects ${least.toFixed(1)} of at least 5. Draw more, or widen radius.`,
    );
  const statistic = counts.reduce((sum, count, i) => sum + (count - inside * expected[i]!) ** 2 / (inside * expected[i]!), 0);
  return {
    statistic,
    pValue: chiSquareTail(statistic, counts.length - 1),
    modes: counts.map((count) => shareOf(count, n)),
    missed: counts.flatMap((count, i) => (count < 0.1 * expected[i]! * n ? [i] : [])),
    outside: shareOf(n - inside, n),
  };
}

function sharesOf(where: string, weights: readonly number[], modes: number): readonly number[] {
  if (weights.length !== modes) fail("shape", where, `${modes} centres need ${modes} weights, got ${weights.length}.`);
  for (const weight of weights) finiteNumber(where, "every weight", weight, { above: 0 });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function countsOf(data: ArrayLike<number>, centres: ArrayLike<number>, width: number, radius: number): number[] {
  const counts = Array.from({ length: centres.length / width }, () => 0);
  for (let row = 0; row < data.length; row += width) {
    const squares = counts.map((_, mode) => {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (data[row + k]! - centres[mode * width + k]!) ** 2;
      return sum;
    });
    const nearest = squares.indexOf(Math.min(...squares));
    if (squares[nearest]! <= radius ** 2) counts[nearest]!++;
  }
  return counts;
}
