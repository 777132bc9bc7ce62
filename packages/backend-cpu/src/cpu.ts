import {
  type AnyKernel,
  adamKernel,
  type Backend,
  chooseKernel,
  densityGradientKernel,
  fail,
  interpreter,
  type LoadedBackend,
  onTape,
  type Plugin,
  type RowKernel,
  registerGradients,
  unpackKernel,
} from "@flows/core";
import { findBackend, findBackendFactory, registerBackend } from "@tensorflow/tfjs-core";
import { rowKernels } from "./kernels/index.js";

const name = "cpu";

export interface CpuOptions {
  /** Run chains that lower as programs. Default true. */
  readonly programs?: boolean;
  /** Packages whose row kernels join ours. */
  readonly plugins?: readonly Plugin[];
}

/**
 * The plain backend: tfjs-backend-cpu, and every row op in TypeScript. It needs no WebAssembly, and other backends are measured by it.
 *
 * @example
 * const backend = await useBackend(cpu());
 */
export const cpu = ({ programs = true, plugins = [] }: CpuOptions = {}): Backend => ({
  name,
  precision: "float32",
  options: { programs, plugins: plugins.map((plugin) => plugin.name) },
  load: () => load(kernelsOf(programs, plugins)),
});

async function load(kernels: readonly AnyKernel[]): Promise<LoadedBackend> {
  const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu");
  // The import registers it, but only once in a process.
  if (!findBackendFactory(name)) registerBackend(name, () => new MathBackendCPU());
  // Silences tfjs's advice to install its Node backend.
  Object.assign(findBackend(name), { firstUse: false });
  registerGradients();
  return { kernels, dispose: () => undefined };
}

function kernelsOf(programs: boolean, plugins: readonly Plugin[]): readonly AnyKernel[] {
  const all = [...rowKernels, ...plugins.flatMap((plugin) => plugin.kernels ?? [])];
  const twice = all.find((kernel, i) => all.findIndex(({ op }) => op === kernel.op) !== i);
  if (twice) fail("registry", "flows/backend-cpu", `two kernels for the op ${twice.op}. Each op has one: rename the plugin's.`);
  const chain = interpreter(all);
  const ofPrograms = programs ? [chain, densityGradientKernel(chain)] : [];
  return [unpackKernel, adamKernel, chooseKernel, ...all.filter(byRows).map(onTape), ...ofPrograms];
}

/** A barrier's kernel writes shared rows, which only programs have. */
const byRows = ({ op }: RowKernel): boolean => op !== "batchMoments";
