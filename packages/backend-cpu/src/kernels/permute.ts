import { copying } from "./copy.js";

/** Reorders columns: y[i] = x[order[i]]. */
export const permuteKernel = copying("permute", ({ attrs }) => (attrs.order as readonly number[]).map((from, to) => [0, from, to]));
