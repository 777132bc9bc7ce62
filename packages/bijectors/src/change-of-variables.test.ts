import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type Bijector, chain, flow, normal, type Tensor, useBackend } from "@flows/core";
import { defineConditioner, tensorOf } from "@flows/core/author";
import { concat, constant, mul, sin, tanh } from "@flows/core/ops";
import { shake } from "@flows/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coupling } from "./couplings/coupling.js";
import { softplus } from "./elementwise/softplus.js";
import { affine } from "./linear/affine.js";
import { householder } from "./linear/householder.js";
import { permutation } from "./linear/permutation.js";
import { planar } from "./planar.js";
import { radial } from "./radial.js";
import { invertMatrix } from "./testing/invert-matrix.js";
import { affineTransformer } from "./transformers/affine-transformer.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

type Matrix = readonly (readonly number[])[];
const rowsOf = (rows: Matrix): Tensor => tensorOf(Float64Array.from(rows.flat()), [rows.length, rows[0]!.length]);
const read = (tensor: Tensor): number[] => Array.from(tensor.dataSync());
const logAbsDet = (a: Matrix): number => invertMatrix(a)!.logDet;
const product = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, v, k) => sum + v * b[k]![j]!, 0)));
const identity = (n: number): number[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
const phi = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
/** Numbers without a pattern, the same in every run. */
const rough = (n: number, shift = 0): number[][] =>
  identity(n).map((row, i) => row.map((one, j) => one + Math.sin(3 * i + 7 * j + 1 + shift)));
/** Central differences. */
function jacobian(map: Bijector, z: readonly number[], direction: "forward" | "inverse" = "forward", h = 1e-5): number[][] {
  const at = (j: number, by: number): number[] => read(map[direction](rowsOf([z.map((v, i) => v + (i === j ? by : 0))]))[0]);
  const shifts = z.map((_, j) => [at(j, h), at(j, -h)] as const);
  return z.map((_, i) => shifts.map(([up, down]) => (up[i]! - down[i]!) / (2 * h)));
}

describe("determinant facts of 001", () => {
  const [a, b] = [rough(5), rough(5, 0.4)];
  const upper = a.map((row, i) => row.map((v, j) => (j < i ? 0 : v)));

  it("product, inverse, eigenvalues", () => {
    accepts("001.27", { value: logAbsDet(product(a, b)) - logAbsDet(a) - logAbsDet(b), expected: 0, tolerance: 1e-12 });
    const flat = Array.from(invertMatrix(a)!.inverse);
    const inverse = a.map((_, i) => flat.slice(5 * i, 5 * i + 5));
    accepts("001.28", { value: logAbsDet(inverse) + logAbsDet(a), expected: 0, tolerance: 1e-12 });
    // Q diag(lambda) Q^T has these eigenvalues; Q is a rotation of the first two axes.
    const [c, s] = [Math.cos(0.8), Math.sin(0.8)];
    const q = identity(5).map((row, i) => row.map((v, j) => (i < 2 && j < 2 ? [c, -s, s, c][2 * i + j]! : v)));
    const lambda = [0.5, -3, 2, 0.1, 7];
    const symmetric = product(
      q.map((row) => row.map((v, j) => v * lambda[j]!)),
      identity(5).map((_, j) => q.map((row) => row[j]!)),
    );
    const sum = lambda.reduce((total, v) => total + Math.log(Math.abs(v)), 0);
    accepts("001.29", { value: logAbsDet(symmetric), expected: sum, tolerance: 1e-12 });
  });

  it("triangular and block-diagonal matrices", () => {
    const diagonal = upper.reduce((total, row, i) => total + Math.log(Math.abs(row[i]!)), 0);
    accepts("001.30", { value: diagonal, expected: logAbsDet(upper), tolerance: 1e-13 });
    accepts("004.21", { value: diagonal, expected: logAbsDet(upper), tolerance: 1e-13 });
    const blocks = a.map((row, i) => row.map((v, j) => (i < 2 === j < 2 ? v : 0)));
    const parts = logAbsDet(blocks.slice(0, 2).map((row) => row.slice(0, 2))) + logAbsDet(blocks.slice(2).map((row) => row.slice(2)));
    accepts("001.31", { value: logAbsDet(blocks), expected: parts, tolerance: 1e-13 });
  });

  it("orthogonal, divergence-free and rank-one matrices", async () => {
    const [mirror, order] = [householder({ features: 4 }), permutation({ order: [2, 0, 3, 1] })];
    await shake(mirror);
    const z = [0.1, -0.4, 0.9, 2];
    accepts("001.32", { value: logAbsDet(jacobian(mirror, z)), expected: 0, tolerance: 1e-9 });
    accepts("001.32", { value: logAbsDet(jacobian(order, z)), expected: 0, tolerance: 1e-9 });
    mirror.dispose();
    order.dispose();
    // The linear field A z without divergence, tr A = 0, flows for a unit of time by e^A.
    const field = a.map((row, i) => row.map((v, j) => 0.3 * (i === j ? v - a.reduce((sum, r, k) => sum + r[k]! / 5, 0) : v)));
    let [term, flowMap] = [identity(5), identity(5)];
    for (let k = 1; k < 60; k++) {
      term = product(term, field).map((row) => row.map((v) => v / k));
      flowMap = flowMap.map((row, i) => row.map((v, j) => v + term[i]![j]!));
    }
    accepts("001.33", { value: logAbsDet(flowMap), expected: 0, tolerance: 1e-10 });
    const [u, v] = [a[0]!, b[1]!];
    const rankOne = identity(5).map((row, i) => row.map((one, j) => one + u[i]! * v[j]!));
    const lemma = Math.log(Math.abs(1 + u.reduce((sum, x, i) => sum + x * v[i]!, 0)));
    accepts("001.34", { value: logAbsDet(rankOne), expected: lemma, tolerance: 1e-12 });
  });
});

describe("one dimension", () => {
  it("density and mass agree: p(x) |T'| = p(z), and an interval keeps its mass", () => {
    const model = flow({ base: normal({ features: 1 }), bijector: softplus() });
    const n = 4_000;
    const image = (z: number): number => Math.log1p(Math.exp(z));
    const integral = (f: (v: number) => number, from: number, to: number): number =>
      Array.from({ length: n }, (_, i) => f(from + ((to - from) * (i + 0.5)) / n)).reduce((sum, v) => sum + (v * (to - from)) / n, 0);
    const nodes = Array.from({ length: n }, (_, i) => image(-1) + ((image(2) - image(-1)) * (i + 0.5)) / n);
    const density = read(model.logProb(rowsOf(nodes.map((x) => [x])))).map(Math.exp);
    const mass = density.reduce((sum, v) => sum + (v * (image(2) - image(-1))) / n, 0);
    accepts("004.8", { value: mass, expected: integral(phi, -1, 2), tolerance: 1e-7 });
    nodes.forEach((x, i) => {
      const z = Math.log(Math.expm1(x));
      expect(density[i]! / (1 + Math.exp(-z))).toBeCloseTo(phi(z), 12);
    });
    model.dispose();
  });

  it("a fold has no density: T = z^3 - z", () => {
    const fold = (z: number): number => z ** 3 - z;
    expect([-1, 0, 1].map((z) => Math.abs(fold(z)))).toEqual([0, 0, 0]);
    const [critical, spike] = [1 / Math.sqrt(3), 2 / (3 * Math.sqrt(3))];
    expect(3 * critical ** 2 - 1).toBeCloseTo(0, 14);
    expect(fold(-critical)).toBeCloseTo(spike, 14);
    // The roots of z^3 - z = x for |x| < spike by Viete's formula; each adds phi / |T'|.
    const density = (x: number): number =>
      [0, 1, 2]
        .map((k) => 2 * critical * Math.cos((Math.acos(x / spike) - 2 * Math.PI * k) / 3))
        .reduce((sum, z) => sum + phi(z) / Math.abs(3 * z * z - 1), 0);
    // Near the fold the density grows like distance^(-1/2).
    const growth = [1, -1].map((side) => density(side * (spike - 1e-10)) / density(side * (spike - 1e-8)));
    for (const value of growth) accepts("004.14", { value, expected: 10, tolerance: 0.01 });
  });
});

describe("two dimensions", () => {
  const deep = (): Bijector => chain([planar({ features: 2, start: "random" }), radial({ features: 2 }), affine({ features: 2 })]);

  it("the theorem: expectations agree, and both forms of the density are one", async () => {
    const map = deep();
    await shake(map);
    const model = flow({ base: normal({ features: 2 }), bijector: map });
    const [n, reach] = [240, 9];
    const step = (2 * reach) / n;
    const nodes = Array.from({ length: n }, (_, i) => -reach + step * (i + 0.5));
    const points = nodes.flatMap((p) => nodes.map((q) => [p, q]));
    const test = (p: number, q: number): number => Math.exp(-0.2 * (p - 0.5) ** 2) * Math.cos(q);
    const images = read(map.forward(rowsOf(points))[0]);
    const overNoise = points.reduce((sum, [p, q], i) => sum + phi(p!) * phi(q!) * test(images[2 * i]!, images[2 * i + 1]!), 0);
    const density = read(model.logProb(rowsOf(points))).map(Math.exp);
    const overData = points.reduce((sum, [p, q], i) => sum + density[i]! * test(p!, q!), 0);
    accepts("004.10", { value: (overData - overNoise) * step * step, expected: 0, tolerance: 1e-5 });
    expect(density.reduce((sum, v) => sum + v * step * step, 0)).toBeCloseTo(1, 5);
    const [sample, logProb] = model.sampleAndLogProb(50, { seed: 1 });
    const want = read(model.logProb(sample));
    read(logProb).forEach((v, i) => void expect(v).toBeCloseTo(want[i]!, 10));
    model.dispose();
  });

  it("a small box changes its volume by |det J|, and the inverse's Jacobian is the inverse", async () => {
    const map = deep();
    await shake(map);
    const z = [0.4, -0.7];
    const [x, logDet] = map.forward(rowsOf([z])).map(read) as [number[], number[]];
    const side = 1e-5;
    const corner = (p: number, q: number): number[] => read(map.forward(rowsOf([[z[0]! + p * side, z[1]! + q * side]]))[0]);
    const [o, right, up] = [corner(0, 0), corner(1, 0), corner(0, 1)];
    const area = (right[0]! - o[0]!) * (up[1]! - o[1]!) - (right[1]! - o[1]!) * (up[0]! - o[0]!);
    accepts("004.11", { value: Math.abs(area) / side ** 2 / Math.exp(logDet[0]!), expected: 1, tolerance: 1e-4 });
    const both = product(jacobian(map, x, "inverse"), jacobian(map, z));
    const worst = Math.max(...both.flatMap((row, i) => row.map((v, j) => Math.abs(v - Number(i === j)))));
    accepts("004.13", { value: worst, atMost: 1e-8 });
    map.dispose();
  });

  it("the coupling of 001 with s = 0.75 tanh x1 and t = 0.5 sin x1", () => {
    const waves = defineConditioner("acme/waves", (_config: {}) => ({
      features: 1,
      outputs: 2,
      contextFeatures: 0,
      apply: (x) => concat([mul(constant(0.5), sin(x)), mul(constant(0.75), tanh(x))], 1),
    }));
    const map = coupling({ mask: [1, 0], conditioner: waves({}), transformer: affineTransformer({ clamp: 0 }) });
    const [n, reach] = [2_000, 10];
    const nodes = Array.from({ length: n }, (_, i) => -reach + (2 * reach * (i + 0.5)) / n);
    const [x, logDet] = map.forward(rowsOf(nodes.map((v) => [v, 0.3]))).map(read) as [number[], number[]];
    nodes.forEach((v, i) => void expect(x[2 * i + 1]).toBeCloseTo(0.3 * Math.exp(0.75 * Math.tanh(v)) + 0.5 * Math.sin(v), 13));
    const expectation = nodes.reduce((sum, v, i) => sum + phi(v) * logDet[i]! * ((2 * reach) / n), 0);
    accepts("001.47", { value: expectation, expected: 0, tolerance: 1e-12 });
    accepts("004.13", {
      behaviour: "the determinant prod exp(s) is positive for every input",
      passed: logDet.every((v) => Math.exp(v) > 0),
    });
    map.dispose();
  });
});
