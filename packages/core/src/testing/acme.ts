import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rows } from "../host/rows.js";
import { defineBijector } from "../modules/define-bijector.js";
import { bias, scale, state, weight } from "../modules/params.js";
import { add, columns, concat, constant, exp, greater, log, matMul, mean, mul, neg, sub, sum, tanh, where } from "../ops/index.js";
import { normals } from "../random/index.js";
import type { Plugin } from "../registry.js";

interface Size {
  readonly features: number;
}

/** The small modules that the tests of this package build: every kind of number, a network, a context. */
export const affine = defineBijector({ type: "acme/affine", options: ["features"] }, ({ features }: Size) => ({
  event: [features],
  params: { shift: bias([features], { deviation: 1 }), logScale: scale([features]) },
  forward: (z, p) => [add(mul(z, exp(p.logScale)), p.shift), sum(p.logScale)],
  inverse: (x, p) => [mul(sub(x, p.shift), exp(neg(p.logScale))), neg(sum(p.logScale))],
}));

/** Shifts by a linear function of the context. */
export const shifted = defineBijector(
  { type: "acme/shifted", options: ["features", "contextFeatures"] },
  ({ features, contextFeatures }: Size & { readonly contextFeatures: number }) => ({
    event: [features],
    contextFeatures,
    params: { w: weight([contextFeatures, features]) },
    forward: (z, p, { context }) => [add(z, matMul(context!, p.w)), constant(0)],
    inverse: (x, p, { context }) => [sub(x, matMul(context!, p.w)), constant(0)],
  }),
);

/** Moves the second column by a small network of the first, and swaps them. */
export const bend = defineBijector({ type: "acme/bend", options: ["hidden"] }, ({ hidden }: { readonly hidden: number }) => {
  const shift = (a: Tensor, p: { w0: Tensor; b0: Tensor; w1: Tensor }): Tensor => matMul(tanh(add(matMul(a, p.w0), p.b0)), p.w1);
  return {
    event: [2],
    params: { w0: weight([1, hidden]), b0: bias([hidden], { deviation: 1 }), w1: weight([hidden, 1], { gain: 0.1 }) },
    forward: (z, p) => {
      const [a, b] = [columns(z, 0, 1), columns(z, 1, 1)];
      return [concat([add(b, shift(a, p)), a], 1), constant(0)];
    },
    inverse: (x, p) => {
      const [b, a] = [columns(x, 0, 1), columns(x, 1, 1)];
      return [concat([a, sub(b, shift(a, p))], 1), constant(0)];
    },
  };
});

/** Centres with batch means while training, with running ones otherwise; `started` puts the first rows in the middle. */
export const centre = defineBijector({ type: "acme/centre", options: ["features"] }, ({ features }: Size) => ({
  event: [features],
  state: { middle: state([features]), started: state([1], 0, "fixed") },
  forward: (z, p) => [add(z, p.middle), constant(0)],
  inverse: (x, p, call) => {
    if (!call.training) return [sub(x, p.middle), constant(0)];
    const now = mean(x, 0);
    call.update("middle", add(mul(p.middle, constant(0.9)), mul(now, constant(0.1))));
    return [sub(x, now), constant(0)];
  },
  initialise: (x, p, call) => {
    const middle = where(greater(p.started, constant(0)), p.middle, mean(x, 0));
    call.update("middle", middle);
    call.update("started", add(mul(p.started, constant(0)), constant(1)));
    return sub(x, middle);
  },
}));

/** Takes the logarithm on the way to the noise: rows below 0 give NaN. */
export const exponential = defineBijector({ type: "acme/exponential", options: ["features"] }, ({ features }: Size) => ({
  event: [features],
  forward: (z) => [exp(z), sum(z, -1)],
  inverse: (x) => [log(x), neg(sum(log(x), -1))],
}));

/** A bent, shifted and stretched cloud. */
export const cloud = (n: number, from = 0): Rows => {
  const z = normals(11, from, n, 2);
  for (let i = 0; i < n; i++) {
    z[2 * i] = 0.5 * z[2 * i]! + z[2 * i + 1]! ** 2 / 2 + 1;
    z[2 * i + 1] = 2 * z[2 * i + 1]! - 3;
  }
  return { data: z, shape: [n, 2] };
};

export const acme: Plugin = { name: "acme", spec: 1, modules: [affine, shifted, bend, centre, exponential] };
