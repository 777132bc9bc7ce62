import {
  type BijectorParts,
  type Constants,
  defineBijector,
  fail,
  finiteList,
  type Specs,
  scale,
  tensorOf,
  wholeNumber,
} from "@flows/core/author";
import { constant, div, mul } from "@flows/core/ops";
import { affineRows } from "./affine.js";

export type ScalingConfig =
  /** Trained, positive, started at 1. */
  | { readonly features: number }
  /** Fixed: one factor for each feature, none of them 0. */
  | { readonly scale: readonly number[] };

type Parts = BijectorParts<Specs, Specs, Constants>;

/** The shift is a zero: with it the map is a step of programs as `affine` is. */
function trained(features: number): Parts {
  wholeNumber("flows/scaling", "features", features);
  return {
    event: [features],
    params: { logScale: scale([features]) },
    constants: { shift: () => tensorOf(new Float32Array(features), [features]) },
    retired: ["shift"],
    forward: (z, p) => affineRows([z], [p.shift!, p.logScale!], { direction: "forward" }),
    inverse: (x, p) => affineRows([x], [p.shift!, p.logScale!], { direction: "inverse" }),
    lower: (program, x, p, direction) => affineRows.emit(program, [x], [p.shift!, p.logScale!], { direction })[0],
  };
}

function fixed(factors: readonly number[]): Parts {
  finiteList("flows/scaling", "scale", factors);
  if (factors.length === 0 || factors.includes(0))
    fail("config", "flows/scaling", `scale must hold factors other than 0, got [${factors}].`);
  const logDet = factors.reduce((total, factor) => total + Math.log(Math.abs(factor)), 0);
  return {
    event: [factors.length],
    constants: { scale: () => tensorOf(Float64Array.from(factors), [factors.length]) },
    forward: (z, p) => [mul(z, p.scale!), constant(logDet)],
    inverse: (x, p) => [div(x, p.scale!), constant(-logDet)],
  };
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
export const scaling = defineBijector<ScalingConfig, Specs, Specs, Constants>("flows/scaling", (config) =>
  "scale" in config ? fixed(config.scale) : trained(config.features),
);
