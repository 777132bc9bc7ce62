import {
  type Activation,
  activationNames,
  bias,
  defineConditioner,
  finiteList,
  finiteNumber,
  oneOf,
  type Specs,
  weight,
  wholeNumber,
} from "@flows/core/author";
import { sideBySide } from "../row-ops/cells.js";
import { dense } from "../row-ops/dense.js";
import { move } from "../row-ops/move.js";

export interface MlpConfig {
  /** Columns it reads. */
  readonly features: number;
  /** Widths of the hidden layers; none makes it linear. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** Columns of context, read beside the features. Default 0. */
  readonly contextFeatures?: number;
  /** Default "relu". */
  readonly activation?: Activation;
  /** leakyRelu's slope below 0. Default 0.01. */
  readonly slope?: number;
  /** How the last layer starts: at zero, so that a coupling starts as the identity, or drawn as narrowly as PyTorch draws. Default "zero". */
  readonly last?: "zero" | "random";
}

const gains = { relu: Math.SQRT2, leakyRelu: Math.SQRT2, elu: 1, tanh: 1, sigmoid: 1, softplus: 1 } as const;

/** Of a last layer that is drawn: no activation follows that would halve the spread. */
const narrow = 1 / Math.sqrt(3);

/** Weights of variance gain^2 / fan-in, biases spread like 1 / fan-in: the kinks of the first layer lie across the data. */
function specs(sizes: readonly number[], gain: number, lastGain: number): Specs {
  const layers = sizes.slice(1).flatMap((out, i) => {
    const fanIn = sizes[i]!;
    const own = i === sizes.length - 2 ? lastGain : gain;
    return [
      [`w${i}`, weight([fanIn, out], { gain: own })],
      [`b${i}`, bias([out], { deviation: own > 0 ? 1 / Math.sqrt(3 * fanIn) : 0 })],
    ] as const;
  });
  return Object.fromEntries(layers);
}

/**
 * A multilayer perceptron as the network of a coupling.
 *
 * Shapes: x [batch, features], context [batch, contextFeatures], result [batch, outputs].
 *
 * @example
 * mlp({ features: 1, hidden: [64, 64], outputs: 2 })
 */
export const mlp = defineConditioner(
  { type: "flows/mlp", options: ["features", "hidden", "outputs", "contextFeatures", "activation", "slope", "last"] },
  (config: MlpConfig) => {
    const { features, hidden, outputs, contextFeatures = 0, activation = "relu", slope = 0.01, last = "zero" } = config;
    const where = "flows/mlp";
    for (const [name, value] of Object.entries({ features, outputs })) wholeNumber(where, name, value);
    wholeNumber(where, "contextFeatures", contextFeatures, 0);
    for (const width of finiteList(where, "hidden", hidden)) wholeNumber(where, "a hidden width", width);
    finiteNumber(where, "slope", slope, { above: 0 });
    oneOf(where, "last", last, ["zero", "random"]);
    const widths = [...hidden, outputs];
    const params = specs(
      [features + contextFeatures, ...widths],
      gains[oneOf(where, "activation", activation, activationNames)],
      last === "zero" ? 0 : narrow,
    );
    const names = Object.keys(params);
    const attrs = { widths, activation, slope };
    const joined = sideBySide([features, contextFeatures]);
    return {
      features,
      outputs,
      contextFeatures,
      params,
      apply: (x, p, { context }) => {
        const input = context ? move([x, context], [], joined)[0] : x;
        return dense(
          [input],
          names.map((name) => p[name]!),
          attrs,
        )[0];
      },
      lower: (program, x, p) => {
        const input = contextFeatures > 0 ? move.emit(program, [x, program.context!], [], joined)[0] : x;
        return dense.emit(
          program,
          [input],
          names.map((name) => p[name]!),
          attrs,
        )[0];
      },
    };
  },
);
