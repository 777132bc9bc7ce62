import { fail } from "@flows/core/author";
import type { Domain, Population } from "../toy.js";
import { logMeanExp } from "./normal.js";

/** Log-density of class `label` at the point. */
export type ClassDensity = (x: ArrayLike<number>, label: number) => number;

const most = 2_000_000;

/** The box around points from .. to for Gaussian noise of one sd, with half the sd as step. */
export const domainOf = (from: readonly number[], to: readonly number[], sd: number): Domain => ({
  from: from.map((value) => value - 9 * sd),
  to: to.map((value) => value + 9 * sd),
  step: sd / 2,
});

/** Refuses a density so fine that its floor would take minutes. */
export function checkDomain(where: string, { from, to, step }: Domain): void {
  const points = from.reduce((total, start, i) => total * Math.ceil((to[i]! - start) / step), 1);
  if (points <= most) return;
  fail(
    "config",
    where,
    `the noise is too small: its exact floor would take ${points} points of quadrature, at most ${most}. Make it larger.`,
  );
}

/** Calls `use` with every point of the grid, in one or two dimensions. */
export function eachPoint({ from, to, step }: Domain, use: (x: Float64Array) => void): void {
  const counts = from.map((start, i) => Math.ceil((to[i]! - start) / step) + 1);
  const x = new Float64Array(from.length);
  for (let i = 0; i < counts[0]!; i++) {
    x[0] = from[0]! + i * step;
    if (from.length === 1) use(x);
    else for (let j = 0; j < counts[1]!; j++) use(at(x, from[1]! + j * step));
  }
}

function at(x: Float64Array, second: number): Float64Array {
  x[1] = second;
  return x;
}

/**
 * Mass, entropies and moments of an equal mixture of classes by the trapezoidal rule.
 * On a density smoothed by Gaussian noise of sd = 2 steps the mass is right to rounding, the entropy to 1e-6:
 * its logarithm turns more sharply where two modes meet.
 * Source: Trefethen and Weideman (2014), The Exponentially Convergent Trapezoidal Rule, SIAM Review 56(3).
 */
export function quadrature(logDensity: ClassDensity, classes: number, domain: Domain): Population {
  const features = domain.from.length;
  const terms = new Float64Array(classes);
  const sums = { mass: 0, entropy: 0, given: 0 };
  const first = new Float64Array(features);
  const second = new Float64Array(features);
  eachPoint(domain, (x) => {
    for (let label = 0; label < classes; label++) {
      const term = logDensity(x, label);
      terms[label] = term;
      if (term > -700) sums.given -= (Math.exp(term) * term) / classes;
    }
    const log = logMeanExp(terms);
    if (log < -700) return;
    const p = Math.exp(log);
    sums.mass += p;
    sums.entropy -= p * log;
    for (let k = 0; k < features; k++) {
      first[k]! += p * x[k]!;
      second[k]! += p * x[k]! * x[k]!;
    }
  });
  const cell = domain.step ** features;
  const mean = Array.from(first, (value) => value * cell);
  const sd = Array.from(second, (value, k) => Math.sqrt(value * cell - mean[k]! ** 2));
  return { mass: sums.mass * cell, entropy: sums.entropy * cell, entropyGivenLabel: sums.given * cell, mean, sd };
}
