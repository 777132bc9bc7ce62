import { expect, it } from "vitest";
import bessel from "../fixtures/scaled-bessel.json";
import { halfCircleLogDensity } from "./arc.js";
import { scaledBesselI0 } from "./bessel.js";
import { gaussLegendre } from "./gauss-legendre.js";
import { logMeanExp } from "./normal.js";

it("scaledBesselI0 agrees with scipy's i0e, and is continuous where the series change", () => {
  for (const [i, x] of bessel.x.entries()) expect(Math.abs(scaledBesselI0(x) / bessel.y[i]! - 1), `x = ${x}`).toBeLessThan(5e-14);
  expect(scaledBesselI0(30 - 1e-12) / scaledBesselI0(30)).toBeCloseTo(1, 12);
});

it("gaussLegendre integrates polynomials up to degree 2 n - 1 exactly", () => {
  const { nodes, weights } = gaussLegendre(7);
  for (let degree = 0; degree < 14; degree++) {
    const value = nodes.reduce((total, x, i) => total + weights[i]! * x ** degree, 0);
    expect(value).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 13);
  }
});

/** The same density by the tanh-sinh rule: t = pi (1 + tanh(pi/2 sinh x)) / 2, exponentially accurate whatever happens at the ends. */
function bruteForce(u: number, v: number, sd: number): number {
  const step = 4e-4;
  const places = Array.from({ length: 20_001 }, (_, i) => (i - 10_000) * step);
  const exponents = places.map((x) => {
    const t = (Math.PI / 2) * (1 + Math.tanh((Math.PI / 2) * Math.sinh(x)));
    return -((u - Math.cos(t)) ** 2 + (v - Math.sin(t)) ** 2) / (2 * sd * sd);
  });
  const top = exponents.reduce((a, b) => Math.max(a, b));
  const slope = (x: number): number => ((Math.PI / 2) ** 2 * Math.cosh(x)) / Math.cosh((Math.PI / 2) * Math.sinh(x)) ** 2;
  const total = exponents.reduce((sum, exponent, i) => sum + Math.exp(exponent - top) * slope(places[i]!), 0);
  return Math.log((step * total) / Math.PI) + top - Math.log(2 * Math.PI * sd * sd);
}

it("halfCircleLogDensity is the integral over the arc: on it, off its ends, behind it, at the centre, far away", () => {
  const points = [[1, 0], [0, 1], [0.7, 0.72], [1.02, -0.05], [-0.97, -0.2], [0, 0], [0, -1], [0.01, -0.6], [-0.01, -0.6], [0, 1e-9], [2, 2], [-3, -0.5], [0.3, 0.1]]; // biome-ignore format: a list of points
  for (const sd of [0.02, 0.05, 0.3, 2]) {
    const density = halfCircleLogDensity(sd);
    for (const [u, v] of points as [number, number][])
      expect(Math.abs(density(u, v) - bruteForce(u, v, sd)), `(${u}, ${v}), sd ${sd}`).toBeLessThan(1e-10);
  }
});

it("logMeanExp neither overflows nor underflows", () => {
  expect(logMeanExp(Float64Array.of(1000, 1000))).toBe(1000);
  expect(logMeanExp(Float64Array.of(-1000, -1000, Number.NEGATIVE_INFINITY))).toBeCloseTo(-1000 + Math.log(2 / 3), 10);
  expect(logMeanExp(Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY))).toBe(Number.NEGATIVE_INFINITY);
});
