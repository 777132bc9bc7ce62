import type { Rows } from "@flows/core";
import { squaredNorms } from "../statistics/moments.js";
import { binomialTails, chiSquareCdf } from "../statistics/tails.js";

/** How many latents lie inside a ring around the origin. */
export interface SigmaRing {
  /** In standard deviations. */
  readonly radius: number;
  /** The share of a standard normal inside: 0.393, 0.865 and 0.989 in the plane at 1, 2 and 3. */
  readonly expected: number;
  readonly observed: number;
  /** Of the count inside, which is binomial. */
  readonly pValue: number;
}

/** The shares of latents within 1, 2 and 3 standard deviations of the origin. */
export function sigmaRings(latents: Rows, radii: readonly number[] = [1, 2, 3]): SigmaRing[] {
  const [n, degrees = 1] = latents.shape;
  const norms = squaredNorms(latents);
  return radii.map((radius) => {
    const expected = chiSquareCdf(radius ** 2, degrees);
    const inside = norms.reduce((count, norm) => count + Number(norm <= radius ** 2), 0);
    return { radius, expected, observed: inside / n, pValue: binomialTails(inside, n, expected) };
  });
}
