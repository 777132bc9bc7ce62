import type { Examples, RowCase } from "../contracts/index.js";
import { known } from "./known.js";
import { rowOpSpec } from "./row-op-spec.js";

/** What stands between the layers of a network, and its code. */
const activations = { relu: 1, leakyRelu: 2, elu: 3, tanh: 4, sigmoid: 5, softplus: 6 } as const;
export type Activation = keyof typeof activations;
export const activationNames = Object.keys(activations) as readonly Activation[];

export interface MlpAttrs {
  /** Of every layer, the last one's too. */
  readonly widths: readonly number[];
  readonly activation: Activation;
  /** leakyRelu's below 0. */
  readonly slope: number;
}

function caseOf(features: number, widths: readonly number[], activation: Activation): RowCase<MlpAttrs> {
  const inputs = [features, ...widths];
  return {
    rows: [features],
    params: widths.flatMap((width, i) => [[inputs[i]!, width], [width]]),
    attrs: { widths, activation, slope: 0.2 },
  };
}

/** A stack of dense layers; writes them all, hidden ones after their activation. */
export const mlpSpec = rowOpSpec<MlpAttrs>({
  op: "mlp",
  params: ({ widths }) => widths.flatMap((_, i) => [`w${i}`, `b${i}`]),
  widths: (_rows, { widths }) => widths,
  words: ({ attrs }) => [known("flows/mlp", "activation", activations, attrs.activation), { float: attrs.slope }],
  scratch: ({ writes }, rows, product) => product + 8 * rows * Math.max(0, ...writes.slice(0, -1).map(({ width }) => width)),
  codes: activations,
});

export const mlpExamples: Examples<MlpAttrs> = (n) => [
  ...activationNames.map((activation) => caseOf(n, [7, 5, n], activation)),
  caseOf(n, [n], "relu"),
  caseOf(n, [65, 33, n], "tanh"),
];
