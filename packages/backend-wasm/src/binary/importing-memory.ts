import { unsigned } from "./leb.js";

/** As much of the binary format as this needs: https://webassembly.github.io/spec/core/binary/modules.html */
const IMPORT = 2;
const DATA = 11;
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

/** Where the limits of the first import begin. */
function limitsOf(bytes: Uint8Array): number {
  let [, at] = unsigned(bytes, sections(bytes).get(IMPORT)!);
  for (let names = 0; names < 2; names++) {
    const [length, start] = unsigned(bytes, at);
    at = start + length;
  }
  return at + 1;
}

/** Whether a compiled module has static data. */
export const hasData = (bytes: Uint8Array): boolean => sections(bytes).has(DATA);

/** Whether the memory that a compiled module imports has a maximum. */
export const isBounded = (bytes: Uint8Array): boolean => [BOUNDED, SHARED].includes(bytes[limitsOf(bytes)]!);

/** A module whose one import is a memory with a maximum, with that memory declared shared or not. */
export function importingMemory(bytes: Uint8Array, shared: boolean): Uint8Array<ArrayBuffer> {
  const own = Uint8Array.from(bytes);
  own[limitsOf(own)] = shared ? SHARED : BOUNDED;
  return own;
}
