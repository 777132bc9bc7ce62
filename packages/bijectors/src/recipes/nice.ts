import type { Flow } from "@flows/core";
import { knownOptions, wholeNumber } from "@flows/core/author";
import { coupling } from "../couplings/coupling.js";
import { scaling } from "../linear/scaling.js";
import { additiveTransformer } from "../transformers/additive-transformer.js";
import { maskOf, networkOf, normalFlow, type StackConfig, stackOptions } from "./couplings.js";

export interface NiceConfig extends StackConfig {
  /** NICE's trained diagonal scaling on the data side; without it the flow preserves volume. Default true. */
  readonly scaling?: boolean;
}

/**
 * NICE: additive couplings over a standard normal, with one diagonal scaling on top.
 *
 * Source: Dinh, Krueger and Bengio (2015), NICE: Non-linear Independent Components Estimation. https://arxiv.org/abs/1410.8516
 *
 * @example
 * const model = nice({ features: 2, layers: 6, hidden: [128, 128] });
 */
export function nice(config: NiceConfig): Flow {
  const { features, layers } = config;
  knownOptions("flows/nice", config, [...stackOptions, "scaling"]);
  wholeNumber("flows/nice", "features", features, 2);
  wholeNumber("flows/nice", "layers", layers);
  const couplings = Array.from({ length: layers }, (_, place) => {
    const mask = maskOf(config, place);
    return coupling({ mask, conditioner: networkOf(mask, 1, config), transformer: additiveTransformer({}) });
  });
  return normalFlow(features, config.scaling === false ? couplings : [...couplings, scaling({ features })]);
}
