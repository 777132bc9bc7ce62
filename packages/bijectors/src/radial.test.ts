import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type Bijector, leaves, normal, type Tensor, useBackend } from "@flows/core";
import { tensorOf } from "@flows/core/author";
import { bijectorLaws } from "@flows/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { radial } from "./radial.js";
import { invertMatrix } from "./testing/invert-matrix.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const rowsOf = (rows: readonly (readonly number[])[]): Tensor => tensorOf(Float64Array.from(rows.flat()), [rows.length, rows[0]!.length]);
const read = (tensor: Tensor): number[] => Array.from(tensor.dataSync());

function radialWith(center: readonly number[], alpha: number, beta: number): Bijector {
  const map = radial({ features: center.length });
  const values = { center, logAlpha: [Math.log(alpha)], rawBeta: [Math.log(Math.expm1(alpha + beta))] };
  for (const leaf of leaves(map)) leaf.write(Float64Array.from(values[leaf.name as keyof typeof values]));
  return map;
}

const plugins = [{ name: "flows", spec: 1, modules: [radial] }] as const;
describe.each([1, 2, 5])("radial of %i features", (features) => {
  const options = { event: [features], plugins, unlowered: { inverse: "flows/radial" } };
  for (const law of bijectorLaws(() => radial({ features }), options)) it(law.name, law.check);
});

describe("the radial map of 001", () => {
  it.each([1, 2, 3, 6])("has the textbook's Jacobian and determinant in %i dimensions", (d) => {
    const [center, alpha, beta] = [Array.from({ length: d }, (_, i) => 0.3 * i - 0.5), 0.7, -0.4];
    const map = radialWith(center, alpha, beta);
    const z = Array.from({ length: d }, (_, i) => Math.sin(2 * i + 1));
    const [x, logDet] = map.forward(rowsOf([z])).map(read) as [number[], number[]];
    const away = z.map((v, i) => v - center[i]!);
    const r = Math.hypot(...away);
    const [h, slope] = [beta / (alpha + r), -beta / (alpha + r) ** 2];
    const value = Math.max(...x.map((v, i) => Math.abs(v - z[i]! - h * away[i]!)));
    accepts("001.37", { value, atMost: 1e-14 });
    const jacobian = away.map((a, i) => away.map((b, j) => (1 + h) * Number(i === j) + (slope * a * b) / r));
    const closed = (d - 1) * Math.log(1 + h) + Math.log(1 + (beta * alpha) / (alpha + r) ** 2);
    accepts("001.38", { value: Math.abs(logDet[0]! - closed) + Math.abs(logDet[0]! - invertMatrix(jacobian)!.logDet), atMost: 1e-13 });
    map.dispose();
  });

  it("has the expected log-det of random points", () => {
    const map = radialWith([1.2, -0.8], 1, 0.8);
    const [n, reach] = [300, 8];
    const step = (2 * reach) / n;
    const nodes = Array.from({ length: n }, (_, i) => -reach + step * (i + 0.5));
    const points = nodes.flatMap((a) => nodes.map((b) => [a, b] as const));
    const logDet = read(map.forward(rowsOf(points))[1]);
    const expectation = points.reduce((sum, [a, b], i) => sum + Math.exp(-0.5 * (a * a + b * b)) * logDet[i]!, 0);
    accepts("001.46", { value: (expectation * step * step) / (2 * Math.PI), expected: 0.3911, tolerance: 5e-5 });
    map.dispose();
  });
});

describe("radial", () => {
  it("starts as the identity around a drawn center", () => {
    const map = radial({ features: 3 });
    const z = normal({ features: 3 }).sample(20, { seed: 1 });
    const [x, logDet] = map.forward(z).map(read) as [number[], number[]];
    read(z).forEach((v, i) => void expect(x[i]).toBeCloseTo(v, 6));
    logDet.forEach((v) => void expect(v).toBeCloseTo(0, 6));
    map.dispose();
  });

  it("is undone near its limit, at its center and far out", () => {
    const map = radialWith([0.5, 0.5], 2, -2 + 1e-3);
    const z = [
      [0.5, 0.5],
      [0.5, 0.6],
      [-1, 2],
      [1e3, -1e3],
      [0.5 + 1e-7, 0.5],
    ];
    const [x, logDet] = map.forward(rowsOf(z));
    const [back, inverse] = map.inverse(x).map(read) as [number[], number[]];
    z.flat().forEach((v, i) => void expect(Math.abs(back[i]! - v)).toBeLessThan(1e-8 * (1 + Math.abs(v))));
    read(logDet).forEach((v, i) => void expect(v + inverse[i]!).toBeCloseTo(0, 6));
    map.dispose();
  });
});
