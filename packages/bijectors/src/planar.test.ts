import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type Bijector, chain, invert, leaves, normal, parameterCount, type Tensor, useBackend } from "@flows/core";
import { type CurveName, tensorOf } from "@flows/core/author";
import { type BijectorOptions, bijectorLaws } from "@flows/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planar, rawPlanar } from "./planar.js";
import { invertMatrix } from "./testing/invert-matrix.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const rowsOf = (rows: readonly (readonly number[])[]): Tensor => tensorOf(Float64Array.from(rows.flat()), [rows.length, rows[0]!.length]);
const read = (tensor: Tensor): number[] => Array.from(tensor.dataSync());
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/** A planar map whose constrained u is the one given. */
function planarWith(u: readonly number[], w: readonly number[], b: number, activation: CurveName = "tanh"): Bijector {
  const map = planar({ features: u.length, activation });
  const values = { u: rawPlanar(u, w, activation), w, b: [b] };
  for (const leaf of leaves(map)) leaf.write(Float64Array.from(values[leaf.name as keyof typeof values]));
  return map;
}

const curves = ["tanh", "sigmoid", "arctan", "softplus"] as const;
const options: BijectorOptions = {
  event: [3],
  plugins: [{ name: "flows", spec: 1, modules: [planar] }],
  unlowered: { inverse: "flows/planar" },
};
describe.each(curves)("planar along %s", (activation) => {
  for (const law of bijectorLaws(() => planar({ features: 3, activation, start: "random" }), options)) it(law.name, law.check);
});
describe("planar of one feature", () => {
  for (const law of bijectorLaws(() => planar({ features: 1 }), { ...options, event: [1] })) it(law.name, law.check);
});

describe("the planar map of 001 and 002", () => {
  const [u, w, b] = [[0.4, 0.5], [0.6, -0.4], 0.1];
  const points = [
    [0.3, -1.2],
    [2, 0.7],
    [-1.5, 0],
  ];

  it("is z + u tanh(w z + b) with an exact determinant", () => {
    const map = planarWith(u, w, b);
    const [x, logDet] = map.forward(rowsOf(points)).map(read) as [number[], number[]];
    let [value, determinant] = [0, 0];
    points.forEach((z, i) => {
      const t = dot(w, z) + b;
      z.forEach((v, j) => {
        value = Math.max(value, Math.abs(x[2 * i + j]! - v - u[j]! * Math.tanh(t)));
      });
      const psi = w.map((v) => (1 - Math.tanh(t) ** 2) * v);
      determinant = Math.max(determinant, Math.abs(logDet[i]! - Math.log(1 + dot(psi, u))));
      const jacobian = [0, 1].map((r) => [0, 1].map((c) => Number(r === c) + u[r]! * psi[c]!));
      expect(logDet[i]).toBeCloseTo(invertMatrix(jacobian)!.logDet, 14);
    });
    accepts("001.36", { value: Math.max(value, determinant), atMost: 1e-14 });
    accepts("002.2", { value, atMost: 1e-14 });
    accepts("002.5", { value: determinant, atMost: 1e-14 });
    map.dispose();
  });

  it("has the expected log-det of the literature's form", () => {
    const map = planarWith(u, w, b);
    // The log-det depends on w z alone, which is normal with deviation |w|: one line through the origin is enough.
    const [n, reach, length] = [4_000, 10, Math.hypot(...w)];
    const steps = Array.from({ length: n }, (_, i) => -reach + (2 * reach * (i + 0.5)) / n);
    const logDet = read(map.forward(rowsOf(steps.map((s) => w.map((v) => (s * v) / length))))[1]);
    const density = (s: number): number => Math.exp(-0.5 * s * s) / Math.sqrt(2 * Math.PI);
    const expectation = steps.reduce((sum, s, i) => sum + density(s) * logDet[i]! * ((2 * reach) / n), 0);
    accepts("001.45", { value: expectation, expected: 0.0282, tolerance: 5e-5 });
    map.dispose();
  });

  it("bends u by the rule of Rezende and Mohamed", () => {
    const m = (a: number): number => -1 + Math.log1p(Math.exp(a));
    accepts("002.4", { behaviour: "m rises from -1", passed: m(-30) > -1 && m(-30) < -1 + 1e-12 && m(50) === 49 && m(0) < m(1) });
    const raw = [-3, 1];
    const level = Math.log(Math.expm1(1));
    // Their u, of which raw u is the part beyond the identity's.
    const theirs = raw.map((v, i) => v + (level * w[i]!) / dot(w, w));
    const along = dot(w, theirs);
    const bent = theirs.map((v, i) => v + ((m(along) - along) * w[i]!) / (dot(w, w) + 1e-8));
    const map = planar({ features: 2 });
    const values = { u: raw, w, b: [b] };
    for (const leaf of leaves(map)) leaf.write(Float64Array.from(values[leaf.name as keyof typeof values]));
    const z = [0.7, 0.2];
    const x = read(map.forward(rowsOf([z]))[0]);
    const ours = x.map((v, j) => (v - z[j]!) / Math.tanh(dot(w, z) + b));
    accepts("002.3", { value: Math.max(...ours.map((v, j) => Math.abs(v - bent[j]!))), atMost: 1e-6 });
    expect(dot(w, ours)).toBeGreaterThan(-1);
    map.dispose();
  });

  it("counts 2 d + 1 parameters", () => {
    const deep = chain(Array.from({ length: 32 }, () => planar({ features: 2 })));
    expect(parameterCount(deep)).toBe(32 * 5);
    for (const id of ["000.5", "002.6"]) accepts(id, { value: parameterCount(deep), expected: 160, tolerance: 0 });
    deep.dispose();
  });
});

