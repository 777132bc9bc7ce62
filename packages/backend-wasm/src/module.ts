import { fail } from "@flows/core";
import type { Exports } from "./exports.js";
import { plain, relaxed } from "./generated/kernels.js";

type Build = typeof plain;

/** The limits of the imported memory: bounded, or bounded and shared. One binary serves both. */
const BOUNDED = 1;
const SHARED = 3;

function bytesOf({ base64, memoryFlag }: Build, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  bytes[memoryFlag] = shared ? SHARED : BOUNDED;
  return bytes;
}

/** Node 20 has relaxed SIMD behind a flag, which may be set until the first module that uses it is compiled. */
function enableRelaxed(): void {
  const node = globalThis.process;
  if (!node?.versions?.node?.startsWith("20.")) return;
  node.getBuiltinModule?.("node:v8").setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/** The bytes for this machine: relaxed SIMD (one rounding in a multiply-add) where it exists and is wanted. */
export function chooseBytes(wantRelaxed: boolean, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(relaxed, shared);
  if (wantRelaxed && !WebAssembly.validate(bytes)) enableRelaxed();
  if (wantRelaxed && WebAssembly.validate(bytes)) return bytes;
  const least = bytesOf(plain, shared);
  if (!WebAssembly.validate(least))
    fail(
      "backend",
      "flows/wasm",
      "this engine has no WebAssembly SIMD. Use Node 20 or a browser of 2023 or later, or cpu() of @flows/backend-cpu.",
    );
  return least;
}

export async function instantiate(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): Promise<Exports> {
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as unknown as Exports;
}
