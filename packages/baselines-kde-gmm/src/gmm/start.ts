import { fail, finiteList } from "@flows/core/author";
import type { Matrix } from "../matrix.js";
import { mixtureOf } from "./covariance.js";
import { type Clustering, kMeans } from "./k-means.js";
import { type Kind, maximisation } from "./maximisation.js";
import type { Mixture } from "./mixture.js";
import { addTo, emptySums } from "./sums.js";

/** A mixture to start from, [k], [k][d] and [k][d][d]. */
export interface GmmStart {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
}

/** The mixture of a clustering: an M-step on rows that belong to their cluster alone. */
export function clustered(where: string, rows: Matrix, kind: Kind, clustering: Clustering): Mixture {
  const { data, n, features: d } = rows;
  const { centres, own } = kMeans(where, rows, clustering);
  const sums = emptySums(clustering.components, d);
  const e = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) e[a] = data[i * d + a]! - centres[own[i]! * d + a]!;
    addTo(sums, own[i]!, 1, e, 0, d, true);
  }
  return maximisation(where, sums, centres, kind);
}

/** The mixture that a user gives. */
export function given(where: string, { weights, means, covariances }: GmmStart, d: number): Mixture {
  const k = weights.length;
  if (means.length !== k || covariances.length !== k || covariances.some((matrix) => matrix.length !== d))
    fail("shape", where, `start must hold ${k} means of ${d} numbers and ${k} covariances of ${d} x ${d}, as many as it has weights.`);
  const rows = (name: string, lists: readonly (readonly number[])[]): Float64Array =>
    Float64Array.from(lists.flatMap((list) => finiteList(where, name, list, d)));
  const total = weights.reduce((sum, w) => sum + w, 0);
  if (!weights.every((w) => w > 0 && Number.isFinite(w)))
    fail("config", where, `start.weights must be positive, got ${weights.join(", ")}.`);
  const parts = {
    weights: Float64Array.from(weights, (w) => w / total),
    means: rows("a mean of start", means),
    covariances: rows("a row of a covariance of start", covariances.flat()),
  };
  return mixtureOf(where, parts, d);
}
