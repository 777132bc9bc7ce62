import type { Plugin } from "@flows/core";
import { type AnyKernel, type LoadedBackend, oneKernelEach, onTape, type RowKernel, rowOps } from "@flows/core/author";
import { arena, type Engine, engine, programEngine, rowsOnTape } from "@flows/programs";
import { copyRegisteredKernels, getKernelsForBackend, registerBackend, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import type { Exports } from "../binary/exports.js";
import { chooseBytes, forMemory, type Instance, instantiate } from "../binary/module.js";
import { createBackend } from "../device/backend.js";
import { type Device, deviceOf } from "../device/device.js";
import { noiseKernel } from "../kernels/noise.js";
import { asConfig } from "../kernels/override.js";
import { canShare, createMemory, ensure } from "../memory/memory.js";
import { functionsOf } from "../threads/functions.js";
import { type ThreadPool, threadPool } from "../threads/thread-pool.js";
import type { Edition } from "./edition.js";

export interface Settings {
  readonly relaxed: boolean;
  readonly maximumBytes: number;
  readonly threads: number;
}

/** What is loaded once: a device, and the threads that run programs on it. */
interface Loaded {
  readonly device: Device;
  readonly pool: ThreadPool;
  readonly engine: Engine;
}

export async function createDevice(
  text: string,
  { relaxed, maximumBytes }: Omit<Settings, "threads">,
): Promise<Device & { readonly instance: Instance }> {
  const shared = canShare();
  const memory = createMemory(shared, maximumBytes);
  const blocks = arena(memory, (bytes) => ensure(memory, bytes, maximumBytes));
  const instance = await instantiate(await chooseBytes(text, relaxed, shared), blocks.memory);
  const wasm = instance.exports as unknown as Exports;
  const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu");
  const scratch = blocks.allocate(wasm.gemmScratchBytes());
  return { ...deviceOf({ backend: createBackend(MathBackendCPU, blocks), arena: blocks, wasm, scratch }), instance };
}

async function loaded({ text, wholePlan }: Edition, settings: Settings, theirs: readonly RowKernel[]): Promise<Loaded> {
  const { instance, ...device } = await createDevice(text, settings);
  const { arena: blocks } = device;
  const functions = await functionsOf(instance, theirs, (bytes) => instantiate(forMemory(bytes, blocks.memory), blocks.memory));
  const threads = threadPool(blocks, functions, settings.threads);
  return { device, pool: threads, engine: engine(blocks, functions, threads, wholePlan) };
}

function registerKernels({ name, overrides, prepareTape }: Edition, device: Device): void {
  copyRegisteredKernels("cpu", name);
  for (const override of overrides) {
    unregisterKernel(override.kernelName, name);
    registerKernel(asConfig(override, device, name));
  }
  prepareTape(name);
}

const unregisterKernels = (name: string): void => {
  for (const { kernelName } of getKernelsForBackend(name)) unregisterKernel(kernelName, name);
};

/** Ours, and the plugins' row kernels: on the tape in WebAssembly where there is one, else in JavaScript. */
function kernelsOf({ training, kernels }: Edition, { device, engine }: Loaded, theirs: readonly RowKernel[]): readonly AnyKernel[] {
  const compiled = [...rowOps, ...theirs.flatMap(({ spec, binaries }) => (binaries?.wasm ? [spec] : []))];
  return [
    noiseKernel(device, engine),
    ...kernels(device, engine),
    ...compiled.filter(({ barrier }) => !barrier).map((spec) => rowsOnTape(device, engine, training?.backwardPass, spec)),
    ...theirs.filter(({ spec, binaries }) => !spec.barrier && !binaries?.wasm).map(onTape),
  ];
}

/** Registers the backend with tfjs. Tensors that outlive it keep their numbers, and the memory lives as long as they do. */
export async function load(edition: Edition, settings: Settings, plugins: readonly Plugin[]): Promise<LoadedBackend> {
  const theirs = plugins.flatMap((plugin) => plugin.kernels ?? []);
  oneKernelEach("flows/wasm", [...rowOps.map((spec) => ({ spec })), ...theirs]);
  const all = await loaded(edition, settings, theirs);
  const kernels = kernelsOf(edition, all, theirs);
  registerBackend(edition.name, () => all.device.backend);
  registerKernels(edition, all.device);
  return {
    kernels,
    programs: programEngine(all.device, all.engine, edition.training),
    dispose: () => {
      all.pool.dispose();
      unregisterKernels(edition.name);
    },
  };
}
