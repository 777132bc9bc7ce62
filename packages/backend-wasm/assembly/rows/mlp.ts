import { activate, activateBackward } from "../activation";
import { RELU } from "../codes/mlp";
import { ACCUMULATE, BIAS, RECTIFY, TRANSPOSE_A, TRANSPOSE_B, WHERE_RISEN, gemm, gemmScratchBytes } from "../gemm";
import { add } from "../pairs";
import { sumColumns } from "../reduce";
import { THIN } from "../thin";
import { Operand, Step, adjointAt, param, read, setting, valueAt, wholeSetting, write } from "./step";

/** Settings: activation (its code) and slope. */
@inline
function activationOf(step: Step): i32 {
  return wholeSetting(step, 0);
}

@inline
function slopeOf(step: Step): f32 {
  return setting(step, 1);
}

/** The input of a layer: the rows, or the layer before. */
@inline
function inputOf(step: Step, layer: i32): Operand {
  return layer > 0 ? write(step, layer - 1) : read(step, 0);
}

/** Numbers in a row of the widest hidden layer. */
function widestOf(step: Step): i32 {
  let widest = 0;
  for (let layer = 0; layer < step.writes - 1; layer++) widest = max(widest, write(step, layer).width);
  return widest;
}

/** A stack of dense layers, h = activation(h W + b), none after the last; params W0, b0, W1, b1, ...; writes every layer. */
export function mlpForward(step: Step, from: i32, to: i32): void {
  const activation = activationOf(step);
  const rows = to - from;
  for (let layer = 0; layer < step.writes; layer++) {
    const x = inputOf(step, layer);
    const y = write(step, layer);
    const hidden = layer < step.writes - 1;
    const value = valueAt(y, from);
    const mode = hidden && activation == RELU ? BIAS | RECTIFY : BIAS;
    const bias = param(step, 2 * layer + 1).value;
    gemm(0, rows, y.width, x.width, valueAt(x, from), param(step, 2 * layer).value, value, mode, bias, step.scratch);
    if (hidden && activation != RELU) activate(activation, slopeOf(step), value, rows * y.width);
  }
}

/** Adds the gradients of weights, biases and x; the hidden layers' deltas stay in the scratch. */
export function mlpBackward(step: Step, from: i32, to: i32): void {
  const rows = to - from;
  const last = step.writes - 1;
  let delta = adjointAt(write(step, last), from);
  let next = step.scratch + gemmScratchBytes();
  let other = next + <usize>(rows * widestOf(step)) * 4;
  for (let layer = last; layer >= 0; layer--) {
    const x = inputOf(step, layer);
    const outputs = write(step, layer).width;
    const weights = param(step, 2 * layer);
    gemm(TRANSPOSE_A, x.width, outputs, rows, valueAt(x, from), delta, weights.adjoint, ACCUMULATE, 0, step.scratch);
    sumColumns(delta, param(step, 2 * layer + 1).adjoint, rows, outputs, 1, true);
    if (layer == 0) {
      gemm(TRANSPOSE_B, rows, x.width, outputs, delta, weights.value, adjointAt(x, from), ACCUMULATE, 0, step.scratch);
      return;
    }
    // Where nobody else reads this layer, the product itself can pass the rectifier.
    const fused = activationOf(step) == RELU && !x.adjoint && (x.width & 3) == 0 && x.width > THIN;
    gemm(TRANSPOSE_B, rows, x.width, outputs, delta, weights.value, next, fused ? WHERE_RISEN : 0, valueAt(x, from), step.scratch);
    if (x.adjoint) add(1, rows * x.width, next, 0, adjointAt(x, from), 0, 0, next);
    if (!fused) activateBackward(activationOf(step), slopeOf(step), valueAt(x, from), next, rows * x.width);
    delta = next;
    next = other;
    other = delta;
  }
}
