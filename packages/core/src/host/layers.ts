import type { Bijector, Distribution, Module } from "../contracts/index.js";
import { family } from "../modules/inside.js";

/** A bijector of a flow with its path below it. */
export interface Layer {
  readonly path: string;
  readonly layer: Bijector;
}

const isBijector = (module: Module): module is Bijector => "forward" in module && "forwardShape" in module;

/** The maps of a flow in the order of `forward`, chains opened; empty for other distributions. */
export const layersOf = (flow: Distribution): Layer[] => {
  const bijector = flow.children.bijector as Module | undefined;
  return bijector && isBijector(bijector) ? opened("bijector", bijector) : [];
};

/** The distribution of a flow's noise. */
export const baseOf = (flow: Distribution): Distribution | undefined => flow.children.base as Distribution | undefined;

const opened = (path: string, layer: Bijector): Layer[] =>
  layer.type === "flows/chain"
    ? family(layer.children).flatMap(([name, child]) => opened(`${path}.${name}`, child as Bijector))
    : [{ path, layer }];
