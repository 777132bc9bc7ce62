import { type Distribution, leaves } from "@flows/core";
import { dropUpdates, type Updates } from "@flows/core/author";
import { mean, neg, type Scalar, type Variable, variableGrads } from "@tensorflow/tfjs-core";
import { countedByRow, type RowCounts } from "./counted.js";
import type { Examples } from "./examples.js";

/** A row of a training step by maximum likelihood: the log-density in training mode and its gradient in all parameters. */
export async function trainingCost(model: Distribution, examples: Examples): Promise<RowCounts> {
  const trained = leaves(model).flatMap(({ kind, buffer }) => (kind === "param" ? [buffer] : []));
  const buffers: Variable[] = [...new Set(trained)];
  return countedByRow((n) => {
    const updates: Updates = new Map();
    const loss = (): Scalar => mean(neg(model.logProb(examples.data(n), { ...examples.call(n), training: true, updates })));
    const { value, grads } = variableGrads(loss, buffers);
    dropUpdates(updates);
    return { value, grads };
  });
}
