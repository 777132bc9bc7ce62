import {
  affine,
  bijectors,
  householder,
  linear,
  lu,
  permutation,
  randomPermutation,
  reversal,
  rotation,
  scaling,
  shear,
} from "@flows/bijectors";
import type { BijectorTable } from "./table.js";

const plugins = [bijectors];
const closed = { plugins, closedForm: true } as const;
const preserving = { ...closed, volumePreserving: true } as const;

export const linearMaps: BijectorTable = {
  affine: { make: () => affine({ features: 3 }), event: [3], ...closed },
  "affine of one feature": { make: () => affine({ features: 1 }), event: [1], ...closed },
  "affine of five features": { make: () => affine({ features: 5 }), event: [5], ...closed },
  permutation: { make: () => permutation({ order: [2, 0, 1] }), event: [3], ...preserving },
  "random permutation": { make: () => randomPermutation({ features: 5, seed: 2 }), event: [5], ...preserving },
  reversal: { make: () => reversal({ features: 4 }), event: [4], ...preserving },
  "trained scaling": { make: () => scaling({ features: 3 }), event: [3], ...closed },
  "fixed scaling": { make: () => scaling({ scale: [2, -0.5, 3] }), event: [3], ...closed },
  "fixed rotation": { make: () => rotation({ angle: 0.7 }), event: [2], ...preserving },
  "trained rotation": { make: () => rotation({}), event: [2], ...preserving },
  "fixed shear": { make: () => shear({ amount: 0.6 }), event: [2], ...preserving },
  "trained shear": { make: () => shear({}), event: [2], ...preserving },
  "linear of one feature": { make: () => linear({ matrix: [[-2]], bias: [1] }), event: [1], ...closed },
  linear: {
    make: () =>
      linear({
        matrix: [
          [1, 0.6, 0],
          [0.2, -1.5, 0.3],
          [0, 0.4, 0.8],
        ],
        bias: [0, 1, -2],
      }),
    event: [3],
    ...closed,
  },
  lu: { make: () => lu({ features: 3, order: [2, 0, 1], signs: [1, -1, 1] }), event: [3], plugins },
  householder: {
    make: () => householder({ features: 3, reflections: 2 }),
    event: [3],
    plugins,
    volumePreserving: true,
  },
};
