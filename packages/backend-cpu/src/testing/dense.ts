import { type Activation, activationNames, mlpSpec, stepOf } from "@flows/core/author";
import { type Case, log1pExp, sigmoid, total } from "./case.js";

const activations: Record<Activation, (x: number) => number> = {
  relu: (x) => Math.max(x, 0),
  leakyRelu: (x) => (x > 0 ? x : 0.1 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  tanh: Math.tanh,
  sigmoid,
  softplus: log1pExp,
};

/** Dense stacks of every activation, of one layer, and of one feature. */
export const mlp = [...activationNames.map((name) => [name, [6, 5, 2]] as const), ["tanh", [3]] as const, ["relu", [1, 1]] as const].map(
  ([activation, widths]): Case => {
    const sizes = [activation === "relu" && widths.length === 2 ? 1 : 5, ...widths];
    return {
      name: `mlp ${sizes.join("-")}, ${activation}`,
      step: stepOf(mlpSpec, {
        rows: [sizes[0]!],
        params: widths.flatMap((width, l) => [[sizes[l]! * width], [width]]),
        attrs: { widths, activation, slope: 0.1 },
      }),
      row: ([x], params) => {
        const layers = [x!];
        for (const [l, width] of widths.entries()) {
          const y = Array.from(
            { length: width },
            (_, j) => total(layers[l]!.map((v, i) => v * params[2 * l]![i * width + j]!)) + params[2 * l + 1]![j]!,
          );
          layers.push(l < widths.length - 1 ? y.map(activations[activation]!) : y);
        }
        return { writes: layers.slice(1) };
      },
    };
  },
);
