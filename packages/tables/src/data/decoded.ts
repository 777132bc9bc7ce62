import { fail } from "@flows/core/author";

/** A text, and the encoding it was in. */
export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/** By its byte order mark, or by zero bytes in every second place. */
function markedEncoding(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return "utf-16le";
  if (startsWith(bytes, 0xfe, 0xff)) return "utf-16be";
  const sample = bytes.subarray(0, 200);
  const zeros = (odd: number): number => sample.reduce((count, byte, i) => count + Number(byte === 0 && i % 2 === odd), 0);
  if (sample.length > 8 && zeros(1) > 0.4 * sample.length && zeros(0) === 0) return "utf-16le";
  if (sample.length > 8 && zeros(0) > 0.4 * sample.length && zeros(1) === 0) return "utf-16be";
  return undefined;
}

/** The text of a file: as told, by its byte order mark, as UTF-8, or as Windows-1252 where it is no UTF-8. Throws FlowsError "data". */
export function decoded(name: string, bytes: Uint8Array, told?: string): Decoded {
  if (startsWith(bytes, 0x50, 0x4b, 3, 4))
    fail("data", name, "this is a zip file, as .xlsx and .npz are, and no table of text. Save the sheet as CSV.");
  const asked = told ?? markedEncoding(bytes);
  if (asked !== undefined) return { text: decode(name, bytes, asked), encoding: asked };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}

function decode(name: string, bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof RangeError)
      fail("config", name, `there is no encoding ${encoding}. Known are those of browsers, such as utf-8, utf-16le, windows-1252.`);
    return fail("data", name, `it is no text in ${encoding}. Say another encoding, or leave it out.`, { cause });
  }
}
