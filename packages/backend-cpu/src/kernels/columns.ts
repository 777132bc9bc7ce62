import { copying } from "./copy.js";

/** Picks columns: y[j] = x[indices[j]]. */
export const columnsKernel = copying("columns", ({ attrs }) => (attrs.indices as readonly number[]).map((from, to) => [0, from, to]));
