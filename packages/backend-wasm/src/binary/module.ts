import { fail } from "@flows/core/author";
import { builds } from "./builds.js";
import { importingMemory } from "./importing-memory.js";

/** A module's bytes with its imported memory declared shared or not, as this memory is: one binary serves both. */
export const forMemory = (bytes: Uint8Array, { buffer }: WebAssembly.Memory): Uint8Array<ArrayBuffer> =>
  importingMemory(bytes, !(buffer instanceof ArrayBuffer));

/** Node 20 has relaxed SIMD behind a flag, which may be set until the first module that uses it is compiled. */
function enableRelaxed(): void {
  const node = globalThis.process;
  if (!node?.versions?.node?.startsWith("20.")) return;
  node.getBuiltinModule?.("node:v8").setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/** The bytes of a text for this machine: relaxed SIMD (one rounding in a multiply-add) where it exists and is wanted. */
export async function chooseBytes(text: string, wantRelaxed: boolean, shared: boolean): Promise<Uint8Array<ArrayBuffer>> {
  const { plain, relaxed } = await builds(text);
  const bytes = importingMemory(relaxed, shared);
  if (wantRelaxed && !WebAssembly.validate(bytes)) enableRelaxed();
  if (wantRelaxed && WebAssembly.validate(bytes)) return bytes;
  const least = importingMemory(plain, shared);
  if (!WebAssembly.validate(least))
    fail(
      "backend",
      "flows/wasm",
      "this engine has no WebAssembly SIMD. Use Node 20 or a browser of 2023 or later, or cpu() of @flows/backend-cpu.",
    );
  return least;
}

/** A module and its instance on this thread. */
export interface Instance {
  readonly module: WebAssembly.Module;
  readonly exports: WebAssembly.Exports;
}

export async function instantiate(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): Promise<Instance> {
  const { module, instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return { module, exports: instance.exports };
}
