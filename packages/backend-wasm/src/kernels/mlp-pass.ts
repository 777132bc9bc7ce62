import type { Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";

/** Codes of assembly/activation.ts. */
export const activations = { relu: 1, leakyRelu: 2, elu: 3, tanh: 4, sigmoid: 5, softplus: 6 } as const;

export interface Dense {
  /** Outputs of every layer. */
  readonly widths: readonly number[];
  /** After every layer but the last. */
  readonly activation: keyof typeof activations;
  /** Of leakyRelu below 0; default 0.01. */
  readonly slope?: number;
}

/** What one pass reads and writes; a list has one tensor a layer, and what a pass does not need is left out. */
export interface Pass {
  /** Hidden values of all rows are kept; else they hold one chunk. */
  readonly keep: boolean;
  readonly x: Tensor;
  readonly weights: readonly Tensor[];
  readonly biases?: readonly Tensor[];
  readonly values: readonly Tensor[];
  readonly dx?: Tensor;
  readonly dValue?: Tensor;
  readonly dWeights?: readonly Tensor[];
  readonly dBiases?: readonly Tensor[];
}

const LEAKY_SLOPE = 0.01;
const HEADER_WORDS = 10;
const SLOPE_WORD = 2;
const LAYER_WORDS = 7;

/** Lays out the struct `Pass` of assembly/mlp.ts, runs `go` with its address, and gives the memory back. */
export function withPass(device: Device, { widths, activation, slope = LEAKY_SLOPE }: Dense, pass: Pass, go: (at: number) => void): void {
  const { arena, backend, scratch, wasm } = device;
  const pointer = (tensor: Tensor | undefined): number => (tensor ? backend.pointer(tensor) : 0);
  const [rows, inputs] = pass.x.shape as [number, number];
  const keep = pass.keep ? 1 : 0;
  const header = [widths.length, activations[activation], 0, keep, scratch, pointer(pass.x), pointer(pass.dx), pointer(pass.dValue)];
  const lists = [pass.weights, pass.biases, pass.values, pass.dWeights, pass.dBiases];
  const layers = widths.flatMap((width, i) => [widths[i - 1] ?? inputs, width, ...lists.map((list) => pointer(list?.[i]))]);
  const words = HEADER_WORDS + LAYER_WORDS * widths.length;
  const deltaBytes = pass.dValue ? 4 * Math.min(wasm.mlpChunk(), rows) * Math.max(...widths) : 0;
  const bytes = 4 * words + 2 * deltaBytes;
  const at = arena.allocate(bytes);
  const delta = at + 4 * words;
  new Int32Array(arena.memory.buffer, at, words).set([...header, delta, delta + deltaBytes, ...layers]);
  new Float32Array(arena.memory.buffer, at, words)[SLOPE_WORD] = slope;
  go(at);
  arena.release(at, bytes);
}
