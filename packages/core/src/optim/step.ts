import { keep, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Call, Updates, View } from "../contracts/index.js";
import { applyUpdates, dropUpdates } from "../modules/call.js";
import { viewIn } from "../modules/params.js";
import { lossGradient, type Pulled } from "../programs/loss-gradient.js";
import type { Optimizer } from "./adam.js";

/**
 * One training step: loss, gradients, new parameters and new state, in one synchronous tidy that reads nothing back.
 * `loss` gets the call to hand on, so that layers know that they are being trained. Gives the loss as a scalar tensor, which is yours.
 * A step whose loss or gradient is not finite changes nothing.
 *
 * Throws FlowsError, and changes nothing: "config" (the loss is a promise, or no tensor), "shape" (it is not one number), "gradient" (it
 * does not depend on what the optimizer trains), "disposed" (the optimizer).
 *
 * @example
 * const optimizer = adam(model, { learningRate: 1e-3, clip: 5 });
 * for (let i = 0; i < 200; i++) {
 *   const loss = step(optimizer, (call) => neg(mean(model.logProb(rows, call))));
 *   if (i % 50 === 0) console.log(i, (await loss.data())[0]);
 *   loss.dispose();
 * }
 * optimizer.dispose();
 */
export const step = (optimizer: Optimizer, loss: (call: Call) => Tensor): Tensor =>
  trainingStep(optimizer, (call) => lossGradient(() => loss(call), optimizer.packed.buffers));

/** A step on a loss and its gradients, however they come about, for a batch of another weight and where some state stays as it is. */
export function trainingStep(
  optimizer: Optimizer,
  pull: (call: Call) => Pulled,
  share = 1,
  frozen: (view: View) => boolean = () => false,
): Tensor {
  const updates: Updates = new Map();
  try {
    return tidy(() => {
      const { value, grads } = pull({ training: true, updates });
      const ok = optimizer.update(value, grads, share);
      withhold(updates, frozen);
      applyUpdates(updates, ok);
      return value;
    });
  } finally {
    dropUpdates(updates);
  }
}

/** Takes frozen views out of the updates, also out of those of a whole buffer. */
function withhold(updates: Updates, frozen: (view: View) => boolean): void {
  for (const [view, tensor] of [...updates]) {
    const parts = view.parts ?? [view];
    if (!parts.some(frozen)) continue;
    updates.delete(view);
    if (view.parts) for (const part of parts) if (!frozen(part)) updates.set(part, keep(viewIn(part, tensor)));
    tensor.dispose();
  }
}
