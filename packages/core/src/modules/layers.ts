import type { Bijector, Direction } from "../contracts/index.js";
import { family } from "./inside.js";

/** A map on the way of some rows, with its path and the direction in which they pass it. */
export interface Layer {
  readonly path: string;
  readonly layer: Bijector;
  readonly direction: Direction;
}

export const turned = { forward: "inverse", inverse: "forward" } as const;

/** The maps of a bijector in the order in which rows meet them, chains and inversions opened. */
export function layersIn(layer: Bijector, direction: Direction, path = ""): Layer[] {
  if (layer.type !== "flows/chain" && layer.type !== "flows/invert") return [{ path, layer, direction }];
  const way = layer.type === "flows/invert" ? turned[direction] : direction;
  const members = family(layer.children).map(([name, child]) => [path ? `${path}.${name}` : name, child as Bijector] as const);
  return (way === "forward" ? members : members.reverse()).flatMap(([at, child]) => layersIn(child, way, at));
}
