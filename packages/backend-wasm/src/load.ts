import { type AnyKernel, fail, type LoadedBackend, onTape, type Plugin } from "@flows/core";
import { copyRegisteredKernels, getKernelsForBackend, registerBackend, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { arena } from "./arena.js";
import { createBackend } from "./backend.js";
import type { Device } from "./device.js";
import { adamKernel } from "./kernels/adam.js";
import { cuts } from "./kernels/cuts.js";
import { joins } from "./kernels/joins.js";
import { maps } from "./kernels/maps.js";
import { matMul } from "./kernels/mat-mul.js";
import { mlpKernel } from "./kernels/mlp.js";
import { asConfig } from "./kernels/override.js";
import { pairs } from "./kernels/pairs.js";
import { sums } from "./kernels/sums.js";
import { transpose } from "./kernels/transpose.js";
import { unpackKernel } from "./kernels/unpack.js";
import { canShare, createMemory } from "./memory.js";
import { chooseBytes, instantiate } from "./module.js";

export interface Settings {
  readonly relaxed: boolean;
  readonly maximumBytes: number;
}

export async function createDevice({ relaxed, maximumBytes }: Settings): Promise<Device> {
  const shared = canShare();
  const blocks = arena(createMemory(shared, maximumBytes), maximumBytes);
  const wasm = await instantiate(chooseBytes(relaxed, shared), blocks.memory);
  const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu");
  const scratch = blocks.allocate(wasm.gemmScratchBytes());
  return { backend: createBackend(MathBackendCPU, blocks), arena: blocks, wasm, scratch };
}

function registerKernels(name: string, device: Device): void {
  copyRegisteredKernels("cpu", name);
  for (const override of [...maps, ...pairs, ...sums, ...cuts, ...joins, transpose, matMul]) {
    unregisterKernel(override.kernelName, name);
    registerKernel(asConfig(override, device, name));
  }
}

const unregisterKernels = (name: string): void => {
  for (const { kernelName } of getKernelsForBackend(name)) unregisterKernel(kernelName, name);
};

/** Ours, and the plugins' row kernels. */
function kernelsOf(device: Device, plugins: readonly Plugin[]): readonly AnyKernel[] {
  const theirs = plugins.flatMap(({ kernels = [] }) => kernels).map(onTape);
  const all: readonly AnyKernel[] = [mlpKernel(device), unpackKernel(device), adamKernel(device), ...theirs];
  const twice = all.find(({ op }, i) => all.findIndex((kernel) => kernel.op === op) !== i);
  return twice ? fail("registry", "flows/wasm", `two kernels for the op ${twice.op}. Each op has one: rename the plugin's.`) : all;
}

/** Registers the backend with tfjs. Tensors that outlive it keep their numbers, and the memory lives as long as they do. */
export async function load(name: string, settings: Settings, plugins: readonly Plugin[]): Promise<LoadedBackend> {
  const device = await createDevice(settings);
  const kernels = kernelsOf(device, plugins);
  registerBackend(name, () => device.backend);
  registerKernels(name, device);
  return { kernels, dispose: () => unregisterKernels(name) };
}
