import type { Rows } from "@flows/core";
import { normals } from "@flows/core/author";

const repetitions = 200;
const level = 0.05;

/** How many of 200 repetitions reject at level 0.05, for every p-value that a repetition gives. */
export function rejections<K extends string>(pValuesOf: (seed: number) => Readonly<Record<K, number>>): Record<K, number> {
  const counts = {} as Record<K, number>;
  for (let seed = 0; seed < repetitions; seed++)
    for (const [name, pValue] of Object.entries<number>(pValuesOf(seed)))
      counts[name as K] = (counts[name as K] ?? 0) + Number(pValue <= level);
  return counts;
}

/** What 200 repetitions at level 0.05 exceed with probability 0.001 only: rejections are binomial, with mean 10 and sd 3.1. */
export const mostByChance = 20;
/** Nineteen of twenty, the least power that a test must show. */
export const powerful = 190;

/** n standard normal rows, changed number by number; other seeds and other firsts give independent ones. */
export function normalRows(n: number, width: number, seed: number, first = 0, change: (value: number) => number = (value) => value): Rows {
  return { data: Float64Array.from(normals(seed, first, n, width), change), shape: [n, width] };
}
