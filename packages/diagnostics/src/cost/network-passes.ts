import type { Bijector, Conditioner, Distribution, Module } from "@flows/core";
import { type Direction, layersOf, walk } from "@flows/core/author";
import { type Tensor, tidy, zeros } from "@tensorflow/tfjs-core";
import { counted } from "./counted.js";
import type { Examples } from "./examples.js";

const isNetwork = (module: Module): module is Conditioner => "apply" in module && "outputs" in module;

/** The networks of a module, but not those inside another network. */
export function networksIn(module: Module): Conditioner[] {
  const found = [...walk(module)].filter((entry): entry is [string, Conditioner] => isNetwork(entry[1]));
  const within = (path: string): boolean => found.some(([other]) => path.startsWith(`${other}.`));
  return found.flatMap(([path, network]) => (within(path) ? [] : [network]));
}

/** How often a row goes through a network on its way through all layers of a flow. */
export async function networkPasses(model: Distribution, direction: Direction, examples: Examples): Promise<number> {
  let value = direction === "forward" ? examples.noise(1) : examples.data(1);
  let passes = 0;
  for (const { layer, direction: way } of layersOf(model, direction)) {
    passes += await passesOf(layer, way, value, examples);
    const next = tidy(() => layer[way](value, callFor(layer, examples))[0]);
    value.dispose();
    value = next;
  }
  value.dispose();
  return passes;
}

const callFor = ({ contextFeatures }: { readonly contextFeatures: number }, examples: Examples) =>
  contextFeatures > 0 ? examples.call(1) : {};

/** The products that a layer computes, over those of its networks run once: one that is run column by column counts as often. */
async function passesOf(layer: Bijector, direction: Direction, rows: Tensor, examples: Examples): Promise<number> {
  const networks = networksIn(layer);
  let once = 0;
  for (const network of networks)
    once += (await counted(() => network.apply(zeros([1, network.features]), callFor(network, examples)))).contractions;
  if (once === 0) return 0;
  const { contractions } = await counted(() => layer[direction](rows, callFor(layer, examples)));
  return Math.round((networks.length * contractions) / once);
}
