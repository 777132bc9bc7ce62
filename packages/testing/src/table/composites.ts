import { actNorm, affine, batchNorm, bijectors, exp, permutation, planar, radial, sigmoid } from "@flows/bijectors";
import { chain, invert } from "@flows/core";
import { affineCoupling } from "./couplings.js";
import type { BijectorTable } from "./table.js";

const plugins = [bijectors];
const event = [3];
const noInverse = (type: string) => ({ plugins, unlowered: { inverse: type } }) as const;
const noForward = (type: string) => ({ plugins, unlowered: { forward: type } }) as const;

export const composites: BijectorTable = {
  "batch norm": { make: () => batchNorm({ features: 3 }), event, plugins },
  "batch norm the other way round": { make: () => invert(batchNorm({ features: 3 })), event, plugins },
  "act norm": { make: () => actNorm({ features: 3 }), event, plugins },
  planar: { make: () => planar({ features: 3 }), event, ...noInverse(planar.type) },
  "planar the other way round": { make: () => invert(planar({ features: 3 })), event, ...noForward(planar.type) },
  radial: { make: () => radial({ features: 3 }), event, ...noInverse(radial.type) },
  "radial of one feature": { make: () => radial({ features: 1 }), event: [1], ...noInverse(radial.type) },
  "empty chain": { make: () => chain([]), event, plugins, volumePreserving: true },
  chain: {
    make: () =>
      chain([
        affineCoupling(),
        permutation({ order: [2, 1, 0] }),
        batchNorm({ features: 3 }),
        affineCoupling(0, 1),
        affine({ features: 3 }),
      ]),
    event,
    plugins,
  },
  "chain with a context": {
    make: () => chain([affineCoupling(2), actNorm({ features: 3 }), permutation({ order: [1, 2, 0] }), affineCoupling(2, 1)]),
    event,
    context: 2,
    plugins,
  },
  "chain within a chain, inverted": {
    make: () => invert(chain([affineCoupling(), chain([actNorm({ features: 3 }), affineCoupling(0, 1)])])),
    event,
    plugins,
  },
  "chain with a member that does not lower": {
    make: () => chain([affine({ features: 3 }), planar({ features: 3 }), affineCoupling()]),
    event,
    ...noInverse(planar.type),
  },
  "chain onto the unit cube": {
    make: () => chain([affineCoupling(), sigmoid()]),
    event,
    plugins,
    domain: { inverse: [0, 1] },
  },
  "chain onto the positive numbers": {
    make: () => chain([affine({ features: 2 }), exp()]),
    event: [2],
    plugins,
    domain: { forward: [-20, 20], inverse: [0, Number.POSITIVE_INFINITY] },
  },
};
