import type { Bijector, Flow } from "@flows/core";
import { knownOptions, oneOf, wholeNumber } from "@flows/core/author";
import { actNorm } from "../act-norm.js";
import { batchNorm } from "../batch-norm.js";
import { coupling } from "../couplings/coupling.js";
import { affineTransformer } from "../transformers/affine-transformer.js";
import { maskOf, networkOf, normalFlow, type StackConfig, stackOptions } from "./couplings.js";

export interface RealNvpConfig extends StackConfig {
  /** A norm after every coupling, seen from the data. Default "none". */
  readonly norm?: "none" | "batchNorm" | "actNorm";
  /** Bounds the log-scale of one layer; 0 leaves it free. Default 1. */
  readonly clamp?: number;
}

/**
 * RealNVP: affine couplings with changing masks over a standard normal, from an identity start.
 *
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density Estimation Using Real NVP. https://arxiv.org/abs/1605.08803
 *
 * @example
 * const model = realNvp({ features: 2, layers: 6 });
 */
export function realNvp(config: RealNvpConfig): Flow {
  const { features, layers, norm = "none", clamp = 1 } = config;
  knownOptions("flows/real-nvp", config, [...stackOptions, "norm", "clamp"]);
  wholeNumber("flows/real-nvp", "features", features, 2);
  wholeNumber("flows/real-nvp", "layers", layers);
  oneOf("flows/real-nvp", "norm", norm, ["none", "batchNorm", "actNorm"]);
  const layer = (_: unknown, place: number): Bijector[] => {
    const mask = maskOf(config, place);
    const couple = coupling({ mask, conditioner: networkOf(mask, 2, config), transformer: affineTransformer({ clamp }) });
    if (norm === "none") return [couple];
    return [norm === "batchNorm" ? batchNorm({ features }) : actNorm({ features }), couple];
  };
  return normalFlow(features, Array.from({ length: layers }, layer).flat());
}
