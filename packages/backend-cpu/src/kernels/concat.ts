import { copying } from "./copy.js";

/** Columns of several registers side by side. */
export const concatKernel = copying("concat", ({ reads }) => {
  let at = 0;
  return reads.flatMap(({ width }, source) => Array.from({ length: width }, (_, i) => [source, i, at++] as const));
});
