import { affineTransformer, coupling, linear, planar, radial, rawPlanar, rotation, shear } from "@flows/bijectors";
import { type Bijector, leaves } from "@flows/core";
import { defineConditioner } from "@flows/core/author";
import { concat, constant, mul, sin } from "@flows/core/ops";

type Point = readonly [number, number];

/** One of the document's maps of the plane, with its formulas. */
export interface PlaneMap {
  readonly id: string;
  readonly name: string;
  readonly make: () => Bijector;
  readonly value: (z: Point) => Point;
  readonly logDet: (z: Point) => number;
  /** The mean of log|det J| under N(0, I), to 4 digits. */
  readonly expected: number;
}

/** Writes a map's numbers by name. */
function withNumbers(map: Bijector, numbers: Readonly<Record<string, readonly number[]>>): Bijector {
  for (const leaf of leaves(map)) leaf.write(Float64Array.from(numbers[leaf.path]!));
  return map;
}

const w = [0.6, -0.4] as const;
const u = [0.4, 0.5] as const;
const b = 0.1;
const bent = ([x, y]: Point): number => Math.tanh(w[0] * x + w[1] * y + b);

const [center, alpha, beta] = [[1.2, -0.8], 1, 0.8] as const;
const away = ([x, y]: Point): number => Math.hypot(x - center[0], y - center[1]);
const pull = (z: Point): number => beta / (alpha + away(z));

/** t = 0.5 sin z1 and the raw scale of s = 0.75 tanh z1, whose transformer clamps at 0.75: the document's two "networks". */
const waves = defineConditioner({ type: "experiments/waves", options: [] }, (_config: {}) => ({
  features: 1,
  outputs: 2,
  apply: (x) => concat([mul(constant(0.5), sin(x)), mul(constant(0.75), x)], 1),
}));

const half = Math.SQRT1_2;

export const planeMaps: readonly PlaneMap[] = [
  {
    id: "001.42",
    name: "rotation by 45°",
    make: () => rotation({ angle: Math.PI / 4 }),
    value: ([x, y]) => [half * (x - y), half * (x + y)],
    logDet: () => 0,
    expected: 0,
  },
  {
    id: "001.43",
    name: "scaling diag(0.35, 2)",
    make: () => linear({ matrix: [[0.35, 0], [0, 2]] }), // biome-ignore format: a matrix
    value: ([x, y]) => [0.35 * x, 2 * y],
    logDet: () => Math.log(0.7),
    expected: -0.3567,
  },
  {
    id: "001.44",
    name: "shear 0.6",
    make: () => shear({ amount: 0.6 }),
    value: ([x, y]) => [x + 0.6 * y, y],
    logDet: () => 0,
    expected: 0,
  },
  {
    id: "001.45",
    name: "planar",
    make: () => withNumbers(planar({ features: 2 }), { u: rawPlanar(u, w), w, b: [b] }),
    value: (z) => [z[0] + u[0] * bent(z), z[1] + u[1] * bent(z)],
    logDet: (z) => Math.log(1 + (1 - bent(z) ** 2) * (w[0] * u[0] + w[1] * u[1])),
    expected: 0.0282,
  },
  {
    id: "001.46",
    name: "radial",
    make: () =>
      withNumbers(radial({ features: 2 }), { center, logAlpha: [Math.log(alpha)], rawBeta: [Math.log(Math.expm1(alpha + beta))] }),
    value: (z) => [z[0] + pull(z) * (z[0] - center[0]), z[1] + pull(z) * (z[1] - center[1])],
    logDet: (z) => Math.log(1 + pull(z)) + Math.log(1 + (alpha * beta) / (alpha + away(z)) ** 2),
    expected: 0.3911,
  },
  {
    id: "001.47",
    name: "affine coupling",
    make: () => coupling({ mask: [1, 0], conditioner: waves({}), transformer: affineTransformer({ clamp: 0.75 }) }),
    value: ([x, y]) => [x, y * Math.exp(0.75 * Math.tanh(x)) + 0.5 * Math.sin(x)],
    logDet: ([x]) => 0.75 * Math.tanh(x),
    expected: 0,
  },
];
