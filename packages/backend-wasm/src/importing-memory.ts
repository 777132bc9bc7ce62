import { fail } from "@flows/core";
import { unsigned } from "./leb.js";

/** As much of the binary format as this needs: https://webassembly.github.io/spec/core/binary/modules.html */
const IMPORT = 2;
const DATA = 11;
const MEMORY = 2;
const BOUNDED = 1;
const SHARED = 3;

function sections(bytes: Uint8Array): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let at = 8; at < bytes.length; ) {
    const [size, start] = unsigned(bytes, at + 1);
    found.set(bytes[at]!, start);
    at = start + size;
  }
  return found;
}

/** Where the limits of the one import, a memory with a maximum, begin. */
function limitsOf(bytes: Uint8Array, imports: number | undefined): number {
  if (imports === undefined) return refuse();
  let [count, at] = unsigned(bytes, imports);
  for (let names = 0; names < 2; names++) {
    const [length, start] = unsigned(bytes, at);
    at = start + length;
  }
  const bounded = bytes[at + 1] === BOUNDED || bytes[at + 1] === SHARED;
  return count === 1 && bytes[at] === MEMORY && bounded ? at + 1 : refuse();
}

const refuse = (): never =>
  fail("registry", "flows/wasm", "a kernel's module must import one memory with a maximum, env.memory, and nothing else.");

/** The module with its imported memory declared shared or not. Refuses static data, which would overwrite tensors. */
export function importingMemory(bytes: Uint8Array, shared: boolean): Uint8Array<ArrayBuffer> {
  const found = sections(bytes);
  if (found.has(DATA))
    fail("registry", "flows/wasm", "a kernel's module has static data, which would overwrite tensors. Build it without.");
  const own = Uint8Array.from(bytes);
  own[limitsOf(own, found.get(IMPORT))] = shared ? SHARED : BOUNDED;
  return own;
}
