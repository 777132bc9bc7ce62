import type { MlpConfig } from "@flows/bijectors";
import { type Bijector, type Conditioner, leaves, type Rows } from "@flows/core";

/** What a coupling makes of rows, computed in plain loops. */
export interface ByHand {
  readonly rows: Rows;
  /** Per row, the sum of the log-scales. */
  readonly logDet: Float64Array;
  /** The log-scale of every moved cell. */
  readonly logScales: readonly number[];
}

/** y = x on the mask, x exp(s) + t off it, with t and s = tanh(·) of two networks that read the masked row (document 002). */
export async function couplingByHand(layer: Bijector, { data, shape }: Rows): Promise<ByHand> {
  const { mask } = layer.config as { readonly mask: readonly number[] };
  const parts = (layer.children.conditioner as Conditioner).children.parts as readonly Conditioner<MlpConfig>[];
  const [shiftOf, scaleOf] = await Promise.all(parts.map(networkByHand));
  const [n, width] = [shape[0], mask.length];
  const [moved, logDet, logScales] = [Float64Array.from(data), new Float64Array(n), [] as number[]];
  for (let i = 0; i < n; i++) {
    const masked = mask.map((keep, k) => keep * data[i * width + k]!);
    const [shift, scale] = [shiftOf!(masked), scaleOf!(masked).map(Math.tanh)];
    mask.forEach((keep, k) => {
      if (keep === 1) return;
      moved[i * width + k] = data[i * width + k]! * Math.exp(scale[k]!) + shift[k]!;
      logDet[i]! += scale[k]!;
      logScales.push(scale[k]!);
    });
  }
  return { rows: { data: moved, shape }, logDet, logScales };
}

/** Linear, (leaky) ReLU, linear, (leaky) ReLU, linear: a network's own weights in plain loops. */
async function networkByHand(network: Conditioner<MlpConfig>): Promise<(x: readonly number[]) => number[]> {
  const numbers = new Map(await Promise.all(leaves(network).map(async (leaf) => [leaf.path, await leaf.read()] as const)));
  const { hidden, outputs, activation, slope = 0 } = network.config;
  const below = activation === "leakyRelu" ? slope : 0;
  return (x) =>
    [...hidden, outputs].reduce<number[]>(
      (input, width, layer) => {
        const [w, b] = [numbers.get(`w${layer}`)!, numbers.get(`b${layer}`)!];
        const sums = Array.from({ length: width }, (_, j) => input.reduce((sum, v, i) => sum + v * w[i * width + j]!, b[j]!));
        return layer === hidden.length ? sums : sums.map((v) => (v > 0 ? v : below * v));
      },
      [...x],
    );
}
