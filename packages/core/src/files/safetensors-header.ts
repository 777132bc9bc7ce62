import { fail } from "../errors.js";
import { arrays, count, type Dtype, isDtype } from "./named-array.js";
import { jsonFault, quoted } from "./strict-json.js";

/** One tensor of the header; `from` and `to` count bytes behind the header. */
export interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

export interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The most that the format allows a header, in bytes. */
export const longestHeader = 100_000_000;

/** Names no tensor may have. */
export const reserved: ReadonlySet<string> = new Set(["__metadata__", "__proto__"]);

export const refuse = (text: string, cause?: unknown): never => fail("file", "safetensors", text, { cause });

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
/** A length, an offset or a size: a whole number from 0 up. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Reads and checks the JSON of a header over `size` bytes of numbers. */
export function readHeader(text: string, size: number): Header {
  const { __metadata__, ...tensors } = parsed(text);
  const entries = Object.entries(tensors).map(([name, value]) => entry(name, value));
  tile(entries, size);
  return { entries, metadata: __metadata__ === undefined ? {} : strings(__metadata__) };
}

function parsed(text: string): Fields {
  const fault = jsonFault(text, 3);
  if (fault) refuse(`the header is not usable: ${fault}.`);
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : refuse("the header is not a JSON object.");
  } catch (error) {
    return refuse("the header is not valid JSON. The file is damaged or no safetensors file.", error);
  }
}

function strings(value: unknown): Record<string, string> {
  if (!isFields(value)) return refuse("the header's __metadata__ is not an object of strings.");
  const metadata: Record<string, string> = Object.create(null);
  for (const [key, text] of Object.entries(value)) {
    if (key === "__proto__") refuse("__metadata__ has the key __proto__, which is not allowed.");
    metadata[key] = typeof text === "string" ? text : refuse(`__metadata__ ${quoted(key)} is not a string.`);
  }
  return metadata;
}

function entry(name: string, value: unknown): Entry {
  const wrong = (text: string): never => refuse(`entry ${quoted(name)}: ${text}`);
  if (reserved.has(name)) return wrong("this name is not allowed.");
  if (!isFields(value)) return wrong("expected { dtype, shape, data_offsets }.");
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype === "F16" || dtype === "BF16") return wrong(`${dtype} is not read. Convert to F32.`);
  if (!isDtype(dtype)) return wrong(`dtype ${JSON.stringify(dtype)?.slice(0, 80)} is not known. Known: ${Object.keys(arrays).join(", ")}.`);
  if (!Array.isArray(shape) || !shape.every(isCount)) return wrong("shape must be a list of whole numbers from 0 up.");
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return wrong("data_offsets must be two whole numbers from 0 up.");
  const [from, to] = offsets as [number, number];
  const bytes = count(shape) * arrays[dtype].BYTES_PER_ELEMENT;
  if (to - from !== bytes)
    return wrong(`shape [${shape.slice(0, 8)}] of ${dtype} takes ${bytes} bytes, but data_offsets [${from}, ${to}] hold ${to - from}.`);
  return { name, dtype, shape, from, to };
}

/** Entries must cover the bytes once each, as the format demands: no overlap, no hole, nothing left over. */
function tile(entries: readonly Entry[], size: number): void {
  let end = 0;
  for (const { name, from, to } of [...entries].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (to > size)
      refuse(`entry ${quoted(name)}: data_offsets [${from}, ${to}] reach beyond the ${size} bytes of the file. It is cut short.`);
    if (from !== end) refuse(`entry ${quoted(name)}: starts at byte ${from}, but the entry before it ends at ${end}.`);
    end = to;
  }
  if (end !== size) refuse(`the last entry ends at byte ${end}, but the file goes on to ${size}.`);
}
