import { normals } from "@flows/core/author";
import { moons } from "../moons.js";

/** A RealNVP of two features and how it is trained, as all implementations read it. */
export interface RealNvpSpec {
  /** How many couplings. The i-th from the data keeps feature i mod 2. */
  readonly layers: number;
  /** 2: shift and scale have a network each, on rows with the moved feature masked. 1: one network, on the kept feature. */
  readonly networks: 1 | 2;
  readonly hidden: readonly number[];
  /** Between couplings. */
  readonly batchNorm: boolean;
  readonly batch: number;
  readonly learningRate: number;
  /** How many steps are taken before implementations are compared. */
  readonly steps: number;
  /** The greatest norm of the whole gradient. */
  readonly clip: number;
}

const features = 2;
const batchCount = 16;
export const pointCount = 100_000;

/** Widths of a network from its input to its output. */
export const sizesOf = ({ networks, hidden }: RealNvpSpec): readonly number[] => [networks === 2 ? features : 1, ...hidden, features];

/** Floating-point operations of the networks for a row, two for a multiply-add. */
export function flopsPerRow(spec: RealNvpSpec): number {
  const sizes = sizesOf(spec);
  const network = sizes.slice(1).reduce((sum, width, i) => sum + 2 * sizes[i]! * width, 0);
  return spec.layers * spec.networks * network;
}

/** Forward and backward of a batch: three times its forward. */
export const flopsPerStep = (spec: RealNvpSpec): number => 3 * spec.batch * flopsPerRow(spec);

/**
 * Initial weights of all networks, from the data on; a network holds weight [in, out] and bias [out] of each layer, the shift's network stands first.
 * Variance 2 / fan-in, biases spread like 1 / fan-in; the last layer times `last`: 0 lets a flow start as the identity.
 */
export function weightsOf(spec: RealNvpSpec, last: number): Float32Array {
  const sizes = sizesOf(spec);
  const layers = Array.from({ length: spec.layers * spec.networks }, (_, i) => i).flatMap((network) =>
    sizes.slice(1).flatMap((width, i) => {
      const fanIn = sizes[i]!;
      const share = i === sizes.length - 2 ? last : 1;
      const drawn = normals(network, i, 1, (fanIn + 1) * width, "init");
      return [...drawn].map((value, place) => share * value * (place < fanIn * width ? Math.sqrt(2 / fanIn) : 1 / Math.sqrt(3 * fanIn)));
    }),
  );
  return Float32Array.from(layers.flat());
}

/** Two moons, standardised, to train on from the identity. */
export const trainingInputs = (spec: RealNvpSpec) => ({
  rows: () => moons(batchCount * spec.batch, 0),
  weights: () => weightsOf(spec, 0),
});

/** Two moons to score, and weights that bend them: what a flow makes of them is told from the identity. */
export const evaluationInputs = (spec: RealNvpSpec) => ({
  points: () => moons(pointCount, 1),
  weights: () => weightsOf(spec, 0.1),
});
