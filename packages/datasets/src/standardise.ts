import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import { moments } from "./moments.js";

/** An affine change of every column: z = (x - shift) / scale. */
export interface Standardisation {
  readonly shift: readonly number[];
  readonly scale: readonly number[];
  /** sum log scale: add it to a log-density in x to get the one in z; entropies in z are lower by it. */
  readonly logScale: number;
  /** The same rows in z. Computed in float64, kept in the rows' own precision. */
  apply(rows: Rows): Rows;
  /** Rows in z back to x. */
  unapply(rows: Rows): Rows;
}

/** A standardisation from stored numbers. */
export function standardisation({ shift, scale }: Pick<Standardisation, "shift" | "scale">): Standardisation {
  const bad = scale.findIndex((value) => !(value > 0 && value < Number.POSITIVE_INFINITY));
  if (bad >= 0) fail("config", "standardisation", `scale must be positive and finite, got ${scale[bad]} in column ${bad + 1}.`);
  if (shift.length !== scale.length) fail("config", "standardisation", `got ${shift.length} shifts for ${scale.length} scales.`);
  return {
    shift,
    scale,
    logScale: scale.reduce((total, value) => total + Math.log(value), 0),
    apply: (rows) => mapped(rows, scale.length, (x, k) => (x - shift[k]!) / scale[k]!),
    unapply: (rows) => mapped(rows, scale.length, (z, k) => z * scale[k]! + shift[k]!),
  };
}

/**
 * The standardisation that gives these rows mean 0 and variance 1, moments with divisor n, in float64.
 * A constant column throws and is named: it has no density. `where` is what errors begin with, as a file's name.
 */
export function standardise(rows: Rows, columns?: readonly string[], where = "standardise"): Standardisation {
  if (rows.shape[0] < 1) fail("data", where, "there are no rows to take moments of.");
  const { mean: shift, variance } = moments(rows);
  const scale = variance.map(Math.sqrt);
  scale.forEach((sd, k) => {
    const name = columns?.[k] === undefined ? `column ${k + 1}` : `column "${columns[k]}"`;
    if (!Number.isFinite(sd))
      fail("data", where, `${name} holds a value that is not finite, or too large to square. Remove its row, or leave the column out.`);
    if (sd <= 1e-12 * Math.abs(shift[k]!))
      // what rounding leaves of a constant
      fail("data", where, `${name} is constant at ${rows.data[k]}, so it has no density. Leave it out.`);
  });
  return standardisation({ shift, scale });
}

function mapped({ data, shape }: Rows, width: number, value: (x: number, column: number) => number): Rows {
  if (shape.length !== 2 || shape[1] !== width) fail("shape", "standardisation", `expected rows of shape [n, ${width}], got [${shape}].`);
  const change = (x: number, i: number): number => value(x, i % width);
  return { data: data instanceof Float64Array ? Float64Array.from(data, change) : Float32Array.from(data, change), shape };
}
