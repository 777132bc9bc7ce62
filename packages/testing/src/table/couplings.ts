import {
  additiveTransformer,
  affineTransformer,
  alternatingMask,
  bijectors,
  checkerboardMask,
  coupling,
  halfMask,
  mlp,
  parallel,
} from "@flows/bijectors";
import type { BijectorTable, ConditionerTable, TransformerTable } from "./table.js";

const plugins = [bijectors];
const last = "random";

/** An affine coupling of three features; with a context where asked for. */
export const affineCoupling = (contextFeatures = 0, turn: 0 | 1 = 0) =>
  coupling({
    mask: halfMask(3, turn),
    conditioner: mlp({
      features: turn === 0 ? 1 : 2,
      hidden: [8, 6],
      outputs: turn === 0 ? 4 : 2,
      contextFeatures,
      activation: "tanh",
      last,
    }),
    transformer: affineTransformer({}),
  });

export const couplings: BijectorTable = {
  "affine coupling": { make: () => affineCoupling(), event: [3], plugins, closedForm: true },
  "affine coupling with a context": { make: () => affineCoupling(2), event: [3], context: 2, plugins },
  "affine coupling without a clamp": {
    make: () =>
      coupling({
        mask: [0, 1],
        conditioner: mlp({ features: 1, hidden: [5], outputs: 2, activation: "sigmoid", last }),
        transformer: affineTransformer({ clamp: 0 }),
      }),
    event: [2],
    plugins,
  },
  "masked affine coupling, separate networks": {
    make: () =>
      coupling({
        mask: alternatingMask(4, 1),
        conditioner: parallel([
          mlp({ features: 4, hidden: [7], outputs: 4, activation: "elu", last }),
          mlp({ features: 4, hidden: [7], outputs: 4, activation: "tanh", last }),
        ]),
        transformer: affineTransformer({ clamp: 2 }),
      }),
    event: [4],
    plugins,
    except: { "every named view has a gradient": "the outputs for kept features are not read" },
  },
  "additive coupling": {
    make: () =>
      coupling({
        mask: halfMask(5),
        conditioner: mlp({ features: 2, hidden: [9, 9], outputs: 3, activation: "softplus", last }),
        transformer: additiveTransformer({}),
      }),
    event: [5],
    volumePreserving: true,
    plugins,
  },
  "chequered coupling of images": {
    make: () =>
      coupling({
        mask: checkerboardMask([2, 2, 1]),
        event: [2, 2, 1],
        conditioner: mlp({ features: 2, hidden: [5], outputs: 4, activation: "tanh", last }),
        transformer: affineTransformer({}),
      }),
    event: [2, 2, 1],
    plugins,
  },
};

export const transformers: TransformerTable = {
  "affine transformer": { make: () => affineTransformer({}), paramCount: 2, plugins, closedForm: true },
  "affine transformer without a clamp": { make: () => affineTransformer({ clamp: 0 }), paramCount: 2, plugins },
  "affine transformer of one feature": { make: () => affineTransformer({ clamp: 2 }), paramCount: 2, features: 1, plugins },
  "additive transformer": { make: () => additiveTransformer({}), paramCount: 1, volumePreserving: true, plugins, closedForm: true },
};

const activations = ["relu", "leakyRelu", "elu", "tanh", "sigmoid", "softplus"] as const;

export const conditioners: ConditionerTable = {
  ...Object.fromEntries(
    activations.map((activation) => [
      `mlp with ${activation}`,
      { make: () => mlp({ features: 3, hidden: [7, 5], outputs: 4, activation, last }), features: 3, outputs: 4, plugins },
    ]),
  ),
  "mlp without a hidden layer": { make: () => mlp({ features: 1, hidden: [], outputs: 1, last }), features: 1, outputs: 1, plugins },
  "mlp with a context": {
    make: () => mlp({ features: 2, hidden: [65], outputs: 3, contextFeatures: 2, activation: "tanh", last }),
    features: 2,
    outputs: 3,
    context: 2,
    plugins,
  },
  parallel: {
    make: () =>
      parallel([
        mlp({ features: 2, hidden: [4], outputs: 1, activation: "tanh", last }),
        mlp({ features: 2, hidden: [6], outputs: 3, activation: "elu", last }),
      ]),
    features: 2,
    outputs: 4,
    plugins,
  },
};
