import { type CompiledRows, fail, type RowKernel } from "@flows/core";
import type { Instance } from "../module.js";
import type { OwnRows } from "../rows/kernel.js";
import type { Call } from "./interpret.js";
import { joinModule } from "./join-module.js";

/** A compiled module and the names of those of its exports that jobs call. */
export interface Source {
  readonly module: WebAssembly.Module;
  readonly names: readonly string[];
}

/** What jobs can call, by number: the same numbers in every thread. */
export interface Functions {
  readonly sources: readonly Source[];
  /** This thread's. */
  readonly table: readonly Call[];
  /** Row ops that have a kernel here. */
  readonly ops: ReadonlySet<string>;
  rowsOf(op: string): CompiledRows;
  numberOf(op: string, way: "forward" | "backward"): number;
  readonly clear: number;
  readonly carry: number;
  readonly gatherParts: number;
  readonly noise: number;
  readonly squares: number;
  readonly adam: number;
}

type Own = Instance & { readonly rows: readonly OwnRows[] };

const around = ["clear", "carry", "gatherParts", "noise", "squares", "adam"] as const;

/** Those of our exports that jobs call: the module of a backend that only scores and draws has fewer. */
const ownNames = ({ exports, rows }: Own): readonly string[] =>
  [...around, ...rows.flatMap(({ forward, backward }) => [forward, backward])].filter((name) => name in exports);

/** Numbers our exports and those of the plugins' modules. */
export async function functionsOf(
  own: Own,
  plugins: readonly RowKernel[],
  instantiate: (bytes: Uint8Array) => Promise<Instance>,
): Promise<Functions> {
  const rows = new Map<string, CompiledRows>(own.rows.map((kernel) => [kernel.op, kernel]));
  const sources: Source[] = [{ module: own.module, names: ownNames(own) }];
  const instances = [own.exports];
  for (const { op, binaries } of plugins) {
    const binary = binaries?.wasm;
    if (!binary) continue;
    const made = await joinModule(op, binary, instantiate);
    rows.set(op, binary);
    sources.push({ module: made.module, names: [binary.forward, binary.backward] });
    instances.push(made.exports);
  }
  const named = sources.flatMap(({ names }, source) => names.map((name) => ({ source, name })));
  const table = named.map(({ source, name }) => instances[source]![name] as Call);
  const sourceOf = (op: string): number => (own.rows.some((kernel) => kernel.op === op) ? 0 : 1 + withWasm(plugins).indexOf(op));
  const numberOf = (source: number, wanted: string): number => named.findIndex((one) => one.source === source && one.name === wanted);
  const numbers = new Map(
    [...rows].flatMap(([op, kernel]) => ways.map((way) => [`${op} ${way}`, numberOf(sourceOf(op), kernel[way])] as const)),
  );
  return {
    sources,
    table,
    ops: new Set(rows.keys()),
    rowsOf: (op) => rows.get(op) ?? fail("backend", "flows/wasm", `no kernel for the row op ${op}. Known: ${[...rows.keys()].join(", ")}.`),
    numberOf: (op, way) => numbers.get(`${op} ${way}`)!,
    clear: numberOf(0, "clear"),
    carry: numberOf(0, "carry"),
    gatherParts: numberOf(0, "gatherParts"),
    noise: numberOf(0, "noise"),
    squares: numberOf(0, "squares"),
    adam: numberOf(0, "adam"),
  };
}

const ways = ["forward", "backward"] as const;
const withWasm = (kernels: readonly RowKernel[]): readonly string[] => kernels.filter(({ binaries }) => binaries?.wasm).map(({ op }) => op);
