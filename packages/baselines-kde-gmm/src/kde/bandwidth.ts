import { fail, finiteNumber } from "@flows/core/author";
import { type Moments, momentsOf } from "../gaussian/moments.js";
import { type KernelShape, type Reference, referenceOf, upright } from "./reference.js";
import { scott, silverman } from "./rules.js";
import type { Weighted } from "./weights.js";

/**
 * How wide the kernels are: by a rule; by leave-one-out likelihood over a grid; a factor of the reference kernel;
 * or standard deviations in the data's units, one for all features or one for each.
 */
export type Bandwidth = "scott" | "silverman" | "cross-validated" | { readonly factor: number } | number | readonly number[];

/** A kernel of factor 1, and the factor where it is known yet. */
export interface Kernel {
  readonly reference: Reference;
  readonly factor: number | "cross-validated";
  readonly mean: Float64Array;
}

/** The kernel that a request for a bandwidth and a shape means for these rows. */
export function kernelOf(where: string, data: Weighted, bandwidth: Bandwidth, shape: KernelShape): Kernel {
  const moments = momentsOf(data.rows, data.weights);
  if (typeof bandwidth === "number" || Array.isArray(bandwidth)) return given(where, bandwidth as number | readonly number[], moments);
  const reference = referenceOf(where, shape, moments);
  return { reference, factor: factorOf(where, bandwidth as Exclude<Bandwidth, number | readonly number[]>, data), mean: moments.mean };
}

function given(where: string, bandwidth: number | readonly number[], { mean }: Moments): Kernel {
  const d = mean.length;
  const list = typeof bandwidth === "number" ? mean.map(() => bandwidth) : Float64Array.from(bandwidth);
  if (list.length !== d) fail("config", where, `bandwidth must be one number or ${d}, one for each feature; got ${list.length}.`);
  for (const h of list) finiteNumber(where, "bandwidth", h, { above: 0 });
  return { reference: upright(list), factor: 1, mean };
}

function factorOf(
  where: string,
  bandwidth: Exclude<Bandwidth, number | readonly number[]>,
  { rows: { features }, effective }: Weighted,
): Kernel["factor"] {
  if (typeof bandwidth === "object") return finiteNumber(where, "bandwidth.factor", bandwidth.factor, { above: 0 });
  if (bandwidth === "cross-validated") return bandwidth;
  const rules = { scott, silverman };
  const rule = Object.hasOwn(rules, bandwidth) ? rules[bandwidth] : undefined;
  const wanted = `"scott", "silverman", "cross-validated", { factor }, a number or a list of numbers`;
  return rule ? rule(effective, features) : fail("config", where, `bandwidth must be ${wanted}, got ${JSON.stringify(bandwidth)}.`);
}
