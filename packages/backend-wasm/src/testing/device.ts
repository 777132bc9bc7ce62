import { kernels } from "../generated/kernels.js";
import { createDevice, type Settings } from "../load/load.js";

/** A device whose kernels a test calls by address, with copies in and out. */
export async function testDevice(settings: Partial<Settings> = {}) {
  const device = await createDevice(kernels, { relaxed: true, maximumBytes: 2 ** 30, ...settings });
  const { arena, wasm, scratch } = device;
  const view = (at: number, length: number) => new Float32Array(arena.memory.buffer, at, length);
  const room = (length: number): number => arena.allocate(4 * length);
  return {
    arena,
    wasm,
    scratch,
    room,
    put: (values: ArrayLike<number>): number => {
      const at = room(values.length);
      view(at, values.length).set(values);
      return at;
    },
    get: (at: number, length: number): Float32Array => view(at, length).slice(),
  };
}
