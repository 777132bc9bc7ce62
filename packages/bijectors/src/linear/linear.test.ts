import { readFileSync } from "node:fs";
import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import {
  type BackendHandle,
  type Bijector,
  createRegistry,
  flow,
  leaves,
  load,
  normal,
  parameterCount,
  type Tensor,
  useBackend,
} from "@flows/core";
import { tensorOf } from "@flows/core/author";
import { type BijectorOptions, bijectorLaws, shake } from "@flows/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invertMatrix } from "../testing/invert-matrix.js";
import { affine } from "./affine.js";
import { householder } from "./householder.js";
import { linear } from "./linear.js";
import { lu } from "./lu.js";
import { permutation, randomPermutation, reversal } from "./permutation.js";
import { rotation } from "./rotation.js";
import { scaling } from "./scaling.js";
import { shear } from "./shear.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const plugins = [{ name: "flows", spec: 1, modules: [affine, householder, linear, lu, permutation, rotation, scaling, shear] }] as const;
const rowsOf = (rows: readonly (readonly number[])[]): Tensor => tensorOf(Float64Array.from(rows.flat()), [rows.length, rows[0]!.length]);
const read = (tensor: Tensor): number[] => Array.from(tensor.dataSync());
const square = [
  [1, 2, 0],
  [0.5, -1, 3],
  [2, 0, 1],
];
/** The matrix of a linear map, column by column the images of the axes. */
function matrixOf(map: Bijector, n: number): number[][] {
  const at = (row: readonly number[]): number[] => read(map.forward(rowsOf([row]))[0]);
  const origin = at(Array.from({ length: n }, () => 0));
  const images = origin.map((_, j) => at(origin.map((__, i) => Number(i === j))));
  return origin.map((shift, i) => images.map((image) => image[i]! - shift));
}

type Case = readonly [name: string, make: () => Bijector, options: BijectorOptions];
const preserving = (event: number) => ({ event: [event], volumePreserving: true }) as const;
const table: readonly Case[] = [
  ["affine", () => affine({ features: 3 }), { event: [3], closedForm: true }],
  ["affine of one feature", () => affine({ features: 1 }), { event: [1], closedForm: true }],
  ["permutation", () => permutation({ order: [2, 0, 1] }), { ...preserving(3), closedForm: true }],
  ["scaling, trained", () => scaling({ features: 3 }), { event: [3], closedForm: true }],
  ["scaling, fixed", () => scaling({ scale: [0.35, -2] }), { event: [2], closedForm: true }],
  ["rotation, trained", () => rotation({}), preserving(2)],
  ["rotation, fixed", () => rotation({ angle: 1 }), preserving(2)],
  ["shear, trained", () => shear({}), preserving(2)],
  ["shear, fixed", () => shear({ amount: 0.6 }), preserving(2)],
  ["linear of one feature", () => linear({ matrix: [[-2]], bias: [1] }), { event: [1] }],
  ["linear", () => linear({ matrix: square, bias: [1, 2, 3] }), { event: [3] }],
  ["lu", () => lu({ features: 4, order: [2, 0, 3, 1], signs: [1, -1, 1, -1] }), { event: [4] }],
  ["householder", () => householder({ features: 3, reflections: 2 }), preserving(3)],
];
for (const [name, make, options] of table)
  describe(name, () => {
    for (const law of bijectorLaws(make, { ...options, plugins })) it(law.name, law.check);
  });

