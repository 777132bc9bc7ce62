import type { Plugin } from "@flows/core";
import type { AnyKernel, LoadedBackend, RowKernel, RowOpSpec } from "@flows/core/author";
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
import { allowed } from "./allowed.js";
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
  const bytes = await chooseBytes(text, relaxed, shared);
  const { memory, instance } = await allowed(async () => {
    const memory = createMemory(shared, maximumBytes);
    return { memory, instance: await instantiate(bytes, memory) };
  });
  const blocks = arena(memory, (bytes) => ensure(memory, bytes, maximumBytes));
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

/** A row op on the tape: in WebAssembly where there is a kernel, ours or a plugin's, else by the plugin's in JavaScript. */
function onTapeOf(
  { training, onTape }: Edition,
  { device, engine }: Loaded,
  theirs: readonly RowKernel[],
  spec: RowOpSpec,
): AnyKernel | undefined {
  if (spec.barrier) return undefined;
  if (engine.functions.ops.has(spec.op)) return rowsOnTape(device, engine, training, spec);
  const kernel = theirs.find((one) => one.spec.op === spec.op);
  return kernel && onTape(kernel);
}

/** Registers the backend with tfjs. Tensors that outlive it keep their numbers, and the memory lives as long as they do. */
export async function load(edition: Edition, settings: Settings, plugins: readonly Plugin[]): Promise<LoadedBackend> {
  const theirs = plugins.flatMap((plugin) => plugin.kernels ?? []);
  const all = await loaded(edition, settings, theirs);
  registerBackend(edition.name, () => all.device.backend);
  registerKernels(edition, all.device);
  return {
    kernels: [noiseKernel(all.device, all.engine), ...edition.kernels(all.device, all.engine)],
    rowKernel: (spec) => onTapeOf(edition, all, theirs, spec),
    programs: programEngine(all.device, all.engine, edition.training),
    dispose: () => {
      all.pool.dispose();
      unregisterKernels(edition.name);
    },
  };
}
