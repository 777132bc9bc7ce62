import { identity, leakyRelu, linear, sigmoid, softplus, tanh } from "@flows/bijectors";
import { type Bijector, chain } from "@flows/core";

/** One of the document's maps of the line, with its formulas. */
export interface ScalarMap {
  /** Its acceptance line. */
  readonly id: string;
  readonly name: string;
  readonly make: () => Bijector;
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
  /** The mean of log|f'| under N(0, 1), to 4 digits. */
  readonly expected: number;
}

const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

/** A z + b of one feature. */
const line = (a: number, b: number): Bijector => linear({ matrix: [[a]], bias: [b] });

export const scalarMaps: readonly ScalarMap[] = [
  { id: "001.15", name: "identity", make: () => identity(), value: (z) => z, slope: () => 1, expected: 0 },
  { id: "001.16", name: "affine 2.5z + 1", make: () => line(2.5, 1), value: (z) => 2.5 * z + 1, slope: () => 2.5, expected: 0.9163 },
  { id: "001.17", name: "sigmoid", make: () => sigmoid(), value: logistic, slope: (z) => logistic(z) * logistic(-z), expected: -1.6121 },
  { id: "001.18", name: "tanh", make: () => tanh(), value: Math.tanh, slope: (z) => Math.cosh(z) ** -2, expected: -0.7491 },
  {
    id: "001.19",
    name: "leaky ReLU, α = 0.1",
    make: () => leakyRelu({ slope: 0.1 }),
    value: (z) => (z >= 0 ? z : 0.1 * z),
    slope: (z) => (z >= 0 ? 1 : 0.1),
    expected: -1.1513,
  },
  {
    id: "001.20",
    name: "softplus(z) − log 2",
    make: () => chain([softplus(), line(1, -Math.LN2)]),
    value: (z) => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - Math.LN2,
    slope: logistic,
    expected: -0.8061,
  },
];
