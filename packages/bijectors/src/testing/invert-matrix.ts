/** Numbers row by row, n by n. */
export interface InvertedMatrix {
  readonly inverse: Float64Array;
  readonly logDet: number;
}

/** The inverse and log|det| of an n by n matrix by Gauss-Jordan elimination with partial pivoting; undefined where it is singular. */
export function invertMatrix(rows: readonly (readonly number[])[]): InvertedMatrix | undefined {
  const n = rows.length;
  // Each row carries its row of the identity, which becomes the inverse.
  const work = rows.map((row, i) => Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? row[j]! : Number(j - n === i))));
  let logDet = 0;
  for (let column = 0; column < n; column++) {
    const pivot = largestBelow(work, column);
    const size = Math.abs(work[pivot]![column]!);
    if (!(size > 0)) return undefined;
    logDet += Math.log(size);
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    clearColumn(work, column);
  }
  return { logDet, inverse: Float64Array.from(work.flatMap((row) => Array.from(row.subarray(n)))) };
}

function largestBelow(work: readonly Float64Array[], column: number): number {
  let best = column;
  for (let i = column + 1; i < work.length; i++) if (Math.abs(work[i]![column]!) > Math.abs(work[best]![column]!)) best = i;
  return best;
}

function clearColumn(work: readonly Float64Array[], column: number): void {
  const row = work[column]!;
  const pivot = row[column]!;
  for (let j = 0; j < row.length; j++) row[j]! /= pivot;
  for (const other of work) {
    if (other === row) continue;
    const factor = other[column]!;
    for (let j = 0; j < other.length; j++) other[j]! -= factor * row[j]!;
  }
}
