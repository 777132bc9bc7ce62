import { fail, uniforms } from "@flows/core/author";
import type { Matrix } from "../matrix.js";

/** Rounds after the seeds were drawn. */
const rounds = 10;

/** What a clustering is drawn for. */
export interface Clustering {
  readonly components: number;
  readonly seed: number;
  /** The number of the attempt: each draws its own seeds. */
  readonly attempt: number;
  /** The columns' standard deviations: distances are measured in them. */
  readonly spreads: Float64Array;
}

export interface Clusters {
  /** [components, d] */
  readonly centres: Float64Array;
  /** The cluster of each row. */
  readonly own: Int32Array;
}

/** k-means: seeds by k-means++ and ten rounds. */
export function kMeans(where: string, rows: Matrix, clustering: Clustering): Clusters {
  let centres = seeds(where, rows, clustering);
  for (let round = 0; round < rounds; round++) centres = centroids(rows, centres, nearest(rows, centres, clustering.spreads));
  return { centres, own: nearest(rows, centres, clustering.spreads) };
}

/**
 * Seeds of k-means: each next one a row drawn with probability proportional to its squared distance from the nearest seed so far.
 * Source: Arthur and Vassilvitskii (2007), k-means++: The Advantages of Careful Seeding, section 2.2.
 */
function seeds(where: string, rows: Matrix, { components, seed, attempt, spreads }: Clustering): Float64Array {
  const { data, n, features: d } = rows;
  const u = uniforms(seed, attempt, 1, components, "choice");
  const centres = new Float64Array(components * d);
  const distances = new Float64Array(n).fill(1);
  for (let c = 0; c < components; c++) {
    const total = distances.reduce((sum, value) => sum + value, 0);
    if (!(total > 0)) fail("data", where, `there are only ${c} different rows for ${components} components. Use fewer components.`);
    const chosen = drawn(distances, u[c]! * total);
    centres.set(data.subarray(chosen * d, (chosen + 1) * d), c * d);
    for (let i = 0; i < n; i++) {
      const distance = between(rows, i, centres, c, spreads);
      distances[i] = c === 0 ? distance : Math.min(distances[i]!, distance);
    }
  }
  return centres;
}

/** The first place where the running sum passes `mark`, among those of positive weight. */
function drawn(weights: Float64Array, mark: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    sum += weights[i]!;
    if (sum > mark) break;
  }
  return last;
}

/** The squared distance of row i from centre c, in standard deviations of the columns. */
function between({ data, features: d }: Matrix, i: number, centres: Float64Array, c: number, spreads: Float64Array): number {
  let total = 0;
  for (let a = 0; a < d; a++) {
    const e = (data[i * d + a]! - centres[c * d + a]!) / spreads[a]!;
    total += e * e;
  }
  return total;
}

function nearest(rows: Matrix, centres: Float64Array, spreads: Float64Array): Int32Array {
  const k = centres.length / rows.features;
  return Int32Array.from({ length: rows.n }, (_, i) => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      const distance = between(rows, i, centres, c, spreads);
      if (distance < least) {
        best = c;
        least = distance;
      }
    }
    return best;
  });
}

/** The means of the clusters; a cluster without rows keeps its centre. */
function centroids({ data, n, features: d }: Matrix, centres: Float64Array, own: Int32Array): Float64Array {
  const sums = new Float64Array(centres.length);
  const counts = new Float64Array(centres.length / d);
  for (let i = 0; i < n; i++) {
    counts[own[i]!]! += 1;
    for (let a = 0; a < d; a++) sums[own[i]! * d + a]! += data[i * d + a]!;
  }
  return centres.map((centre, i) => {
    const count = counts[Math.floor(i / d)]!;
    return count > 0 ? sums[i]! / count : centre;
  });
}
