import { getKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from "@tensorflow/tfjs-core";
import type { Device } from "../device/device.js";

export type Attributes = Readonly<Record<string, unknown>>;

/** A kernel of ours, or undefined where it leaves the case to tfjs's CPU kernel. */
export type Attempt = (device: Device, inputs: readonly TensorInfo[], attrs: Attributes) => TensorInfo | TensorInfo[] | undefined;

/** One tfjs kernel we replace: its name, its inputs in order (none: all of them, as a list). */
export interface Override {
  readonly kernelName: string;
  readonly inputNames: readonly string[];
  readonly attempt: Attempt;
}

export function asConfig({ kernelName, inputNames, attempt }: Override, device: Device, backendName: string): KernelConfig {
  const { kernelFunc } = getKernel(kernelName, "cpu");
  const ordered = (inputs: NamedTensorInfoMap): TensorInfo[] =>
    inputNames.length > 0 ? inputNames.map((name) => inputs[name]!) : (Object.values(inputs) as TensorInfo[]);
  return {
    kernelName,
    backendName,
    kernelFunc: (call) => attempt(device, ordered(call.inputs as NamedTensorInfoMap), (call.attrs ?? {}) as Attributes) ?? kernelFunc(call),
  };
}
