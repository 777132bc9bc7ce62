import { fail, type Kernel } from "@flows/core";
import { engine, type Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";

/** Codes of assembly/activation.ts. */
const activations = { relu: 1, leakyRelu: 2, elu: 3, tanh: 4, sigmoid: 5, softplus: 6 } as const;

/** What the op `mlp` passes: outputs of every layer, what follows every layer but the last, the slope of leakyRelu. */
export interface MlpAttrs {
  readonly attrs: { readonly widths: readonly number[]; readonly activation: keyof typeof activations; readonly slope?: number };
}

const LEAKY_SLOPE = 0.01;
const HEADER_WORDS = 10;
const LAYER_WORDS = 7;

interface Layers {
  readonly weights: readonly Tensor[];
  readonly biases: readonly Tensor[];
  readonly values: readonly Tensor[];
  readonly dWeights: readonly Tensor[];
  readonly dBiases: readonly Tensor[];
}

const none: Layers = { weights: [], biases: [], values: [], dWeights: [], dBiases: [] };

function tensorsOf({ backend }: Device, shapes: readonly (readonly number[])[]): Tensor[] {
  return shapes.map((shape) => engine().makeTensorFromTensorInfo(backend.output(shape)));
}

function zeros(device: Device, shapes: readonly (readonly number[])[]): Tensor[] {
  const made = tensorsOf(device, shapes);
  for (const tensor of made) device.wasm.fillZero(device.backend.pointer(tensor), 4 * tensor.size);
  return made;
}

/** Dense stack h = activation(h W + b), no activation after the last layer: forward and backward in one call into wasm each. */
export function mlpKernel(device: Device): Kernel<MlpAttrs> {
  const { backend, arena, wasm, scratch } = device;
  const chunk = wasm.mlpChunk();
  const pointer = (tensor: Tensor | undefined): number => (tensor ? backend.pointer(tensor) : 0);

  /** Lays out the struct `Pass` of assembly/mlp.ts, runs, and gives the memory back. */
  function run(
    attrs: MlpAttrs["attrs"],
    layers: Layers,
    pass: { keep: boolean; x: Tensor; dx?: Tensor; dValue?: Tensor },
    go: (at: number) => void,
  ): void {
    const { widths, activation, slope = LEAKY_SLOPE } = attrs;
    const delta = pass.dValue ? 4 * Math.min(chunk, pass.x.shape[0]!) * Math.max(...widths) : 0;
    const words = HEADER_WORDS + LAYER_WORDS * widths.length;
    const header = [
      widths.length,
      activations[activation],
      0,
      pass.keep ? 1 : 0,
      scratch,
      pointer(pass.x),
      pointer(pass.dx),
      pointer(pass.dValue),
    ];
    const body = widths.flatMap((outputs, i) => [
      i === 0 ? pass.x.shape[1]! : widths[i - 1]!,
      outputs,
      ...[layers.weights, layers.biases, layers.values, layers.dWeights, layers.dBiases].map((list) => pointer(list[i])),
    ]);
    const bytes = 4 * words + 2 * delta;
    const at = arena.allocate(bytes);
    const deltas = at + 4 * words;
    new Int32Array(arena.memory.buffer, at, words).set([...header, deltas, deltas + delta, ...body]);
    new Float32Array(arena.memory.buffer, at, words)[2] = slope;
    go(at);
    arena.release(at, bytes);
  }

  return {
    op: "mlp",
    forward: (inputs, { attrs }, { saving }) => {
      if (!(attrs.activation in activations))
        fail("config", "flows/mlp", `activation must be one of ${Object.keys(activations).join(", ")}, got ${attrs.activation}.`);
      const x = inputs[0]!;
      const rows = x.shape[0]!;
      const weights = inputs.filter((_, i) => i % 2 === 1);
      const biases = inputs.filter((_, i) => i > 0 && i % 2 === 0);
      const kept = saving ? rows : Math.min(chunk, rows);
      const hidden = tensorsOf(
        device,
        attrs.widths.slice(0, -1).map((width) => [kept, width]),
      );
      const [value] = tensorsOf(device, [[rows, attrs.widths.at(-1)!]]);
      const [logDet] = zeros(device, [[rows]]);
      run(attrs, { ...none, weights, biases, values: [...hidden, value!] }, { keep: saving, x }, (at) => wasm.mlpForward(at, 0, rows));
      if (!saving) for (const tensor of hidden) tensor.dispose();
      return { outputs: [value!, logDet!], saved: saving ? [x, ...weights, ...hidden] : [] };
    },
    backward: (saved, [dValue], { attrs }) => {
      const x = saved[0]!;
      const weights = saved.slice(1, 1 + attrs.widths.length);
      const values = saved.slice(1 + attrs.widths.length);
      const [dx] = zeros(device, [x.shape]);
      const dWeights = zeros(
        device,
        weights.map(({ shape }) => shape),
      );
      const dBiases = zeros(
        device,
        attrs.widths.map((width) => [width]),
      );
      const layers = { weights, biases: [], values, dWeights, dBiases };
      run(attrs, layers, { keep: true, x, dx: dx!, dValue: dValue! }, (at) => wasm.mlpBackward(at, 0, x.shape[0]!));
      return [dx!, ...dWeights.flatMap((dWeight, i) => [dWeight, dBiases[i]!])];
    },
  };
}
