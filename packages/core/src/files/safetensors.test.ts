import { describe, expect, it } from "vitest";
import { isFlowsError } from "../errors.js";
import type { NamedArray } from "./named-array.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";

const good = (): Map<string, NamedArray> =>
  new Map<string, NamedArray>([
    ["flow/layers.0.shift", { dtype: "F32", shape: [3], data: new Float32Array([1, -0.5, Number.NaN]) }],
    ["state/Größe", { dtype: "F64", shape: [2, 2], data: new Float64Array([Math.PI, -0, Infinity, 5e-324]) }],
    ["step", { dtype: "I32", shape: [], data: new Int32Array([-(2 ** 31)]) }],
    ["empty", { dtype: "F32", shape: [0, 4], data: new Float32Array(0) }],
  ]);
const metadata = { format: "1", flow: '{"module":"flows/flow"}' };

/** A file around any header text; `size` bytes of numbers behind it. */
function file(header: string, size = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const one = (fields: string, size = 8): Uint8Array => file(`{"w":{${fields}}}`, size);

describe("safetensors", () => {
  it("gives back what it was given, bit by bit", () => {
    const { tensors, metadata: kept } = decodeSafetensors(encodeSafetensors(good(), metadata));
    expect(Object.fromEntries(tensors)).toEqual(Object.fromEntries(good()));
    expect({ ...kept }).toEqual(metadata);
  });

  it("lays out the bytes as the format says", () => {
    const bytes = encodeSafetensors(new Map([["w", { dtype: "F32", shape: [1], data: new Float32Array([1.5]) }]]), {});
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(JSON.parse(header)).toEqual({ __metadata__: {}, w: { dtype: "F32", shape: [1], data_offsets: [0, 4] } });
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0xc0, 0x3f]);
  });

  it("reads a view that starts anywhere in its buffer", () => {
    const bytes = encodeSafetensors(good(), metadata);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3)).tensors.get("state/Größe")?.data).toEqual(good().get("state/Größe")?.data);
  });

  it.each<[string, NamedArray, RegExp]>([
    ["w", { dtype: "F64", shape: [1], data: new Float32Array(1) }, /"w": F64 needs a Float64Array, got a Float32Array/],
    ["w", { dtype: "F32", shape: [2], data: new Float32Array(1) }, /"w": shape \[2\] does not hold 1 numbers/],
    ["w", { dtype: "F32", shape: [-1, -1], data: new Float32Array(1) }, /shape \[-1,-1\]/],
    ["__metadata__", { dtype: "F32", shape: [1], data: new Float32Array(1) }, /cannot be named "__metadata__"/],
  ])("does not write a wrong array %s", (name, array, text) => {
    expect(() => encodeSafetensors(new Map([[name, array]]), {})).toThrow(text);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(0), /at least 8 bytes, got 0/],
    ["a header beyond the file", file("{}").fill(9, 0, 1), /claims 9 bytes, but only 2 follow/],
    ["a header over 100 MB", new Uint8Array(16).fill(255, 0, 8), /the format allows 100000000/],
    ["no object", file("[]"), /does not start with/],
    ["bad JSON", file("{nonsense"), /not valid JSON/],
    ["bad UTF-8", file("{?").fill(255, 9), /not UTF-8/],
    ["deep nesting", file(`{"w":${"[".repeat(90_000)}`), /nests deeper than 3/],
    ["a name twice", file('{"w":{},"w":{}}'), /key "w" is given twice/],
    ["a name twice, spelt otherwise", file('{"w":{},"\\u0077":{}}'), /key "w" is given twice/],
    ["a field twice", one('"dtype":"F32","dtype":"F64"'), /key "dtype" is given twice/],
    ["the name __proto__", file('{"__proto__":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}'), /"__proto__": this name/],
    ["__proto__ in the metadata", file('{"__metadata__":{"__proto__":"x"}}'), /__metadata__ has the key __proto__/],
    ["metadata of numbers", file('{"__metadata__":{"step":1}}'), /__metadata__ "step" is not a string/],
    ["an entry that is no object", file('{"w":7}'), /"w": expected \{ dtype/],
    ["half precision", one('"dtype":"F16","shape":[4],"data_offsets":[0,8]'), /F16 is not read. Convert to F32/],
    ["bfloat16", one('"dtype":"BF16","shape":[4],"data_offsets":[0,8]'), /BF16 is not read. Convert to F32/],
    ["an unknown dtype", one('"dtype":"toString","shape":[2],"data_offsets":[0,8]'), /Known: F32, F64, I32/],
    ["an object as dtype", one('"dtype":{"toString":1},"shape":[2],"data_offsets":[0,8]'), /Known: F32, F64, I32/],
    ["no shape", one('"dtype":"F32","data_offsets":[0,8]'), /"w": shape must/],
    ["a fractional shape", one('"dtype":"F32","shape":[0.5,4],"data_offsets":[0,8]'), /"w": shape must/],
    ["a negative shape", one('"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]'), /"w": shape must/],
    ["a vast shape", one('"dtype":"F32","shape":[9007199254740991,9007199254740991],"data_offsets":[0,8]'), /hold 8/],
    [
      "a shape that does not fit",
      one('"dtype":"F64","shape":[2],"data_offsets":[0,8]'),
      /takes 16 bytes, but data_offsets \[0, 8\] hold 8/,
    ],
    ["three offsets", one('"dtype":"F32","shape":[2],"data_offsets":[0,8,8]'), /data_offsets must/],
    ["a negative offset", one('"dtype":"F32","shape":[2],"data_offsets":[-8,0]'), /data_offsets must/],
    ["a fractional offset", one('"dtype":"F32","shape":[2],"data_offsets":[0.5,8.5]'), /data_offsets must/],
    ["offsets turned round", one('"dtype":"F32","shape":[2],"data_offsets":[8,0]'), /hold -8/],
    ["an array beyond the end", one('"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]'), /"w".*beyond the 8 bytes/],
    ["a hole", one('"dtype":"F32","shape":[1],"data_offsets":[4,8]'), /"w": starts at byte 4, but the entry before it ends at 0/],
    ["bytes left over", one('"dtype":"F32","shape":[1],"data_offsets":[0,4]'), /ends at byte 4, but the file goes on to 8/],
    [
      "an overlap",
      file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8),
      /"b": starts at byte 4, but the entry before it ends at 8/,
    ],
  ])("refuses %s", (_name, bytes, text) => {
    const error = caught(bytes);
    expect(isFlowsError(error) && error.code).toBe("file");
    expect((error as Error).message).toMatch(text);
  });

  it("refuses a good file cut short anywhere", () => {
    const bytes = encodeSafetensors(good(), metadata);
    for (let end = 0; end < bytes.length; end++) expect(isFlowsError(caught(bytes.subarray(0, end)))).toBe(true);
  });

  it("answers 20,000 mutations of a good file with arrays or a FlowsError", () => {
    const bytes = encodeSafetensors(good(), metadata);
    const random = generator(20_261);
    const outcome = { decoded: 0, refused: 0 };
    for (let i = 0; i < 20_000; i++) {
      const error = caught(mutate(bytes, random));
      if (error !== undefined && !(isFlowsError(error) && error.code === "file")) throw error;
      outcome[error === undefined ? "decoded" : "refused"] += 1;
    }
    expect(outcome.decoded).toBeGreaterThan(500);
    expect(outcome.refused).toBeGreaterThan(5000);
  });
});

