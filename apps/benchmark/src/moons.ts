import { standardise, twoMoons } from "@flows/datasets";

/** Two moons, standardised: n pairs of numbers, float32. */
export function moons(n: number, seed: number): Float32Array {
  const rows = twoMoons({ noise: 0.06 }).sample(n, seed);
  return Float32Array.from(standardise(rows).apply(rows).data);
}
