import type { Rows } from "@flows/core";
import { splitIndices } from "@flows/datasets";
import type { Data } from "../data/rows.js";
import { type Model, scoreRows } from "../model/model.js";
import { sha256 } from "./sha256.js";

/** Most test rows whose log-densities a model file keeps. */
const mostKept = 10_000;

/** The log-densities of test rows as a model file keeps them: see `About`. */
export async function testScores(model: Model, test: Rows, signal?: AbortSignal): Promise<(number | null)[]> {
  const sorted = (await scoreRows(model, test, { signal })).sort();
  const kept = Math.min(mostKept, sorted.length);
  return Array.from({ length: kept }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / kept)]!).map((value) =>
    Number.isFinite(value) ? value : null,
  );
}

/** The same for rows with the same numbers in the same order, whatever file they come from. */
export function rowsHash({ data, shape }: Rows): string {
  const numbers = new Uint8Array(Float64Array.from(data).buffer);
  const head = new TextEncoder().encode(shape.join());
  const bytes = new Uint8Array(head.length + numbers.length);
  bytes.set(head);
  bytes.set(numbers, head.length);
  return sha256(bytes);
}

/** The rows of DATA that a model has not seen, neither to train nor to choose its best step; all of them where it was fitted to other rows. */
export function unseenRows({ about }: Model, { rows }: Data): Int32Array {
  const n = rows.shape[0];
  const all = Int32Array.from({ length: n }, (_, i) => i);
  if (about?.rowsHash !== rowsHash(rows)) return all;
  const { validation, test, train } = about.rows;
  // Test rows of another file: these were all trained on or validated with.
  if (train + validation === n) return new Int32Array(0);
  return splitIndices(n, { validation: validation / n, test: test / n, seed: about.seed }).test;
}
