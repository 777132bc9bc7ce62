import { deflateAsync } from "@gfx/zopfli";

const CODE = 10;

function unsigned(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value >>> 0, at];
  }
}

/** A module as what comes before its functions' bodies, and the bodies with their sizes before them. */
function taken(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const [size, start] = unsigned(bytes, at + 1);
    if (bytes[at] !== CODE) {
      at = start + size;
      continue;
    }
    if (start + size !== bytes.length) throw new Error("The code must be the module's last section.");
    let [count, first] = unsigned(bytes, start);
    const head = bytes.subarray(0, first);
    const bodies = [];
    for (; count > 0; count--) {
      const [length, begin] = unsigned(bytes, first);
      bodies.push(bytes.subarray(first, begin + length));
      first = begin + length;
    }
    return { head, bodies };
  }
  throw new Error("The module has no code.");
}

const number = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/**
 * Two builds of the same functions, body beside body and deflated as small as it goes: what they share is stored once. src/builds.ts takes them apart.
 * Layout: bytes of each head, how many bodies, the heads, then for each function its two bodies.
 */
export async function interleaved(plain, relaxed) {
  const [a, b] = [taken(plain), taken(relaxed)];
  if (a.bodies.length !== b.bodies.length) throw new Error("Both builds must have the same functions.");
  const pairs = a.bodies.flatMap((body, i) => [body, b.bodies[i]]);
  const whole = Buffer.concat([number(a.head.length), number(b.head.length), number(pairs.length / 2), a.head, b.head, ...pairs]);
  return Buffer.from(await deflateAsync(whole, { numiterations: 60 }));
}
