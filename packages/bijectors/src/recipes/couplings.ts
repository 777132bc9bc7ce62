import { type Bijector, type Conditioner, chain, type Flow, flow, normal, reseed } from "@flows/core";
import { type Activation, oneOf } from "@flows/core/author";
import { mlp } from "../conditioners/mlp.js";
import { parallel } from "../conditioners/parallel.js";
import { alternatingMask, halfMask, type Mask } from "../couplings/masks.js";

/** What the networks of a stack of couplings have in common. */
export interface NetworkConfig {
  /** Widths of the hidden layers. Default [64, 64]. */
  readonly hidden?: readonly number[];
  /** Default "relu". */
  readonly activation?: Activation;
  /** leakyRelu's slope below 0. Default 0.01. */
  readonly slope?: number;
  /** How the networks' last layers start: at zero, so that the flow starts as the identity, or drawn. Default "zero". */
  readonly last?: "zero" | "random";
  /** One network with all outputs, or one for each raw parameter. Default "shared". */
  readonly networks?: "shared" | "separate";
  /** The network reads the kept features alone, or the whole row with moved features masked. Default "kept". */
  readonly inputs?: "kept" | "masked";
  readonly contextFeatures?: number;
}

export interface StackConfig extends NetworkConfig {
  readonly features: number;
  /** How many couplings. */
  readonly layers: number;
  /** Which features a layer keeps. Default "alternating". */
  readonly masks?: "alternating" | "half";
  /** The turn of the mask next to the noise: 0 keeps the first features there, 1 moves them. Default 0. */
  readonly firstTurn?: 0 | 1;
}

/** The names of all options of a stack. */
export const stackOptions = [
  "features",
  "layers",
  "masks",
  "firstTurn",
  "hidden",
  "activation",
  "slope",
  "last",
  "networks",
  "inputs",
  "contextFeatures",
] as const satisfies readonly (keyof StackConfig)[];

/** The mask of the layer at a place of the stack, counted from the noise. */
export function maskOf({ features, masks = "alternating", firstTurn = 0 }: StackConfig, place: number): Mask {
  const known = oneOf("flows/recipes", "masks", masks, ["alternating", "half"]);
  return (known === "half" ? halfMask : alternatingMask)(features, firstTurn + place);
}

/** A network for `paramCount` raw parameters of every moved feature. */
export function networkOf(mask: Mask, paramCount: number, config: NetworkConfig): Conditioner {
  const { hidden = [64, 64], activation = "relu", slope = 0.01, last = "zero" } = config;
  const { networks = "shared", inputs = "kept", contextFeatures = 0 } = config;
  oneOf("flows/recipes", "networks", networks, ["shared", "separate"]);
  oneOf("flows/recipes", "inputs", inputs, ["kept", "masked"]);
  const kept = mask.filter((m) => m === 1).length;
  const [features, each] = inputs === "masked" ? [mask.length, mask.length] : [kept, mask.length - kept];
  const net = (count: number): Conditioner => mlp({ features, hidden, outputs: count * each, contextFeatures, activation, slope, last });
  return networks === "shared" || paramCount === 1 ? net(paramCount) : parallel(Array.from({ length: paramCount }, () => net(1)));
}

/** Layers over a standard normal, each drawn from its own path. */
export function normalFlow(features: number, layers: readonly Bijector[]): Flow {
  const model = flow({ base: normal({ features }), bijector: chain(layers) });
  reseed(model, 0);
  return model;
}
