import { fail } from "@flows/core/author";
import { eachPoint } from "../density/quadrature.js";
import type { Toy } from "../toy.js";

export interface VolumePreservingFloors {
  /** Lowest NLL of a flow with log-det 0 everywhere, as NICE without its scaling layer. */
  readonly unscaled: number;
  /** The same with one global scale, chosen best. */
  readonly scaled: number;
}

/**
 * The lowest expected NLL of a flow to N(0, I) that keeps volumes, on a toy in the plane, in nats.
 *
 * It can only move the density's level sets, and does best to pack them into a disc, the densest at the centre:
 * log 2 pi + E|z|² / 2 with |z|² = area of {p >= p(x)} / pi. A scale s adds -2 log s and multiplies E|z|² by s².
 */
export function volumePreservingFloors(toy: Toy): VolumePreservingFloors {
  const { domain, logDensity } = toy;
  if (!domain || !logDensity || toy.features !== 2) return fail("config", toy.name, "needs a smooth density in the plane for this floor.");
  const fine = { ...domain, step: domain.step / 3 };
  const points: number[] = [];
  eachPoint(fine, (x) => points.push(x[0]!, x[1]!));
  const n = points.length / 2;
  const log = logDensity({ data: Float64Array.from(points), shape: [n, 2] }).sort();
  const cell = fine.step ** 2;
  let half = 0;
  for (let i = 0; i < n; i++) half += 0.5 * Math.exp(log[n - 1 - i]!) * cell * (((i + 0.5) * cell) / Math.PI);
  return { unscaled: Math.log(2 * Math.PI) + half, scaled: Math.log(2 * Math.PI) + 1 + Math.log(half) };
}
