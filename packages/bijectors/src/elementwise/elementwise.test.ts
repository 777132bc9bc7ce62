import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type Bijector, chain, flow, leaves, normal, type Tensor, uniform, useBackend } from "@flows/core";
import { tensorOf } from "@flows/core/author";
import { type BijectorOptions, bijectorLaws } from "@flows/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { affine } from "../linear/affine.js";
import { arctanh } from "./arctanh.js";
import { exp } from "./exp.js";
import { identity } from "./identity.js";
import { leakyRelu } from "./leaky-relu.js";
import { logit } from "./logit.js";
import { sigmoid } from "./sigmoid.js";
import { softplus } from "./softplus.js";
import { tanh } from "./tanh.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const plugins = [{ name: "flows", spec: 1, modules: [arctanh, exp, identity, leakyRelu, logit, sigmoid, softplus, tanh] }] as const;
const column = (values: readonly number[]): Tensor => tensorOf(Float64Array.from(values), [values.length, 1]);
const read = (tensor: Tensor): number[] => Array.from(tensor.dataSync());
const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
const apart = (a: readonly number[], b: readonly number[]): number => largest(a.map((v, i) => v - b[i]!));
const logNormal = (z: number): number => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
const grid = (from: number, to: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));

const tails = 80;
const table: readonly (readonly [name: string, make: () => Bijector, options: Partial<BijectorOptions>])[] = [
  ["identity", () => identity(), { closedForm: true, volumePreserving: true }],
  // e^1000 has no float: the law about far rows looks no further than e^80.
  ["exp", () => exp(), { domain: { forward: [-tails, tails], inverse: [0, Number.POSITIVE_INFINITY] } }],
  ["sigmoid", () => sigmoid(), { domain: { inverse: [0, 1] } }],
  ["logit", () => logit(), { domain: { forward: [0, 1] } }],
  ["tanh", () => tanh(), { domain: { inverse: [-1, 1] } }],
  ["arctanh", () => arctanh(), { domain: { forward: [-1, 1] } }],
  ["softplus", () => softplus(), { domain: { inverse: [0, Number.POSITIVE_INFINITY] } }],
  ["leaky ReLU", () => leakyRelu({ slope: 0.1 }), { closedForm: true }],
  ["sigmoid of images", () => sigmoid(), { event: [2, 2, 3], domain: { inverse: [0, 1] } }],
];
for (const [name, make, options] of table)
  describe(name, () => {
    for (const law of bijectorLaws(make, { event: [3], plugins, ...options })) it(law.name, law.check);
  });

describe("outside the support", () => {
  const cases: readonly (readonly [string, () => Bijector, readonly number[]])[] = [
    ["exp", () => exp(), [0, -1, -1e30]],
    ["sigmoid", () => sigmoid(), [0, 1, -3, 5]],
    ["tanh", () => tanh(), [1, -1, 7]],
    ["softplus", () => softplus(), [0, -2]],
  ];
  it.each(cases)("%s gives a finite value and -Infinity, and keeps NaN", (_name, make, points) => {
    const map = make();
    const [z, logDet] = map.inverse(column(points)).map(read) as [number[], number[]];
    expect(z.every(Number.isFinite)).toBe(true);
    expect(logDet.every((v) => v === Number.NEGATIVE_INFINITY)).toBe(true);
    const [missing] = map.inverse(column([Number.NaN])).map(read) as [number[]];
    expect(missing[0]).toBeNaN();
    map.dispose();
  });

  it("a flow scores it -Infinity, and a uniform base through a logit is the logistic density", () => {
    const positive = flow({ base: normal({ features: 1 }), bijector: softplus() });
    expect(read(positive.logProb(column([-1, 2])))[0]).toBe(Number.NEGATIVE_INFINITY);
    const logistic = flow({ base: uniform({ features: 1 }), bijector: logit() });
    expect(read(logistic.logProb(column([0.7])))[0]).toBeCloseTo(-0.7 - 2 * Math.log1p(Math.exp(-0.7)), 14);
    positive.dispose();
    logistic.dispose();
  });
});

describe("tails", () => {
  it("softplus and its inverse hold at both ends", () => {
    const map = softplus();
    const points = [-700, -30, -1e-9, 30, 700];
    const [x, logDet] = map.forward(column(points));
    expect(apart(read(logDet), [-700, -30, -Math.LN2, -Math.exp(-30), 0])).toBeLessThan(1e-9);
    const [z] = map.inverse(x);
    expect(apart(read(z), points)).toBeLessThan(1e-12 * 700);
    map.dispose();
  });

  it("log-slopes of tanh and sigmoid do not cancel", () => {
    const [t, s] = [tanh(), sigmoid()];
    expect(read(t.forward(column([-300, 300]))[1])).toEqual([2 * (Math.LN2 - 300), 2 * (Math.LN2 - 300)]);
    expect(read(s.forward(column([-300, 300]))[1])).toEqual([-300, -300]);
    expect(read(s.inverse(column([1e-300]))[0])[0]).toBeCloseTo(Math.log(1e-300), 9);
    t.dispose();
    s.dispose();
  });

  it("refuses a slope that has no inverse", () => {
    expect(() => leakyRelu({ slope: 0 })).toThrow("flows/leaky-relu: slope must be a finite number above 0, got 0.");
  });
});

