import { planarSpec, radialSpec, stepOf } from "@flows/core/author";
import { type Case, log1pExp, type Pair, sigmoid, total } from "./case.js";

/** From the maps' definitions, not the kernels' forms: a Jacobian's determinant by the matrix determinant lemma. */
const bends: Record<string, Pair> = {
  tanh: [Math.tanh, (t) => 1 / Math.cosh(t) ** 2],
  sigmoid: [sigmoid, (t) => sigmoid(t) * sigmoid(-t)],
  arctan: [Math.atan, (t) => 1 / (1 + t * t)],
  softplus: [log1pExp, sigmoid],
};
const planar = Object.entries(bends).flatMap(([activation, [h, slope]]) =>
  [1, 3].map(
    (n): Case => ({
      name: `planar ${activation}, ${n} features`,
      step: stepOf(planarSpec, { rows: [n], params: [[n], [n], [1]], attrs: { activation } }),
      row: ([x], [u, w, b]) => {
        const least = activation === "sigmoid" ? 4 : 1;
        const dot = (p: number[], q: number[]): number => total(p.map((v, j) => v * q[j]!));
        const along = log1pExp(dot(w!, u!) + Math.log(Math.exp(least) - 1)) - least;
        const bent = u!.map((v, j) => v + ((along - dot(w!, u!)) * w![j]!) / dot(w!, w!));
        const t = dot(x!, w!) + b![0]!;
        return { writes: [x!.map((v, j) => v + bent[j]! * h(t))], logDet: Math.log(1 + slope(t) * along) };
      },
    }),
  ),
);
const radial = [1, 3].map(
  (n): Case => ({
    name: `radial, ${n} features`,
    step: stepOf(radialSpec, { rows: [n], params: [[n], [1], [1]], attrs: {} }),
    row: ([x], [center, logAlpha, rawBeta]) => {
      const [alpha, away] = [Math.exp(logAlpha![0]!), x!.map((v, j) => v - center![j]!)];
      const [beta, r] = [log1pExp(rawBeta![0]!) - alpha, Math.hypot(...away)];
      const logDet = (n - 1) * Math.log(1 + beta / (alpha + r)) + Math.log(1 + (alpha * beta) / (alpha + r) ** 2);
      return { writes: [x!.map((v, j) => v + (beta * away[j]!) / (alpha + r))], logDet };
    },
  }),
);

/** Planar and radial maps, of one feature and of three. */
export const bent: readonly Case[] = [...planar, ...radial];
