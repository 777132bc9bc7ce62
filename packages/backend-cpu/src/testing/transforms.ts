import { additiveTransformSpec, affineSpec, affineTransformSpec, standardiseSpec, stepOf } from "@flows/core/author";
import { type Case, directions, total } from "./case.js";

const affine = directions.flatMap((direction) =>
  [1, 3].map(
    (n): Case => ({
      name: `affine, ${direction}, ${n} features`,
      step: stepOf(affineSpec, { rows: [n], params: [[n], [n]], attrs: { direction } }),
      row: ([x], [shift, s]) => ({
        writes: [x!.map((v, j) => (direction === "forward" ? v * Math.exp(s![j]!) + shift![j]! : (v - shift![j]!) / Math.exp(s![j]!)))],
        logDet: total(s!) * (direction === "forward" ? 1 : -1),
      }),
    }),
  ),
);

const affineTransform = directions.flatMap((direction) =>
  [0, 0.8].flatMap((clamp) =>
    [1, 3].map(
      (n): Case => ({
        name: `affineTransform, ${direction}, clamp ${clamp}, ${n} features`,
        step: stepOf(affineTransformSpec, { rows: [n, 2 * n], attrs: { direction, clamp } }),
        row: ([x, raw]) => {
          const s = raw!.slice(n).map((v) => (clamp > 0 ? clamp * Math.tanh(v / clamp) : v));
          return {
            writes: [x!.map((v, j) => (direction === "forward" ? v * Math.exp(s[j]!) + raw![j]! : (v - raw![j]!) / Math.exp(s[j]!)))],
            logDet: total(s) * (direction === "forward" ? 1 : -1),
          };
        },
      }),
    ),
  ),
);

const additive = directions.map(
  (direction): Case => ({
    name: `additiveTransform, ${direction}`,
    step: stepOf(additiveTransformSpec, { rows: [2, 2], attrs: { direction } }),
    row: ([x, shift]) => ({ writes: [x!.map((v, j) => (direction === "forward" ? v + shift![j]! : v - shift![j]!))] }),
  }),
);

const standardise = directions.flatMap((direction) =>
  [false, true].map(
    (batch): Case => ({
      name: `standardise, ${direction}, ${batch ? "the batch's" : "running"} statistics`,
      step: stepOf(standardiseSpec, {
        rows: batch ? [2, 2, 2] : [2],
        shared: 1,
        params: [[2], [2], [2], [2]],
        attrs: { direction, epsilon: 1e-3 },
      }),
      range: [0.3, 2],
      row: ([x, center, spread], [shift, s, mean, variance]) => {
        const m = center ?? mean!;
        const sd = (spread ?? variance!).map((v) => Math.sqrt(v + 1e-3));
        const inverse = direction === "inverse";
        return {
          writes: [
            x!.map((v, j) =>
              inverse ? ((v - m[j]!) / sd[j]!) * Math.exp(s![j]!) + shift![j]! : ((v - shift![j]!) / Math.exp(s![j]!)) * sd[j]! + m[j]!,
            ),
          ],
          logDet: total(s!.map((v, j) => v - Math.log(sd[j]!))) * (inverse ? 1 : -1),
        };
      },
    }),
  ),
);

/** Shifts and scales: an affine map, those a network steers, and the standardising of batches. */
export const transforms: readonly Case[] = [...affine, ...affineTransform, ...additive, ...standardise];
