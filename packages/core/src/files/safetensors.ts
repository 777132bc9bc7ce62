import { arrays, count, type NamedArray } from "./named-array.js";
import { isCount, longestHeader, readHeader, refuse, reserved } from "./safetensors-header.js";
import { quoted } from "./strict-json.js";

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Map<string, NamedArray>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Named arrays as the bytes of one safetensors file, readable from Python: 8 bytes of header length, the JSON header padded
 * with spaces to a multiple of 8, then the numbers, little-endian. Wider numbers come first, so each array is aligned.
 *
 * Throws FlowsError "file" for a shape that does not fit its data and for the names `__metadata__` and `__proto__`.
 * Source: https://github.com/huggingface/safetensors, "Format".
 */
export function encodeSafetensors(tensors: ReadonlyMap<string, NamedArray>, metadata: Readonly<Record<string, string>>): Uint8Array {
  if (Object.hasOwn(metadata, "__proto__")) refuse("metadata cannot have the key __proto__.");
  const laid = [...tensors].sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  let end = 0;
  const entries = laid.map(([name, array]): [string, unknown] => {
    const from = end;
    end += checked(name, array).data.byteLength;
    return [name, { dtype: array.dtype, shape: array.shape, data_offsets: [from, end] }];
  });
  const header = headerBytes({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const file = new Uint8Array(8 + header.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let at = 8 + header.length;
  for (const [, { data }] of laid) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/**
 * The arrays and metadata of a safetensors file. The arrays are copies.
 *
 * The file may come from a stranger: whatever it holds, the answer is its arrays or a FlowsError "file" that says which entry is
 * wrong, and no more memory is taken than a small multiple of the file's size.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const start = headerEnd(bytes);
  const { entries, metadata } = readHeader(headerText(bytes.subarray(8, start)), bytes.length - start);
  const tensors = new Map<string, NamedArray>();
  for (const { name, dtype, shape, from, to } of entries) {
    const data = new arrays[dtype](count(shape));
    new Uint8Array(data.buffer).set(bytes.subarray(start + from, start + to));
    tensors.set(name, { dtype, shape, data });
  }
  return { tensors, metadata };
}

function checked(name: string, array: NamedArray): NamedArray {
  const { dtype, shape, data } = array;
  if (reserved.has(name)) refuse(`a tensor cannot be named ${quoted(name)}.`);
  if (!(data instanceof arrays[dtype]))
    refuse(`entry ${quoted(name)}: ${dtype} needs a ${arrays[dtype].name}, got a ${data.constructor.name}.`);
  if (!shape.every(isCount) || count(shape) !== data.length)
    refuse(`entry ${quoted(name)}: shape [${shape}] does not hold ${data.length} numbers.`);
  return array;
}

function headerBytes(header: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  if (text.length > longestHeader - 8)
    refuse(`the header takes ${text.length} bytes, and the format allows ${longestHeader}. Shorten the metadata.`);
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(32);
  padded.set(text);
  return padded;
}

function headerEnd(bytes: Uint8Array): number {
  if (bytes.length < 8) refuse(`expected at least 8 bytes, got ${bytes.length}. The file is cut short or empty.`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > longestHeader)
    refuse(`the header claims ${length} bytes, and the format allows ${longestHeader}. This is no safetensors file.`);
  if (length > bytes.length - 8) refuse(`the header claims ${length} bytes, but only ${bytes.length - 8} follow. The file is cut short.`);
  return 8 + length;
}

function headerText(bytes: Uint8Array): string {
  if (bytes[0] !== 0x7b) refuse("the header does not start with {. This is no safetensors file.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    return refuse("the header is not UTF-8 text. The file is damaged or no safetensors file.", error);
  }
}
