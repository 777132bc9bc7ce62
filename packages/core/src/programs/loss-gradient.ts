import { engine, type NamedTensorMap, Tensor, type Variable } from "@tensorflow/tfjs-core";
import { fail } from "../errors.js";

/** A loss, and its gradients by the names of the Variables it reaches. */
export interface Pulled {
  readonly value: Tensor;
  readonly grads: NamedTensorMap;
}

/**
 * A loss and its gradients, by the tape. `loss` computes a scalar tensor, at once.
 * Throws FlowsError: "config" (a promise, or no tensor), "shape" (more than one number).
 *
 * @example
 * const pull = (batch, call, { buffers }) => lossGradient(() => mean(network.apply(rowsTensor(batch.x), call)), buffers);
 */
export function lossGradient(loss: () => Tensor, buffers: readonly Variable[]): Pulled {
  const { value, grads } = freeing(() => engine().gradients(() => scalar(loss()), [...buffers], undefined, true));
  // A buffer that the loss does not reach has no gradient, whatever the type says.
  return { value, grads: Object.fromEntries(buffers.flatMap(({ name }, i) => (grads[i] ? [[name, grads[i]]] : []))) };
}

/** tfjs frees what it keeps for the way back on the way back only: a loss that throws would leave it behind. */
function freeing<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { activeTape, gradientDepth } = engine().state;
    if (gradientDepth === 0) for (const { saved } of activeTape ?? []) for (const tensor of saved ?? []) tensor.dispose();
    throw error;
  }
}

function scalar(loss: unknown): Tensor {
  if (loss instanceof Promise) {
    // It goes on with tensors that are gone by then: its failure says nothing more.
    loss.catch(() => undefined);
    return fail("config", "step", "the loss is a promise. Compute it at once, and await the data it needs before the step.");
  }
  if (!(loss instanceof Tensor)) return fail("config", "step", `the loss must be a scalar tensor, got ${typeof loss}.`);
  return loss.rank === 0 ? loss : fail("shape", "step", `the loss must be one number, got a tensor [${loss.shape}]. Take its mean.`);
}
