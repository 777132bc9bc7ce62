import { unsigned } from "./leb.js";

type Bytes = Uint8Array<ArrayBuffer>;

/** The two builds of the kernels. */
export interface Builds {
  readonly plain: Bytes;
  readonly relaxed: Bytes;
}

/** Node's zlib is there at once; its streams, like those of browsers, would have to be loaded first. */
async function inflated(bytes: Bytes): Promise<Bytes> {
  const node = globalThis.process?.getBuiltinModule?.("node:zlib");
  if (node) return Uint8Array.from(node.inflateRawSync(bytes));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Takes apart what codegen/interleave.mjs put together, as base64: two heads, then for each function its two bodies. */
export async function builds(text: string): Promise<Builds> {
  const bytes = await inflated(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const [first, second, functions] = new Uint32Array(bytes.buffer, 0, 3);
  const heads = 12 + first!;
  const parts: [Uint8Array[], Uint8Array[]] = [[bytes.subarray(12, heads)], [bytes.subarray(heads, heads + second!)]];
  let at = heads + second!;
  for (let i = 0; i < 2 * functions!; i++) {
    const [size, start] = unsigned(bytes, at);
    parts[i % 2]!.push(bytes.subarray(at, start + size));
    at = start + size;
  }
  return { plain: joined(parts[0]), relaxed: joined(parts[1]) };
}
