import { baselines, gmm, kde } from "@flows/baselines-kde-gmm";
import { affine, bijectors, logit, lu, nice, permutation, planar, realNvp, scaling, sigmoid } from "@flows/bijectors";
import { chain, flow, invert, normal, uniform } from "@flows/core";
import { affineCoupling } from "./couplings.js";
import type { DistributionTable } from "./table.js";

const plugins = [bijectors, baselines];

export const distributions: DistributionTable = {
  "normal of one feature": { make: () => normal({ features: 1 }), event: [1] },
  normal: { make: () => normal({ features: 2 }), event: [2] },
  uniform: { make: () => uniform({ features: 2 }), event: [2], support: [0, 1] },
  "flow of one feature": { make: () => flow({ base: normal({ features: 1 }), bijector: affine({ features: 1 }) }), event: [1], plugins },
  "flow with a uniform base": {
    make: () =>
      flow({ base: uniform({ features: 2 }), bijector: chain([logit(), scaling({ scale: [0.7, -0.6] }), affine({ features: 2 })]) }),
    event: [2],
    plugins,
  },
  "flow on the unit cube": {
    make: () => flow({ base: normal({ features: 1 }), bijector: chain([affine({ features: 1 }), sigmoid()]) }),
    event: [1],
    support: [0, 1],
    plugins,
  },
  RealNVP: { make: () => realNvp({ features: 2, layers: 4, hidden: [8], norm: "batchNorm" }), event: [2], plugins },
  "RealNVP of separate networks on masked rows": {
    make: () => realNvp({ features: 3, layers: 3, hidden: [17, 9], networks: "separate", inputs: "masked", norm: "batchNorm" }),
    event: [3],
    plugins,
  },
  "planar and LU flow of densities": {
    make: () =>
      flow({
        base: normal({ features: 2 }),
        bijector: chain([invert(planar({ features: 2 })), lu({ features: 2 }), permutation({ order: [1, 0] })]),
      }),
    event: [2],
    plugins,
  },
  NICE: { make: () => nice({ features: 2, layers: 3, hidden: [8] }), event: [2], plugins },
  "flow with a context": {
    make: () => flow({ base: normal({ features: 3 }), bijector: chain([affineCoupling(2), affineCoupling(2, 1)]) }),
    event: [3],
    context: 2,
    plugins,
  },
  "KDE of one feature": { make: () => kde({ features: 1, rows: 6 }), event: [1], plugins },
  KDE: { make: () => kde({ features: 2, rows: 7 }), event: [2], plugins },
  "KDE of one row": { make: () => kde({ features: 2, rows: 1, weighted: true }), event: [2], plugins },
  "weighted KDE": { make: () => kde({ features: 2, rows: 7, weighted: true }), event: [2], plugins },
  "KDE over several blocks of rows": { make: () => kde({ features: 3, rows: 300, weighted: true }), event: [3], plugins },
  GMM: { make: () => gmm({ features: 2, components: 3 }), event: [2], plugins },
  "GMM of one feature": { make: () => gmm({ features: 1, components: 4 }), event: [1], plugins },
  "GMM of one component": { make: () => gmm({ features: 3, components: 1 }), event: [3], plugins },
};
