import { affineTransformer, alternatingMask, batchNorm, coupling, mlp, parallel } from "@flows/bijectors";
import { type Bijector, type Conditioner, chain, type Flow, flow, leaves, normal } from "@flows/core";
import type { Told } from "../workload.js";
import { type Dense, networksOf } from "./read.js";
import type { RealNvpSpec } from "./spec.js";

function networkOf(dense: readonly Dense[]): Conditioner {
  const [features] = dense[0]!.shape;
  const widths = dense.map(({ shape: [, width] }) => width);
  const network = mlp({ features, hidden: widths.slice(0, -1), outputs: widths.at(-1)! });
  const given = dense.flatMap(({ weight, bias }) => [weight, bias]);
  leaves(network).forEach((leaf, i) => void leaf.write(given[i]!));
  return network;
}

function coupled(networks: readonly (readonly Dense[])[], turn: number): Bijector {
  const made = networks.map(networkOf);
  const conditioner = made.length === 1 ? made[0]! : parallel(made);
  return coupling({ mask: alternatingMask(2, turn), conditioner, transformer: affineTransformer({}) });
}

/** The RealNVP of a spec with its given initial weights. */
export function modelOf(told: Told<RealNvpSpec>): Flow {
  const fromData = networksOf(told).flatMap((networks, i) => [
    ...(told.spec.batchNorm && i > 0 ? [batchNorm({ features: 2 })] : []),
    coupled(networks, i),
  ]);
  return flow({ base: normal({ features: 2 }), bijector: chain(fromData.reverse()) });
}
