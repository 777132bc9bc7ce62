import type { Backend, Plugin } from "@flows/core";
import {
  type AnyKernel,
  adamKernel,
  chooseKernel,
  type LoadedBackend,
  oneKernelEach,
  onTape,
  type RowKernel,
  type RowOpSpec,
  registerGradients,
  unpackKernel,
} from "@flows/core/author";
import { findBackend, findBackendFactory, registerBackend } from "@tensorflow/tfjs-core";
import { rowKernels } from "./kernels/index.js";
import { interpreter } from "./programs/interpreter.js";

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
  load: () => load(programs, plugins),
});

async function load(programs: boolean, plugins: readonly Plugin[]): Promise<LoadedBackend> {
  const rows = rowsOf(plugins);
  const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu");
  // The import registers it, but only once in a process.
  if (!findBackendFactory(name)) registerBackend(name, () => new MathBackendCPU());
  // Silences tfjs's advice to install its Node backend.
  Object.assign(findBackend(name), { firstUse: false });
  registerGradients();
  return {
    kernels: [unpackKernel, adamKernel, chooseKernel],
    rowKernel: (spec) => onTapeOf(rows, spec),
    programs: programs ? interpreter(rows) : undefined,
    dispose: () => undefined,
  };
}

function rowsOf(plugins: readonly Plugin[]): readonly RowKernel[] {
  const all = [...rowKernels, ...plugins.flatMap((plugin) => plugin.kernels ?? [])];
  oneKernelEach(
    "flows/backend-cpu",
    all.map(({ spec }) => spec.op),
  );
  return all;
}

/** A barrier's kernel writes shared rows, which only programs have. */
function onTapeOf(rows: readonly RowKernel[], { op, barrier }: RowOpSpec): AnyKernel | undefined {
  const kernel = barrier ? undefined : rows.find(({ spec }) => spec.op === op);
  return kernel && onTape(kernel);
}
