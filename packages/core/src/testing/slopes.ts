import * as tf from "@tensorflow/tfjs-core";

/** An op, or several, of some tensors. */
export type F = (...inputs: tf.Tensor[]) => tf.Tensor;
export interface GradientCase {
  readonly name: string;
  readonly f: F;
  readonly inputs: () => tf.Tensor[];
  /** What the union package says, unless it is wrong or silent: then central differences, or the values themselves. */
  readonly truth?: "differences" | readonly number[];
  readonly second?: false;
}

/** Numbers that look random, in (low, high), none near a multiple of 1/2. */
export const values = (shape: number[], low = -2, high = 2, seed = 1): tf.Tensor => tf.tensor(spread(shape, low, high, seed), shape);
const spread = ([...shape]: number[], low: number, high: number, seed: number): number[] =>
  Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
    const x = low + (high - low) * ((((i + 1) * 0.6180339887 + seed * 0.4142135623) % 1) * 0.9 + 0.05);
    return Math.abs(x * 2 - Math.round(x * 2)) < 0.05 ? x + 0.06 : x;
  });

const wave = (y: tf.Tensor): tf.Scalar =>
  tf.sum(tf.mul(tf.sin(tf.add(tf.range(0, y.size, 1), 1)), tf.reshape(tf.cast(y, "float32"), [-1])));
export const flat = (tensors: readonly tf.Tensor[]): number[] => tensors.flatMap((t) => [...t.dataSync()]);
export const slopes = (f: F, inputs: tf.Tensor[]): tf.Tensor[] => tf.grads((...xs: tf.Tensor[]) => wave(f(...xs)))(inputs);
const directions = (inputs: tf.Tensor[]): tf.Tensor[] => inputs.map((x, i) => values(x.shape, -1, 1, 7 + i));
const along = (gradient: tf.Tensor[], v: tf.Tensor[]): tf.Scalar => tf.addN(gradient.map((g, i) => tf.sum(tf.mul(g, v[i]!))));

export const first = ({ f, inputs }: GradientCase): number[] => tf.tidy(() => flat(slopes(f, inputs())));

/** Central differences of the loss, entry by entry. */
export const firstByDifferences = ({ f, inputs }: GradientCase, h = 1e-2): number[] =>
  tf.tidy(() => {
    const at = inputs();
    const moved = (k: number, j: number, by: number): number => {
      const xs = at.map((x, i) =>
        i === k
          ? tf.tensor(
              x.dataSync().map((v, m) => (m === j ? v + by : v)),
              x.shape,
            )
          : x,
      );
      return wave(f(...xs)).dataSync()[0]!;
    };
    return at.flatMap((x, k) => Array.from({ length: x.size }, (_, j) => (moved(k, j, h) - moved(k, j, -h)) / (2 * h)));
  });

/** The Hessian times a direction: by two gradients, and by differences of one. */
export const second = ({ f, inputs }: GradientCase): number[] =>
  tf.tidy(() => {
    const v = directions(inputs());
    return flat(tf.grads((...xs: tf.Tensor[]) => along(slopes(f, xs), v))(inputs()));
  });
export const secondByDifferences = ({ f, inputs }: GradientCase, h = 3e-3): number[] =>
  tf.tidy(() => {
    const v = directions(inputs());
    const at = (t: number): number[] =>
      flat(
        slopes(
          f,
          inputs().map((x, i) => tf.add(x, tf.mul(t, v[i]!))),
        ),
      );
    const behind = at(-h);
    return at(h).map((g, i) => (g - behind[i]!) / (2 * h));
  });
