import {
  type BijectorParts,
  byRowOp,
  type Constants,
  defineBijector,
  fail,
  finiteList,
  type Specs,
  scale,
  tensorOf,
  wholeNumber,
} from "@flows/core/author";
import { zeros } from "@flows/core/ops";
import { affineRows } from "./affine.js";

export type ScalingConfig =
  /** Trained, positive, started at 1. */
  | { readonly features: number }
  /** Fixed: one factor for each feature, none of them 0. */
  | { readonly scale: readonly number[] };

type Parts = BijectorParts<Specs, Specs, Constants>;

/** `affine` with a shift of zeros. */
function scaled(features: number, signs?: readonly number[]): Parts & { readonly constants: Constants } {
  return {
    event: [features],
    constants: { shift: () => zeros([features]) },
    ...byRowOp(affineRows, ["shift", "logScale"], (direction) => ({ direction, ...(signs && { signs }) })),
  };
}

function trained(features: number): Parts {
  wholeNumber("flows/scaling", "features", features);
  return { ...scaled(features), params: { logScale: scale([features]) }, retired: ["shift"] };
}

function fixed(factors: readonly number[]): Parts {
  finiteList("flows/scaling", "scale", factors);
  if (factors.length === 0 || factors.includes(0))
    fail("config", "flows/scaling", `scale must hold factors other than 0, got [${factors}].`);
  const parts = scaled(factors.length, factors.map(Math.sign));
  const logs = Float64Array.from(factors, (factor) => Math.log(Math.abs(factor)));
  return { ...parts, constants: { ...parts.constants, logScale: () => tensorOf(logs, [logs.length]) } };
}

/**
 * A diagonal matrix: x = s z, log-det sum log|s|. Trained as s = exp(logScale), or fixed by the config.
 *
 * Shapes: z and x [batch, features].
 * Source: Dinh, Krueger and Bengio (2015), NICE: Non-linear Independent Components Estimation, section 3.3. https://arxiv.org/abs/1410.8516
 *
 * @example
 * chain([scaling({ features: 2 }), scaling({ scale: [0.35, 2] })])
 */
export const scaling = defineBijector<ScalingConfig, Specs, Specs, Constants>(
  { type: "flows/scaling", options: ["features", "scale"] },
  (config) => ("scale" in config ? fixed(config.scale) : trained(config.features)),
);
