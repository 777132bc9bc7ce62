/** Reads as much of the wasm binary format as the build needs: https://webassembly.github.io/spec/core/binary/modules.html */
const IMPORT = 2;
const DATA = 11;
const MEMORY = 2;

function unsigned(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value >>> 0, at];
  }
}

function* sections(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = unsigned(bytes, at + 1);
    yield { id, start };
    at = start + size;
  }
}

/** Static data would overwrite the arena's first block. */
export function refuseDataSegment(bytes) {
  if ([...sections(bytes)].some((section) => section.id === DATA))
    throw new Error("The module has a data segment: remove static data from assembly/.");
}

/** Where the limits of the one import, env.memory, begin: 1 there says bounded, 3 bounded and shared. */
export function memoryFlag(bytes) {
  const section = [...sections(bytes)].find(({ id }) => id === IMPORT);
  let [count, at] = unsigned(bytes, section.start);
  for (let names = 0; names < 2; names++) {
    const [length, start] = unsigned(bytes, at);
    at = start + length;
  }
  if (count !== 1 || bytes[at] !== MEMORY || bytes[at + 1] !== 3)
    throw new Error("The module must import one shared memory and nothing else.");
  return at + 1;
}
