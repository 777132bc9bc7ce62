import { draw, score } from "@flows/core";
import { blockOf, repeated } from "../block-of.js";
import type { Open } from "../workload.js";
import { modelOf } from "./model.js";
import { floatsOf } from "./read.js";
import { pointCount, type RealNvpSpec } from "./spec.js";
import { pairs } from "./training.js";

const meanOf = (values: ArrayLike<number>, of: (value: number) => number): number =>
  Array.from(values, of).reduce((sum, value) => sum + value, 0) / values.length;

/** `score` of the points. */
export const openScore: Open<RealNvpSpec> = async (told) => {
  const model = modelOf(told);
  const points = pairs(floatsOf(told, "points"));
  const value = meanOf(await score(model, points), (logDensity) => -logDensity);
  return { value, block: blockOf(repeated(() => score(model, points))) };
};

/** `draw` of as many samples, of another seed each time. */
export const openDraw: Open<RealNvpSpec> = async (told) => {
  const model = modelOf(told);
  let seed = 0;
  const call = () => draw(model, pointCount, { seed: seed++ });
  const { data } = await call();
  return { value: 2 * meanOf(data, (x) => x * x), block: blockOf(repeated(call)) };
};
