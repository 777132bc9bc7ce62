import { copying } from "./copy.js";

/** Puts two groups of columns back to their places: y[left[i]] = a[i], y[right[j]] = b[j]. */
export const scatterColumnsKernel = copying("scatterColumns", ({ attrs }) => [
  ...(attrs.left as readonly number[]).map((to, from) => [0, from, to] as const),
  ...(attrs.right as readonly number[]).map((to, from) => [1, from, to] as const),
]);
