import { finiteNumber } from "@flows/core/author";
import type { Toy } from "../toy.js";
import { gaussianMixture } from "./gaussian-mixture.js";

export interface TwoModesConfig {
  /** Distance of each centre from the origin; default 2. */
  readonly offset?: number;
  /** Standard deviation of each mode; default 0.5. */
  readonly sd?: number;
}

/** Two round Gaussians in the plane at (-offset, 0) and (offset, 0); the label is the blob. */
export function twoBlobs(config: TwoModesConfig = {}): Toy {
  const { offset, sd } = checked("two-blobs", config);
  return gaussianMixture("two-blobs", { offset, sd }, [[-offset, 0], [offset, 0]], sd); // biome-ignore format: two points
}

/** Two Gaussians on the line: 0.5 N(-offset, sd²) + 0.5 N(offset, sd²); rows have one feature. */
export function bimodal(config: TwoModesConfig = {}): Toy {
  const { offset, sd } = checked("bimodal", config);
  return gaussianMixture("bimodal", { offset, sd }, [[-offset], [offset]], sd);
}

function checked(where: string, { offset = 2, sd = 0.5 }: TwoModesConfig): Required<TwoModesConfig> {
  return { offset: finiteNumber(where, "offset", offset, { least: 0 }), sd: finiteNumber(where, "sd", sd, { above: 0 }) };
}
