import { RELU, activate, activateBackward } from "./activation";
import { ACCUMULATE, BIAS, RECTIFY, TRANSPOSE_A, TRANSPOSE_B, gemm } from "./gemm";
import { sumColumns } from "./reduce";

/** Rows that go through all layers before the next ones: their activations stay in the cache. */
const CHUNK: i32 = 256;

/** One pass as the caller lays it out in memory, 32-bit words; the layers follow it. */
@unmanaged
class Pass {
  layers: i32;
  activation: i32;
  slope: f32;
  /** 1 where hidden values are kept for all rows, 0 where they hold one chunk only. */
  keep: i32;
  scratch: usize;
  x: usize;
  /** Added to; 0 where it is not wanted. */
  dx: usize;
  dValue: usize;
  /** Two buffers of one chunk by the widest layer. */
  delta: usize;
  nextDelta: usize;
}

@unmanaged
class Layer {
  inputs: i32;
  outputs: i32;
  weights: usize;
  bias: usize;
  value: usize;
  dWeights: usize;
  dBias: usize;
}

@inline
function layerOf(pass: Pass, index: i32): Layer {
  return changetype<Layer>(changetype<usize>(pass) + offsetof<Pass>() + <usize>index * offsetof<Layer>());
}

export function mlpChunk(): i32 {
  return CHUNK;
}

@inline
function rowAt(base: usize, row: i32, width: i32): usize {
  return base + (<usize>row * <usize>width << 2);
}

/** The layer's values at `row`: the last layer's are always there, a hidden one's where they are kept. */
@inline
function valueAt(pass: Pass, index: i32, row: i32): usize {
  const layer = layerOf(pass, index);
  return rowAt(layer.value, index == pass.layers - 1 || pass.keep ? row : 0, layer.outputs);
}

/** Value of a stack of dense layers for the rows from..to: h = activation(h W + b), none after the last. */
export function mlpForward(pass: Pass, from: i32, to: i32): void {
  const rectify = pass.activation == RELU;
  for (let row = from; row < to; row += CHUNK) {
    const rows = min(to - row, CHUNK);
    let input = rowAt(pass.x, row, layerOf(pass, 0).inputs);
    for (let i = 0; i < pass.layers; i++) {
      const layer = layerOf(pass, i);
      const hidden = i < pass.layers - 1;
      const value = valueAt(pass, i, row);
      const mode = hidden && rectify ? BIAS | RECTIFY : BIAS;
      gemm(0, rows, layer.outputs, layer.inputs, input, layer.weights, value, mode, layer.bias, pass.scratch);
      if (hidden && !rectify) activate(pass.activation, pass.slope, value, rows * layer.outputs);
      input = value;
    }
  }
}

/** Adds the gradients of weights, biases and (where wanted) x of the rows from..to. */
export function mlpBackward(pass: Pass, from: i32, to: i32): void {
  for (let row = from; row < to; row += CHUNK) {
    const rows = min(to - row, CHUNK);
    let delta = rowAt(pass.dValue, row, layerOf(pass, pass.layers - 1).outputs);
    let next = pass.delta;
    for (let i = pass.layers - 1; i >= 0; i--) {
      const layer = layerOf(pass, i);
      const input = i > 0 ? valueAt(pass, i - 1, row) : rowAt(pass.x, row, layer.inputs);
      gemm(TRANSPOSE_A, layer.inputs, layer.outputs, rows, input, delta, layer.dWeights, ACCUMULATE, 0, pass.scratch);
      sumColumns(delta, layer.dBias, rows, layer.outputs, 1, true);
      if (i > 0) {
        gemm(TRANSPOSE_B, rows, layer.inputs, layer.outputs, delta, layer.weights, next, 0, 0, pass.scratch);
        activateBackward(pass.activation, pass.slope, input, next, rows * layer.inputs);
        delta = next;
        next = next == pass.delta ? pass.nextDelta : pass.delta;
      } else if (pass.dx) {
        const dx = rowAt(pass.dx, row, layer.inputs);
        gemm(TRANSPOSE_B, rows, layer.inputs, layer.outputs, delta, layer.weights, dx, ACCUMULATE, 0, pass.scratch);
      }
    }
  }
}
