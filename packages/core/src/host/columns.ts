import { session } from "../backend/session.js";
import { type Rows, select } from "./rows.js";

/** What makes a column's density hard to fit, or senseless. */
export interface ColumnFault {
  readonly kind: "constant" | "copy" | "collinear" | "repeated" | "far" | "rounded" | "lost";
  readonly column: number;
  /** What it is, by how much, and what to do. */
  readonly text: string;
}

export interface ColumnCheck {
  /** Default "column 0", "column 1", ... */
  readonly names?: readonly string[] | undefined;
}

/** Rows looked at, evenly taken. */
const most = 4096;
/** Columns up to which each is held against all others. */
const widest = 64;
/** Less of a variance beside the columns before it is rounding. */
const flat = 1e-10;
/** The share of rows from which a single value says most of a column. */
const share = 0.5;
/** Standard deviations from 0 beyond which a flow spends itself on finding the data. */
const away = 1000;
/** Standard deviations by which rounding may move a value. */
const moved = 1e-4;

/**
 * The columns of rows [n, features] that no density fits well as they are: constant, the same as another, a sum of others, mostly one value,
 * far from 0, or rounded by the backend's float32. Of more than 4,096 rows so many are looked at.
 */
export function columnFaults(rows: Rows, { names }: ColumnCheck = {}): ColumnFault[] {
  const { data, shape } = rows;
  const [n, width = 0, ...more] = shape;
  if (more.length > 0 || n < 2) return [];
  const seen =
    n > most
      ? select(
          rows,
          Int32Array.from({ length: most }, (_, i) => Math.floor((i * n) / most)),
        )
      : { data, shape };
  const columns = Array.from({ length: width }, (_, k) => columnIn(seen, k));
  const nameOf = (k: number): string => (names?.[k] === undefined ? `column ${k}` : `column "${names[k]}"`);
  return [
    ...columns.flatMap((column, k) => faultsOf(column).map(([kind, text]) => ({ kind, column: k, text: `${nameOf(k)} ${text}` }))),
    ...dependent(columns, nameOf),
  ];
}

interface Column {
  readonly values: Float64Array;
  readonly mean: number;
  readonly deviation: number;
}

function columnIn({ data, shape: [n, width = 1] }: Rows, k: number): Column {
  const values = Float64Array.from({ length: n }, (_, i) => data[i * width + k]!);
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  return { values, mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / n, 0)) };
}

type Said = readonly [kind: ColumnFault["kind"], text: string];

function faultsOf(column: Column): Said[] {
  const { values, mean, deviation } = column;
  if (values.every((value) => value === values[0]))
    return [["constant", `is constant at ${values[0]}, so it has no density. Leave it out.`]];
  const far = Math.abs(mean) / deviation;
  return [
    ...repeated(values),
    ...rounded(column),
    ...(far > away
      ? [["far", `has its mean ${Math.round(far).toLocaleString("en")} standard deviations from 0. Standardise it.`] as const]
      : []),
  ];
}

function repeated(values: Float64Array): Said[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [value, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  if (count <= share * values.length) return [];
  const percent = Math.floor((100 * count) / values.length);
  return [
    [
      "repeated",
      `is ${value} in ${percent} % of the rows: there a density that does not dequantise grows without end. Add noise of its resolution, or leave it out.`,
    ],
  ];
}

function rounded({ values, deviation }: Column): Said[] {
  if (session().backend.precision === "float64") return [];
  const most = values.reduce((worst, value) => Math.max(worst, Math.abs(value - Math.fround(value))), 0) / deviation;
  if (most <= moved) return [];
  const [before, after] = [new Set(values).size, new Set(values.map(Math.fround)).size];
  const text = `is moved by up to ${most.toPrecision(2)} standard deviations by float32: of ${before} different values ${after} are left. Standardise it.`;
  return [[after === 1 ? "lost" : "rounded", text]];
}

/** Columns that others give: by Cholesky's method on the correlations, the ones before it taken out of each. */
function dependent(columns: readonly Column[], nameOf: (k: number) => string): ColumnFault[] {
  const varied = columns.flatMap((column, k) => (column.deviation > 0 ? [k] : []));
  const n = columns[0]?.values.length ?? 0;
  if (varied.length > widest || n <= varied.length) return [];
  const standard = varied.map((k) => columns[k]!.values.map((value) => (value - columns[k]!.mean) / columns[k]!.deviation));
  const basis: Float64Array[] = [];
  const faults: ColumnFault[] = [];
  for (const [at, own] of standard.entries()) {
    const column = varied[at]!;
    const rest = without(own, basis);
    const left = product(rest, rest) / n;
    if (left > flat) {
      basis.push(rest.map((value) => value / Math.sqrt(left)));
      continue;
    }
    const twin = standard.slice(0, at).findIndex((other) => 1 - Math.abs(product(own, other)) / n < flat);
    const text = twin < 0 ? "is a sum of multiples of other columns" : `is ${nameOf(varied[twin]!)} again, but for shift and scale`;
    faults.push({
      kind: twin < 0 ? "collinear" : "copy",
      column,
      text: `${nameOf(column)} ${text}, so the rows have no density. Leave it out.`,
    });
  }
  return faults;
}

const product = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** What of a column no column of an orthonormal basis gives. Source: Golub and Van Loan (2013), Matrix Computations, algorithm 5.2.6, twice. */
function without(column: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = column.slice();
  for (const one of [...basis, ...basis]) {
    const part = product(rest, one) / rest.length;
    for (let i = 0; i < rest.length; i++) rest[i]! -= part * one[i]!;
  }
  return rest;
}
