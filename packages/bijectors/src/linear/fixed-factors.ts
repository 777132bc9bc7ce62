import { orderUndone } from "./permutation.js";

/** A fixed matrix as `luRows` takes it: A = P L (U + diag s) with s = sign exp(logScale). */
export interface FixedFactors {
  readonly order: readonly number[];
  readonly signs: readonly number[];
  /** The strict triangles, row by row. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly logScale: Float64Array;
}

interface Row {
  /** Of the matrix. */
  readonly index: number;
  readonly numbers: Float64Array;
}

/**
 * The factors of an n by n matrix by elimination with partial pivoting, in float64; undefined where it is singular.
 * Source: Golub and Van Loan (2013), Matrix Computations, algorithm 3.4.1.
 */
export function factored(matrix: readonly (readonly number[])[]): FixedFactors | undefined {
  const rows: Row[] = matrix.map((row, index) => ({ index, numbers: Float64Array.from(row) }));
  for (let k = 0; k < rows.length; k++) {
    const pivot = largestBelow(rows, k);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    if (!(Math.abs(rows[k]!.numbers[k]!) > 0)) return undefined;
    for (const { numbers } of rows.slice(k + 1)) eliminate(numbers, rows[k]!.numbers, k);
  }
  const diagonal = rows.map(({ numbers }, i) => numbers[i]!);
  return {
    order: orderUndone(
      "flows/linear",
      rows.map(({ index }) => index),
    ),
    signs: diagonal.map(Math.sign),
    lower: Float64Array.from(rows.flatMap(({ numbers }, i) => [...numbers.subarray(0, i)])),
    upper: Float64Array.from(rows.flatMap(({ numbers }, i) => [...numbers.subarray(i + 1)])),
    logScale: Float64Array.from(diagonal, (s) => Math.log(Math.abs(s))),
  };
}

function largestBelow(rows: readonly Row[], k: number): number {
  let best = k;
  for (let i = k + 1; i < rows.length; i++) if (Math.abs(rows[i]!.numbers[k]!) > Math.abs(rows[best]!.numbers[k]!)) best = i;
  return best;
}

/** Takes the pivot's row from another one; the factor stays in the place of what it cleared. */
function eliminate(row: Float64Array, pivot: Float64Array, k: number): void {
  const factor = row[k]! / pivot[k]!;
  row[k] = factor;
  for (let j = k + 1; j < row.length; j++) row[j]! -= factor * pivot[j]!;
}