describe("the tanh example of 001", () => {
  it("pushes 10,000 normal numbers and takes them back", () => {
    const map = tanh();
    const z = normal({ features: 1 }).sample(10_000, { seed: 42 });
    const [x] = map.forward(z);
    const [back, logDet] = map.inverse(x);
    const xs = read(x);
    const clipped = xs.map((v) => Math.min(0.999_999, Math.max(-0.999_999, v)));
    const formula = clipped.map((v) => 0.5 * Math.log((1 + v) / (1 - v)));
    accepts("001.9", { value: apart(read(back), formula), atMost: 1e-9 });
    accepts("001.10", { value: apart(read(back), read(z)), atMost: 1e-9 });
    expect(xs).toHaveLength(10_000);
    accepts("001.11", {
      value: apart(
        read(logDet),
        xs.map((v) => -Math.log1p(-v * v)),
      ),
      atMost: 1e-9,
    });
    map.dispose();
  });

  it("has the closed density on its grid of 500 points", () => {
    const model = flow({ base: normal({ features: 1 }), bijector: tanh() });
    const xs = grid(-0.999, 0.999, 500);
    const wanted = xs.map((x) => logNormal(Math.atanh(x)) - Math.log1p(-x * x));
    accepts("001.12", { value: apart(read(model.logProb(column(xs))), wanted), atMost: 1e-11 });
    model.dispose();
  });
});

describe("the six 1-D transforms of 001", () => {
  const written = (shift: number, scale: number): Bijector => {
    const map = affine({ features: 1 });
    const [shiftLeaf, scaleLeaf] = leaves(map);
    shiftLeaf!.write(Float64Array.of(shift));
    scaleLeaf!.write(Float64Array.of(Math.log(scale)));
    return map;
  };
  const logistic = (z: number): number => 1 / (1 + Math.exp(-z));
  interface Case {
    readonly line: string;
    readonly make: () => Bijector;
    readonly value: (z: number) => number;
    readonly slope: (z: number) => number;
    readonly mean: number;
  }
  const cases: Readonly<Record<string, Case>> = {
    identity: { line: "001.15", make: () => identity(), value: (z) => z, slope: () => 1, mean: 0 },
    affine: { line: "001.16", make: () => written(1, 2.5), value: (z) => 2.5 * z + 1, slope: () => 2.5, mean: 0.9163 },
    sigmoid: { line: "001.17", make: () => sigmoid(), value: logistic, slope: (z) => logistic(z) * (1 - logistic(z)), mean: -1.6121 },
    tanh: { line: "001.18", make: () => tanh(), value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2, mean: -0.7491 },
    leaky: {
      line: "001.19",
      make: () => leakyRelu({ slope: 0.1 }),
      value: (z) => (z >= 0 ? z : 0.1 * z),
      slope: (z) => (z >= 0 ? 1 : 0.1),
      mean: -1.1513,
    },
    softplus: {
      line: "001.20",
      make: () => chain([softplus(), written(-Math.LN2, 1)]),
      value: (z) => Math.log1p(Math.exp(z)) - Math.LN2,
      slope: logistic,
      mean: -0.8061,
    },
  };
  const points = grid(-3, 3, 400);

  it.each(Object.keys(cases))("%s", (name) => {
    const { line, make, value, slope, mean } = cases[name]!;
    const map = make();
    const [x, logDet] = map.forward(column(points)).map(read) as [number[], number[]];
    accepts(line, { value: apart(x, points.map(value)), atMost: 1e-14 });
    accepts("001.21", { value: apart(logDet.map(Math.exp), points.map(slope)), atMost: 1e-14 });
    expect(x.every((v, i) => i === 0 || v > x[i - 1]!)).toBe(true);
    // Midpoints: the leaky ReLU's kink at 0 is no node.
    const [n, reach] = [8_000, 12];
    const nodes = Array.from({ length: n }, (_, i) => -reach + (2 * reach * (i + 0.5)) / n);
    const logSlopes = read(map.forward(column(nodes))[1]);
    const expectation = nodes.reduce((sum, z, i) => sum + Math.exp(logNormal(z)) * logSlopes[i]! * ((2 * reach) / n), 0);
    accepts("001.23", { value: expectation, expected: mean, tolerance: 5e-5 });
    map.dispose();
  });

  it("all six are monotone, hence invertible", () => {
    const rising = Object.values(cases).map(({ make }) => {
      const map = make();
      const [x] = map.forward(column(points));
      expect(apart(read(map.inverse(x)[0]), points)).toBeLessThan(1e-12);
      const values = read(x);
      map.dispose();
      return values.every((value, i) => i === 0 || value > values[i - 1]!);
    });
    accepts("001.24", {
      behaviour: "all six rise on 400 points and are undone by their inverse",
      passed: rising.length === 6 && rising.every(Boolean),
    });
  });
});
