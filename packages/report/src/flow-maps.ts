import type { Bijector, Distribution, Rows, Tensor } from "@flows/core";
import { type Floats, rowsTensor } from "@flows/core/author";
import { tidy } from "@tensorflow/tfjs-core";

/** The map of a flow, or undefined for other distributions. */
export const mapOf = (flow: Distribution): Bijector | undefined => flow.children.bijector as Bijector | undefined;

/** The maps of a flow one by one, in the order of `forward`. */
export function layersOf(flow: Distribution): readonly Bijector[] {
  const map = mapOf(flow);
  if (!map) return [];
  return map.type === "flows/chain" ? (map.children.bijectors as readonly Bijector[]) : [map];
}

/** What tensors become when rows go through, as rows again. */
async function through(rows: Rows, use: (x: Tensor) => Tensor[]): Promise<Rows[]> {
  const tensors = tidy(() => use(rowsTensor(rows)));
  const data = await Promise.all(tensors.map((tensor) => tensor.data() as Promise<Floats>));
  for (const tensor of tensors) tensor.dispose();
  return data.map((values) => ({ data: values, shape: rows.shape }));
}

/** Noise after the whole map. */
export const moved = async (map: Bijector, noise: Rows): Promise<Rows> => (await through(noise, (z) => [map.forward(z)[0]]))[0]!;

/** Noise, and what it is after each layer. */
export function stagesOf(flow: Distribution, noise: Rows): Promise<Rows[]> {
  return through(noise, (z) => {
    const stages = [z];
    for (const layer of layersOf(flow)) stages.push(layer.forward(stages.at(-1)!)[0]);
    return stages;
  });
}