describe("the linear transforms of 001", () => {
  const plane = [
    [1, 0],
    [0.3, -2],
  ];
  const pushed = (map: Bijector): { readonly x: number[]; readonly logDet: number } => {
    const [x, logDet] = map.forward(rowsOf(plane)).map(read) as [number[], number[]];
    map.dispose();
    return { x, logDet: logDet[0]! };
  };

  it("rotation by 45 degrees", () => {
    const { x, logDet } = pushed(rotation({ angle: Math.PI / 4 }));
    const half = Math.SQRT1_2;
    [half, half, half * 2.3, half * -1.7].forEach((v, i) => void expect(x[i]).toBeCloseTo(v, 14));
    accepts("001.42", { value: logDet, expected: 0, tolerance: 0 });
  });

  it("anisotropic scaling", () => {
    const { x, logDet } = pushed(scaling({ scale: [0.35, 2] }));
    expect(x).toEqual([0.35, 0, 0.35 * 0.3, -4]);
    accepts("001.43", { value: logDet, expected: Math.log(0.7), tolerance: 1e-15 });
  });

  it("shear", () => {
    const { x, logDet } = pushed(shear({ amount: 0.6 }));
    expect(x).toEqual([1, 0, 0.3 + 0.6 * -2, -2]);
    accepts("001.44", { value: logDet, expected: 0, tolerance: 0 });
  });

  it("A z + b with log|det A|", () => {
    const map = linear({ matrix: square, bias: [1, 2, 3] });
    const z = [0.2, -1, 0.5];
    const [x, logDet] = map.forward(rowsOf([z])).map(read) as [number[], number[]];
    square.forEach(
      (row, i) =>
        void expect(x[i]).toBeCloseTo(
          row.reduce((sum, a, j) => sum + a * z[j]!, i + 1),
          14,
        ),
    );
    // 1 (-1 - 0) - 2 (0.5 - 6) + 0 = 10
    accepts("001.35", { value: logDet[0]!, expected: Math.log(10), tolerance: 1e-14 });
    map.dispose();
  });
});

describe("a normal through A z + b", () => {
  it("is the multivariate normal N(b, A A^T) at 1,000 points", () => {
    const [matrix, shift] = [
      [
        [1.2, 0.4],
        [-0.5, 0.9],
      ],
      [0.7, -1.1],
    ];
    const model = flow({ base: normal({ features: 2 }), bijector: linear({ matrix, bias: shift }) });
    const covariance = matrix.map((a) => matrix.map((b) => a[0]! * b[0]! + a[1]! * b[1]!));
    const { inverse, logDet } = invertMatrix(covariance)!;
    const x = model.sample(1_000, { seed: 5 });
    const got = read(model.logProb(x));
    const points = read(x);
    const [mean, moments] = [
      [0, 0],
      [0, 0, 0],
    ];
    const worst = got.map((value, i) => {
      const [p, q] = [points[2 * i]! - shift[0]!, points[2 * i + 1]! - shift[1]!];
      [p, q].forEach((v, j) => void (mean[j]! += v / 1_000));
      [p * p, p * q, q * q].forEach((v, j) => void (moments[j]! += v / 1_000));
      const form = inverse[0]! * p * p + 2 * inverse[1]! * p * q + inverse[3]! * q * q;
      return Math.abs(value - (-0.5 * form - 0.5 * logDet - Math.log(2 * Math.PI)));
    });
    accepts("004.18", { value: Math.max(...worst), atMost: 1e-13 });
    // Five standard errors of 1,000 draws.
    const errors = [
      ...mean.map(Math.abs),
      ...moments.map((v, i) => Math.abs(v - [covariance[0]![0]!, covariance[0]![1]!, covariance[1]![1]!][i]!)),
    ];
    accepts("004.17", { value: Math.max(...errors), atMost: 0.35 });
    model.dispose();
  });
});

