import { fail } from "@flows/core/author";

const PAGE = 65536;
const INITIAL_PAGES = 256;

/** True where one memory may be posted to workers: Node, and pages that are cross-origin isolated. */
export const canShare = (): boolean => typeof SharedArrayBuffer !== "undefined" && globalThis.crossOriginIsolated !== false;

/** The one memory all tensors live in. */
export function createMemory(shared: boolean, maximumBytes: number): WebAssembly.Memory {
  const maximum = Math.floor(maximumBytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial: Math.min(INITIAL_PAGES, maximum), maximum, shared });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return fail("backend", "flows/wasm", `this machine does not reserve ${maximumBytes} bytes. Pass a smaller maximumBytes.`, { cause });
  }
}

/** Makes sure that `bytes` bytes exist; grows by an eighth at least, so that growing stays rare. */
export function ensure(memory: WebAssembly.Memory, bytes: number, maximumBytes: number): void {
  const length = memory.buffer.byteLength;
  if (bytes <= length) return;
  const least = Math.ceil((bytes - length) / PAGE);
  const room = Math.floor((maximumBytes - length) / PAGE);
  try {
    memory.grow(Math.max(least, Math.min(Math.ceil(length / PAGE / 8), room)));
  } catch (cause) {
    const text = `tensors need ${bytes} bytes, the memory holds at most ${maximumBytes}. Dispose tensors, use smaller batches or pass a larger maximumBytes (up to 4 GiB).`;
    fail("backend", "flows/wasm", text, { cause });
  }
}