/** What decoding throws, or undefined where the arrays are as the header says. */
function caught(bytes: Uint8Array): unknown {
  try {
    for (const { shape, data } of decodeSafetensors(bytes).tensors.values()) expect(data.length).toBe(shape.reduce((n, d) => n * d, 1));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Whole numbers below n, Numerical Recipes' linear congruence. */
function generator(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const tokens = ['"', "{", "}", "[", "]", ",", ":", "-", "0", "9", "e", ".", "\\", "null", "__proto__", "F64", "1e308"].map((text) =>
  new TextEncoder().encode(text),
);

/** One to three changes: a flipped bit, a JSON token over the text, a block copied elsewhere, or the end cut off. */
function mutate(good: Uint8Array, random: (n: number) => number): Uint8Array {
  let bytes = good.slice();
  for (let changes = 1 + random(3); changes > 0 && bytes.length > 0; changes--) {
    const at = random(bytes.length);
    const kind = random(8);
    if (kind < 3) bytes[at] = bytes[at]! ^ (1 << random(8));
    else if (kind < 6) {
      const token = tokens[random(tokens.length)]!;
      bytes.set(token.subarray(0, bytes.length - at), at);
    } else if (kind < 7) bytes.copyWithin(at, random(bytes.length), random(bytes.length));
    else bytes = bytes.slice(0, at);
  }
  return bytes;
}
