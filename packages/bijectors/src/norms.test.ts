import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, leaves, normal, type Tensor, useBackend } from "@flows/core";
import { applyUpdates, tensorOf, type Updates } from "@flows/core/author";
import { bijectorLaws } from "@flows/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actNorm } from "./act-norm.js";
import { batchNorm } from "./batch-norm.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const plugins = [{ name: "flows", spec: 1, modules: [actNorm, batchNorm] }] as const;
const read = (tensor: Tensor): number[] => Array.from(tensor.dataSync());
const numbers = async (module: Parameters<typeof leaves>[0]): Promise<Record<string, number[]>> =>
  Object.fromEntries(await Promise.all(leaves(module).map(async (leaf) => [leaf.name, Array.from(await leaf.read())] as const)));

describe("batch norm", () => {
  for (const law of bijectorLaws(() => batchNorm({ features: 3 }), { event: [3], plugins })) it(law.name, law.check);
});
describe("act norm", () => {
  for (const law of bijectorLaws(() => actNorm({ features: 3 }), { event: [3], plugins, closedForm: true })) it(law.name, law.check);
});

describe("batch norm as in 002", () => {
  const rows = [1, 4, 6, 9];
  const [gamma, beta, epsilon] = [0.3, -0.2, 1e-5];
  const [mean, variance] = [5, 8.5];
  const written = () => {
    const map = batchNorm({ features: 1 });
    for (const leaf of leaves(map)) if (leaf.kind === "param") leaf.write(Float64Array.of(leaf.name === "shift" ? beta : gamma));
    return map;
  };
  const x = () => tensorOf(Float64Array.from(rows), [4, 1]);

  it("standardises by the batch while training, and blends its moments", async () => {
    const map = written();
    const updates: Updates = new Map();
    const [z, logDet] = map.inverse(x(), { training: true, updates }).map(read) as [number[], number[]];
    const wanted = rows.map((v) => ((v - mean) / Math.sqrt(variance + epsilon)) * Math.exp(gamma) + beta);
    accepts("002.13", { value: Math.max(...z.map((v, i) => Math.abs(v - wanted[i]!))), atMost: 1e-14 });
    accepts("002.14", { value: logDet[0]!, expected: gamma - 0.5 * Math.log(variance + epsilon), tolerance: 1e-14 });
    expect(await numbers(map)).toMatchObject({ mean: [0], variance: [1] });
    applyUpdates(updates);
    const after = await numbers(map);
    expect(after.mean![0]).toBeCloseTo(0.1 * mean, 14);
    expect(after.variance![0]).toBeCloseTo(0.9 + 0.1 * variance, 14);
    const [evaluated] = map.inverse(x()).map(read) as [number[]];
    const standard = (9 - 0.1 * mean) / Math.sqrt(0.9 + 0.1 * variance + epsilon);
    const kept = standard * Math.exp(gamma) + beta;
    expect(evaluated[3]).toBeCloseTo(kept, 13);
    accepts("002.15", {
      behaviour: "batch moments in training, a running average with momentum 0.1 in evaluation",
      passed: Math.abs(evaluated[3]! - kept) < 5e-14,
    });
    map.dispose();
  });

  it("samples by the running moments even while training", () => {
    const map = written();
    const z = tensorOf(Float64Array.from(rows), [4, 1]);
    expect(read(map.forward(z, { training: true })[0])).toEqual(read(map.forward(z)[0]));
    map.dispose();
  });

  it("refuses settings that cannot be", () => {
    expect(() => batchNorm({ features: 2, momentum: 0 })).toThrow("momentum must be a finite number above 0, got 0");
    expect(() => batchNorm({ features: 2, momentum: 1.5 })).toThrow("momentum must be at most 1, got 1.5");
    expect(() => batchNorm({ features: 2, epsilon: 0 })).toThrow("epsilon must be a finite number above 0, got 0");
  });
});

describe("act norm", () => {
  it("is the identity until its start, which standardises the first rows once", async () => {
    const map = actNorm({ features: 2 });
    const first = tensorOf(Float64Array.of(1, 7, 3, 7, 5, 7, 7, 7), [4, 2]);
    expect(read(map.inverse(first)[0])).toEqual(read(first));
    const z = read(map.initialise(first));
    const column = z.filter((_, i) => i % 2 === 0);
    expect(column.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
    expect(column.reduce((a, b) => a + b * b, 0) / 4).toBeCloseTo(1, 12);
    expect(z.every(Number.isFinite)).toBe(true);
    expect(read(map.inverse(first)[0])).toEqual(z);
    const before = await numbers(map);
    map.initialise(normal({ features: 2 }).sample(8, { seed: 1 }));
    expect(await numbers(map)).toEqual(before);
    map.dispose();
  });
});
