import type { Direction } from "../contracts/index.js";

/** Settings of an op that goes both ways. */
export interface Directed {
  readonly direction: Direction;
}

export const directions: readonly Direction[] = ["forward", "inverse"];

/** 1 from noise to data, 0 back. */
export const isForward = ({ attrs }: { readonly attrs: Directed }): number => (attrs.direction === "forward" ? 1 : 0);
