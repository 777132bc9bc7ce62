import { sizeOf } from "@flows/core/author";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Device, isOurs } from "../device/device.js";
import type { MapName } from "../generated/kernels.js";
import type { Attributes, Override } from "./override.js";

const plain: Readonly<Record<string, MapName>> = {
  Abs: "abs",
  Ceil: "ceil",
  Elu: "elu",
  Exp: "exp",
  Expm1: "expm1",
  Floor: "floor",
  Log: "log",
  Log1p: "log1p",
  Neg: "neg",
  Reciprocal: "reciprocal",
  Relu: "relu",
  Rsqrt: "rsqrt",
  Sigmoid: "sigmoid",
  Sign: "sign",
  Softplus: "softplus",
  Sqrt: "sqrt",
  Square: "square",
  Tanh: "tanh",
};

type MapFunction = (device: Device, x: number, y: number, n: number, attrs: Attributes) => void;

const override = (kernelName: string, run: MapFunction): Override => ({
  kernelName,
  inputNames: ["x"],
  attempt: (device, [x], attrs) => (isOurs(x!) ? mapped(device, x!, attrs, run) : undefined),
});

function mapped(device: Device, x: TensorInfo, attrs: Attributes, run: MapFunction): TensorInfo {
  const y = device.backend.output(x.shape);
  run(device, device.backend.pointer(x), device.backend.pointer(y), sizeOf(x.shape), attrs);
  return y;
}

/** y = f(x), number by number. */
export const maps: readonly Override[] = [
  ...Object.entries(plain).map(([kernelName, name]) => override(kernelName, ({ wasm }, x, y, n) => wasm[name](x, y, n))),
  override("LeakyRelu", ({ wasm }, x, y, n, { alpha }) => wasm.leakyRelu(x, y, n, alpha as number)),
  override("Step", ({ wasm }, x, y, n, { alpha }) => wasm.step(x, y, n, alpha as number)),
  override("ClipByValue", ({ wasm }, x, y, n, { clipValueMin, clipValueMax }) =>
    wasm.clip(x, y, n, clipValueMin as number, clipValueMax as number),
  ),
];