describe("lu", () => {
  it("is P L (U + diag s), and its log-det that matrix's", async () => {
    const n = 4;
    const map = lu({ features: n, order: [2, 0, 3, 1], signs: [1, -1, -1, 1] });
    await shake(map);
    const [lower, upper, logScale] = leaves(map).map((leaf) => read(leaf.within(leaf.buffer)));
    const entry = (list: readonly number[], i: number, j: number, inside: (a: number, b: number) => boolean): number => {
      const places = Array.from({ length: n * n }, (_, at) => at).filter((at) => inside(Math.floor(at / n), at % n));
      return inside(i, j) ? list[places.indexOf(i * n + j)]! : 0;
    };
    const l = (i: number, j: number): number => (i === j ? 1 : entry(lower!, i, j, (a, b) => b < a));
    const u = (i: number, j: number): number =>
      i === j ? [1, -1, -1, 1][i]! * Math.exp(logScale![i]!) : entry(upper!, i, j, (a, b) => b > a);
    const got = matrixOf(map, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const row = [2, 0, 3, 1][i]!;
        const wanted = Array.from({ length: n }, (_, k) => l(row, k) * u(k, j)).reduce((a, b) => a + b);
        expect(got[i]![j]).toBeCloseTo(wanted, 13);
      }
    const [logDet] = read(map.forward(rowsOf([[1, 2, 3, 4]]))[1]);
    expect(logDet).toBeCloseTo(invertMatrix(got)!.logDet, 12);
    expect(parameterCount(map)).toBe(n * (n + 1));
    map.dispose();
  });

  it("starts as its permutation", () => {
    const map = lu({ features: 3, order: [2, 0, 1] });
    expect(read(map.forward(rowsOf([[1, 2, 3]]))[0])).toEqual([3, 1, 2]);
    map.dispose();
  });
});

describe("householder", () => {
  it("has an orthogonal matrix", async () => {
    const map = householder({ features: 3 });
    await shake(map);
    const m = matrixOf(map, 3);
    m.forEach((a, i) => {
      m.forEach((b, j) => void expect(a.reduce((sum, v, k) => sum + v * b[k]!, 0)).toBeCloseTo(Number(i === j), 13));
    });
    map.dispose();
  });
});

describe("permutations", () => {
  it("freeze what was drawn", () => {
    const [a, b, other] = [1, 1, 2].map((seed) => randomPermutation({ features: 8, seed }));
    expect(a!.config).toEqual(b!.config);
    expect(a!.config).not.toEqual(other!.config);
    expect(reversal({ features: 3 }).config).toEqual({ order: [2, 1, 0] });
  });
});

describe("what has no inverse or no shape is refused", () => {
  it.each<readonly [string, () => Bijector]>([
    ["flows/affine: features must be a whole number from 1", () => affine({ features: 0 })],
    ["order must hold each of 0 .. features - 1 once, got [0,0]", () => permutation({ order: [0, 0] })],
    ["flows/permutation: order must hold each", () => permutation({ order: [] })],
    ["scale must hold factors other than 0, got [1,0]", () => scaling({ scale: [1, 0] })],
    ["flows/rotation: config.angle must be finite", () => rotation({ angle: Number.NaN })],
    ["a row of the matrix must be 2 finite numbers", () => linear({ matrix: [[1, 2], [3]] })],
    [
      "matrix is singular",
      () =>
        linear({
          matrix: [
            [1, 2],
            [2, 4],
          ],
        }),
    ],
    ["bias must be 1 finite numbers", () => linear({ matrix: [[2]], bias: [1, 2] })],
    ["flows/lu: features must be a whole number from 2", () => lu({ features: 1 })],
    ["signs must be 2 numbers 1 or -1, got [1,0]", () => lu({ features: 2, signs: [1, 0] })],
    ["flows/lu: order must hold 2 positions", () => lu({ features: 2, order: [0] })],
    ["reflections must be a whole number from 1", () => householder({ features: 2, reflections: 0 })],
  ])("%s", (message, make) => {
    expect(make).toThrow(message);
  });
});

it("loads a scaling of a version that saved a shift of zeros", () => {
  const bytes = readFileSync(new URL("../fixtures/scaling-of-0.0.safetensors", import.meta.url));
  const { flow: model } = load(bytes, createRegistry(plugins));
  expect(leaves(model).map(({ path }) => path)).toEqual([
    "bijector.bijectors.0.shift",
    "bijector.bijectors.0.logScale",
    "bijector.bijectors.1.logScale",
  ]);
  model.dispose();
});