describe("planar", () => {
  it.each(curves)("starts as the identity with spread planes (%s)", (activation) => {
    const map = planar({ features: 2, activation });
    const z = normal({ features: 2 }).sample(50, { seed: 2 });
    const [x, logDet] = map.forward(z).map(read) as [number[], number[]];
    read(z).forEach((v, i) => void expect(x[i]).toBeCloseTo(v, 14));
    logDet.forEach((v) => void expect(v).toBeCloseTo(0, 14));
    expect(new Set(leaves(map).flatMap((leaf) => (leaf.name === "u" ? [] : read(leaf.within(leaf.buffer))))).size).toBe(3);
    map.dispose();
  });

  it.each(curves)("stays invertible where u pulls hard (%s)", (activation) => {
    const steepest = activation === "sigmoid" ? 1 / 4 : 1;
    const w = [1, -0.5];
    const u = w.map((v) => (v * (-1 / steepest + 1e-4)) / dot(w, w));
    const map = planarWith(u, w, 0.2, activation);
    const z = normal({ features: 2 }).sample(200, { seed: 3 });
    const [x, logDet] = map.forward(z);
    const [back, inverseLogDet] = map.inverse(x);
    const want = read(z);
    read(back).forEach((v, i) => void expect(Math.abs(v - want[i]!)).toBeLessThan(1e-9));
    const sums = read(inverseLogDet);
    read(logDet).forEach((v, i) => void expect(v + sums[i]!).toBeCloseTo(0, 6));
    map.dispose();
  });

  it("says which direction is the formula, and invert swaps it", () => {
    const [map, swapped] = [planar({ features: 2 }), invert(planar({ features: 2 }))];
    expect([map.analytic, swapped.analytic]).toEqual(["forward", "inverse"]);
    map.dispose();
    swapped.dispose();
  });

  it("is the identity for a plane without a direction", () => {
    const map = planar({ features: 2, start: "random" });
    const w = leaves(map).find(({ name }) => name === "w")!;
    w.write(new Float64Array(2));
    const [x, logDet] = map.forward(rowsOf([[1, 2]])).map(read) as [number[], number[]];
    expect([...x, ...logDet].every(Number.isFinite)).toBe(true);
    expect(logDet[0]).toBeCloseTo(0, 14);
    map.dispose();
  });

  it("refuses what it cannot bend along", () => {
    expect(() => planar({ features: 2, activation: "relu" as never })).toThrow("activation must be one of tanh, sigmoid, arctan, softplus");
    expect(() => planar({ features: 0 })).toThrow("flows/planar: features must be a whole number from 1");
  });
});
