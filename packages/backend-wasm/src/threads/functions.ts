import { type CompiledRows, fail, oneKernelEach, type RowKernel } from "@flows/core/author";
import type { Exports } from "../binary/exports.js";
import type { Instance } from "../binary/module.js";
import { ownOps, ownRows } from "../rows/own-rows.js";
import type { KernelFunction } from "./interpret.js";
import { joinModule } from "./join-module.js";

/** A compiled module and the names of those of its exports that command buffers call. */
export interface LinkedModule {
  readonly module: WebAssembly.Module;
  readonly names: readonly string[];
}

/** What command buffers can call, by number: the same numbers in every thread. */
export interface Functions {
  readonly sources: readonly LinkedModule[];
  /** This thread's. */
  readonly table: readonly KernelFunction[];
  /** Row ops that have a kernel here. */
  readonly ops: ReadonlySet<string>;
  numberOf(op: string, way: Way): number;
  /** Bytes of room that our matrix product needs. */
  readonly productBytes: number;
  readonly clear: number;
  readonly carry: number;
  readonly gatherParts: number;
  readonly noise: number;
  readonly squares: number;
  readonly adam: number;
}

type Way = "forward" | "backward";
const ways: readonly Way[] = ["forward", "backward"];

/** An op's kernel, and which of the sources it is in. */
interface Kernel extends CompiledRows {
  readonly op: string;
  readonly source: number;
}

const namesOf = ({ forward, backward }: CompiledRows): readonly string[] => [forward, backward];

const around = ["clear", "carry", "gatherParts", "noise", "squares", "adam"] as const;

/** Numbers our exports and those of the plugins' modules. The module of a backend that only scores and draws has fewer of ours. */
export async function functionsOf(
  own: Instance,
  plugins: readonly RowKernel[],
  instantiate: (bytes: Uint8Array) => Promise<Instance>,
): Promise<Functions> {
  const ours = ownOps(own.exports);
  oneKernelEach("flows/wasm", [...ours, ...plugins.map(({ spec }) => spec.op)]);
  const kernels: Kernel[] = ours.map((op) => ({ op, source: 0, ...ownRows(op) }));
  const ownNames = [...around, ...kernels.flatMap(namesOf)].filter((name) => name in own.exports);
  const sources: LinkedModule[] = [{ module: own.module, names: ownNames }];
  const instances = [own.exports];
  for (const { spec, binaries } of plugins) {
    const binary = binaries?.wasm;
    if (!binary) continue;
    const made = await joinModule(spec.op, binary, instantiate);
    kernels.push({ op: spec.op, source: sources.length, forward: binary.forward, backward: binary.backward });
    sources.push({ module: made.module, names: namesOf(binary) });
    instances.push(made.exports);
  }
  const named = sources.flatMap(({ names }, source) => names.map((name) => ({ source, name })));
  const table = named.map(({ source, name }) => instances[source]![name] as KernelFunction);
  const numberOf = (source: number, wanted: string): number => named.findIndex((one) => one.source === source && one.name === wanted);
  const numbers = new Map(
    kernels.flatMap((kernel) => ways.map((way) => [`${kernel.op} ${way}`, numberOf(kernel.source, kernel[way])] as const)),
  );
  const ops = new Set(kernels.map(({ op }) => op));
  return {
    sources,
    table,
    ops,
    numberOf: (op, way) =>
      numbers.get(`${op} ${way}`) ?? fail("backend", "flows/wasm", `no kernel for the row op ${op}. Known: ${[...ops].join(", ")}.`),
    productBytes: (own.exports as unknown as Exports).gemmScratchBytes(),
    clear: numberOf(0, "clear"),
    carry: numberOf(0, "carry"),
    gatherParts: numberOf(0, "gatherParts"),
    noise: numberOf(0, "noise"),
    squares: numberOf(0, "squares"),
    adam: numberOf(0, "adam"),
  };
}
