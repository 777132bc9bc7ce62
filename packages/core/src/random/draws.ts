import { tensorOf } from "../backend/tensor-of.js";
import type { Draw, Draws } from "../contracts/index.js";
import { checkSeed } from "./counter.js";
import { hashPath } from "./hash.js";
import { noise } from "./noise.js";
import { uniforms } from "./uniform.js";

/** The random numbers of rows `first` on under a seed: every request has a seed of its own, hashed from this one and its turn. */
export function draws(seed: number, first = 0): Draws {
  checkSeed(seed);
  let turn = 0;
  return {
    take: (rows, { width, kind, stream }: Draw) => {
      const own = hashPath(`${seed} ${turn++}`);
      if (kind === "normal") return noise([], { seed: own, first, n: rows, width, stream })[0]!;
      return tensorOf(uniforms(own, first, rows, width, stream), [rows, width]);
    },
  };
}
