import { fail } from "@flows/core/author";

/** A text, and how its bytes were read. */
export interface DecodedText {
  readonly text: string;
  /** As the Encoding Standard names it. */
  readonly encoding: string;
}

export interface TextOptions {
  /** As the Encoding Standard names it, "windows-1252"; default found from the bytes. */
  readonly encoding?: string | undefined;
  /** What to call the bytes in errors; default "textOfBytes". */
  readonly name?: string | undefined;
}

/**
 * The text of a file's bytes: by its byte order mark, else UTF-8, else, where the bytes are no UTF-8, Windows-1252; `encoding` names another.
 * Bytes that the encoding does not have, and an encoding that nobody knows, throw a FlowsError "data" or "config".
 */
export function textOfBytes(bytes: Uint8Array, { encoding, name: where = "textOfBytes" }: TextOptions = {}): DecodedText {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    fail("data", where, "this is a ZIP file, as xlsx and npz are, and no text. Save the sheet as CSV.");
  const marked = markOf(bytes);
  if (encoding !== undefined)
    return decoded(where, bytes, encoding) ?? fail("data", where, `its bytes are no text in ${encoding}. Say another encoding.`);
  if (marked) return decoded(where, bytes, marked) ?? fail("data", where, `it begins as ${marked}, but is none. Write or copy it again.`);
  return (
    decoded(where, bytes, "utf-8") ??
    (undefinedInCp1252(bytes) ? undefined : decoded(where, bytes, "windows-1252")) ??
    fail("data", where, "this is no text in UTF-8, nor in Windows-1252. Save it as CSV in UTF-8, or say its encoding.")
  );
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** Five bytes have no character there; zero bytes are in no text of one byte a letter. */
const undefinedInCp1252 = (bytes: Uint8Array): boolean => bytes.some((byte) => [0, 0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte));

function decoded(where: string, bytes: Uint8Array, encoding: string): DecodedText | undefined {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    return fail(
      "config",
      where,
      `there is no encoding ${JSON.stringify(encoding)}. Known are utf-8, utf-16le, windows-1252 and the like.`,
      {
        details: { name: "encoding", expected: "the name of an encoding, as utf-8, utf-16le or windows-1252" },
      },
    );
  }
  try {
    return { text: decoder.decode(bytes), encoding: decoder.encoding };
  } catch {
    return undefined;
  }
}
