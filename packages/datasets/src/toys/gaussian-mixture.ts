import { normalQuantile } from "@flows/core/author";
import { normalLogDensity } from "../density/normal.js";
import { type ClassDensity, domainOf } from "../density/quadrature.js";
import type { Toy } from "../toy.js";
import { defineToy } from "./define-toy.js";

/** An equal mixture of round Gaussians of one sd; the label is the component. Exact density and floor. */
export function gaussianMixture(
  name: string,
  config: Readonly<Record<string, number>>,
  centres: readonly (readonly number[])[],
  sd: number,
): Toy {
  const features = centres[0]!.length;
  const axes = Array.from({ length: features }, (_, k) => centres.map((centre) => centre[k]!));
  const domain = domainOf(
    axes.map((axis) => Math.min(...axis)),
    axes.map((axis) => Math.max(...axis)),
    sd,
  );
  const logDensity: ClassDensity = (x, label) => {
    const centre = centres[label]!;
    let total = 0;
    for (let k = 0; k < features; k++) total += normalLogDensity(x[k]!, centre[k]!, sd);
    return total;
  };
  return defineToy({
    name,
    config,
    features,
    classes: centres.length,
    draws: features,
    row: (label, u) => centres[label]!.map((value, k) => value + sd * normalQuantile(u[k]!)),
    logDensity,
    domain,
  });
}
