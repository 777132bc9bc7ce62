import type { Bijector, Direction, Distribution, Module } from "../contracts/index.js";
import { type Layer, layersIn } from "../modules/layers.js";

const isBijector = (module: Module): module is Bijector => "forward" in module && "forwardShape" in module;

/** The map of a flow; undefined of other distributions. */
export function mapOf({ children }: Distribution): Bijector | undefined {
  const map = children.bijector as Module | undefined;
  return map && isBijector(map) ? map : undefined;
}

/** The maps of a flow in the order in which rows meet them, chains and inversions opened; empty for other distributions. */
export function layersOf(flow: Distribution, direction: Direction): Layer[] {
  const map = mapOf(flow);
  return map ? layersIn(map, direction, "bijector") : [];
}

/** The distribution of a flow's noise. */
export const baseOf = (flow: Distribution): Distribution | undefined => flow.children.base as Distribution | undefined;
