import { isFlowsError } from "@flows/core";
import { expect, it } from "vitest";
import type { CsvOptions } from "./csv-options.js";
import { parseCsv } from "./parse-csv.js";
import { parseNpy } from "./parse-npy.js";
import { toCsv } from "./to-csv.js";

it("parseCsv reads numbers, names columns, and leaves out and names text", () => {
  const table = parseCsv('\ufeffspecies,"bill, mm",mass\r\nAdelie,39.1,3750\r\nGentoo,-4e1,.5\r\n\r\n');
  expect(table.columns).toEqual(["bill, mm", "mass"]);
  expect(table.leftOut).toEqual(["species"]);
  expect(table.rows).toEqual({ data: Float64Array.of(39.1, 3750, -40, 0.5), shape: [2, 2] });
});

it("parseCsv finds out whether there is a header, and the separator", () => {
  expect(parseCsv("1,2\n3,4").columns).toEqual(["column 1", "column 2"]);
  expect(parseCsv("5.1,setosa\n4.9,setosa").leftOut).toEqual(["column 2"]);
  expect(parseCsv("2019,2020\n1,2\n3,4", { header: true }).columns).toEqual(["2019", "2020"]);
  for (const mark of [";", "\t", "|"]) expect(parseCsv(`a${mark}b\n1${mark}2\n3${mark}4`).columns).toEqual(["a", "b"]);
  expect(parseCsv(",a\n0,1\n1,2")).toMatchObject({ columns: ["a"], numbering: ["column 1"] });
  expect(parseCsv(",a\n0,1\n2,2")).toMatchObject({ columns: ["column 1", "a"], numbering: [] });
  expect(parseCsv("x\n1\n2\n").rows.shape).toEqual([2, 1]);
  expect(parseCsv("x\n1,5\n2,25\n").rows.data).toEqual(Float64Array.of(1.5, 2.25));
  expect(parseCsv("1,05\n2,75\n", { delimiter: "" }).rows.data).toEqual(Float64Array.of(1.05, 2.75));
  expect(parseCsv("1;x;y;z;0,5\n2;x;y;z;0,25\n").rows.data).toEqual(Float64Array.of(1, 0.5, 2, 0.25));
  expect(parseCsv("1.234,5;2\n3;4\n").rows.data).toEqual(Float64Array.of(1234.5, 2, 3, 4));
  expect(parseCsv("1 234,5;2\n3;4\n", { thousands: " " }).rows.data).toEqual(Float64Array.of(1234.5, 2, 3, 4));
  expect(parseCsv("#,a\n1,2\n2,4\n").columns).toEqual(["#", "a"]);
});

it("parseCsv takes the columns asked for, in that order", () => {
  const text = "a,b,c,d\n1,2,3,x\n4,5,6,y";
  expect(parseCsv(text, { columns: ["c", "a"] }).rows.data).toEqual(Float64Array.of(3, 1, 6, 4));
  expect(parseCsv(text, { except: ["b"] }).columns).toEqual(["a", "c"]);
  expect(parseCsv("a,b\n1,x\n2,3", { except: ["b"] }).rows.data).toEqual(Float64Array.of(1, 2));
  expect(parseCsv("a\n1", { atLeast: 1 }).rows.shape).toEqual([1, 1]);
});

const refused: readonly [what: string, text: string, message: RegExp, options?: CsvOptions][] = [
  ["an empty file", "", /^parseCsv: the file is empty/],
  ["zero bytes", "a\0,\0b\0\n\0", /no text.*Save it as CSV in UTF-8/],
  ["blank lines alone", "\n \n", /the file is empty/],
  ["a header alone", "a,b\n", /there are 0 rows below the header, at least 2/],
  ["one row", "a,b\n1,2", /there is 1 row below the header, at least 2/],
  ["text in a column of numbers", "a,b\n1,2\n\n3,oops\n", /row 4, column "b": "oops" is not a number\. .* except/],
  ["text after a quoted line break", 'a,b\n"x\ny",1\nz,2\nw,no', /row 5, column "b": "no" is not a number/],
  ["a ragged row", "a,b\n1,2\n3\n", /row 3 has 1 cell, row 1 has 2/],
  ["too many cells", "a,b\n1,2,3\n4,5\n", /row 2 has 3 cells, row 1 has 2/],
  ["NaN", "a,b\n1,2\nNaN,4", /row 3, column "a": "NaN" is not finite/],
  ["infinity", "a,b\n1,2\n3,-inf", /row 3, column "b": "-inf" is not finite/],
  ["a number beyond float64", "a\n1\n1e999", /row 3, column "a": 1e999 is too large/],
  ["a missing cell", "a,b\n1,2\n,4", /row 3, column "a": the cell is missing/],
  ["a mark for missing", "a,b\n1,2\nNA,4", /row 3, column "a": "NA" stands for a missing value/],
  ["hexadecimal", "a\n1\n0x10", /"0x10" is not a number/],
  [
    "both decimal signs",
    "a;b\n1,5;2\n3.5;4",
    /two ways: "3\.5" \(row 3\) is 3\.5 with decimal point.*"1,5" \(row 2\) is 1\.5 with decimal comma.*decimal and thousands/,
  ],
  ["one comma among points", "a;b\n1,5;2.25\n3.5;4", /"1,5" \(row 2\) is 1\.5 with decimal comma/],
  [
    "a whole number beyond 2^53",
    "a,b\n9007199254740993,1\n1,2",
    /row 2, column "a": 9007199254740993 is an integer that a float64 cannot hold/,
  ],
  [
    "thousands or decimals",
    "a;b\n1,234;2\n2,500;3",
    /"1,234" \(row 2\) is 1\.234 with decimal comma.*"1,234" \(row 2\) is 1234 with decimal point, thousands by commas/,
  ],
  ["two columns or decimals", "1,05\n2,75", /by commas row 2 is "2" and "75"; by nothing row 2 is "2,75"\. Say which with delimiter/],
  ["two whole numbers above fractions", "0,1\n0.5,2.5\n1,0.25", /row 1 may name the columns.*0, 1 are whole numbers above fractions/],
  ["years above counts", "2019,2020\n1,2\n3,4", /row 1 may name the columns.*2019, 2020 is a series.*header: true or false/],
  ["an option it does not know", "a\n1\n2", /there is no option separator/, { separator: ";" } as CsvOptions],
  ["a mark of two letters", "a\n1\n2", /delimiter must be one character/, { delimiter: "ab" }],
  ["only text", "a,b\nx,y\nz,w", /no column holds numbers.*Columns are a, b/],
  ["a column that is not there", "a,b\n1,2\n3,4", /there is no column "c"\. Known are a, b/, { columns: ["c"] }],
  ["an exception that is not there", "a,b\n1,2\n3,4", /there is no column "c"/, { except: ["c"] }],
  ["a text column asked for", "a,b\n1,x\n3,y", /column "b" holds no numbers\. Columns with numbers are a/, { columns: ["b"] }],
  ["nothing left", "a\n1\n2", /every column with numbers is left out/, { except: ["a"] }],
  ["two columns of one name", "a,a\n1,2\n3,4", /two columns are called "a"/],
  ["an open quote", 'a,b\n1,"2\n3,4', /quote/i],
  [
    "a mixed first row",
    "x,1\n2,3\n4,5",
    /row 1 may name the columns.*"x" is a word above numbers, "1" a number above numbers.*header: true/,
  ],
];

it.each(refused)("parseCsv refuses %s", (_, text, message, options) => {
  expect(() => parseCsv(text, options)).toThrow(message);
  try {
    parseCsv(text, options);
  } catch (error) {
    expect(isFlowsError(error) && error.code).toBe(/option|must be/.test(String(error)) ? "config" : "data");
  }
});

it("errors carry the file's name", () => {
  expect(() => parseCsv("", { name: "data.csv" })).toThrow(/^data.csv: /);
  expect(() => parseNpy(new Uint8Array(0), { name: "data.npy" })).toThrow(/^data.npy: /);
});

it("toCsv and parseCsv undo each other, in both precisions", () => {
  const numbers = [0.1, 1 / 3, -1e-30, 16777217, 3.4e38, 0];
  for (const data of [Float64Array.from(numbers), Float32Array.from(numbers)]) {
    const text = toCsv(["a", 'b "c", d'], { data, shape: [3, 2] });
    const back = parseCsv(text);
    expect(back.columns).toEqual(["a", 'b "c", d']);
    expect(data instanceof Float32Array ? Float32Array.from(back.rows.data) : back.rows.data).toEqual(data);
  }
  expect(toCsv(["x"], { data: Float32Array.of(0.1), shape: [1, 1] })).toBe("x\n0.1\n");
  expect(() => toCsv(["x"], { data: new Float32Array(4), shape: [2, 2] })).toThrow(/expected rows of shape \[n, 1\]/);
});

it("toCsv writes what float32 knows of a number in units of its column, and no rounding after it", () => {
  const data = Float64Array.of(1_700_000_000 + 30 * Math.fround(0.1), Math.fround(0.1), 1e-12, 3 + 1e-9 * Math.fround(1 / 3));
  expect(toCsv(["time", "x"], { data, shape: [2, 2] }, { scales: [30, 1] })).toBe("time,x\n1700000003,0.100000001\n1e-12,3\n");
  const times = Array.from({ length: 200 }, (_, i) => 1_700_000_000 + 30 * Math.fround(Math.sin(i)));
  const text = toCsv(["time"], { data: Float64Array.from(times), shape: [200, 1] }, { scales: [30] });
  const back = parseCsv(text).rows.data;
  for (const [i, time] of times.entries()) expect(Math.abs(back[i]! - time)).toBeLessThan(30 * 1e-7);
  expect(new Set(back).size).toBe(200);
  expect(() => toCsv(["x"], { data: new Float64Array(2), shape: [2, 1] }, { scales: [1, 1] })).toThrow(
    "toCsv: expected 1 scales, one for each column, got 2",
  );
});

/** A .npy file as NumPy writes it. */
function npy(
  descr: string,
  shape: string,
  numbers: ArrayBufferView,
  { fortran = "False", version = 1, cut = 0, more = 0 } = {},
): Uint8Array {
  const type = descr.startsWith("[") ? descr : `'${descr}'`;
  const dictionary = `{'descr': ${type}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  const start = version === 1 ? 10 : 12;
  const length = Math.ceil((start + dictionary.length + 1) / 64) * 64 - start;
  const bytes = new Uint8Array(start + length + numbers.byteLength + more);
  bytes.set([0x93, ...Array.from("NUMPY", (letter) => letter.charCodeAt(0)), version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, length, true);
  else view.setUint32(8, length, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(length - 1)}\n`), start);
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), start + length);
  return bytes.subarray(0, bytes.length - cut);
}

it("parseNpy reads every type, order, version and number of dimensions it names", () => {
  const numbers = [1, 2, 3, 4, 5, 6];
  for (const version of [1, 2, 3]) {
    const rows = parseNpy(npy("<f4", "(3, 2)", Float32Array.from(numbers), { version }));
    expect(rows).toEqual({ data: Float32Array.from(numbers), shape: [3, 2] });
  }
  const kinds = { "<f8": Float64Array.from(numbers), "<i4": Int32Array.from(numbers), "<i8": BigInt64Array.from(numbers.map(BigInt)), "|u1": Uint8Array.from(numbers), "|i1": Int8Array.from(numbers), "|b1": Uint8Array.from(numbers), "<i2": Int16Array.from(numbers), "<u2": Uint16Array.from(numbers), "<u4": Uint32Array.from(numbers), "<u8": BigUint64Array.from(numbers.map(BigInt)) }; // biome-ignore format: a table
  for (const [descr, array] of Object.entries(kinds))
    expect(parseNpy(npy(descr, "(3, 2)", array)).data).toEqual(Float64Array.from(numbers));
  expect(parseNpy(npy("<f8", "(3, 2)", kinds["<f8"], { fortran: "True" })).data).toEqual(Float64Array.of(1, 4, 2, 5, 3, 6));
  expect(parseNpy(npy("<f8", "(6,)", kinds["<f8"])).shape).toEqual([6, 1]);
  expect(parseNpy(npy("<i8", "(2,)", BigInt64Array.of(-1n, -(2n ** 40n)))).data).toEqual(Float64Array.of(-1, -(2 ** 40)));
  const swapped = (array: Float64Array | BigInt64Array): Uint8Array => {
    const bytes = new Uint8Array(array.slice().buffer);
    for (let at = 0; at < bytes.length; at += 8) bytes.subarray(at, at + 8).reverse();
    return bytes;
  };
  expect(parseNpy(npy(">f8", "(3, 2)", swapped(kinds["<f8"]))).data).toEqual(Float64Array.from(numbers));
  expect(parseNpy(npy(">i8", "(3, 2)", swapped(kinds["<i8"]))).data).toEqual(Float64Array.from(numbers));
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x8000);
  expect(parseNpy(npy("<f2", "(6,)", halves)).data).toEqual(Float32Array.of(1, -2, 1365 / 4096, 2 ** -24, 65504, -0));
  const inside = npy("<f8", "(3, 2)", kinds["<f8"]);
  const buffer = new Uint8Array(inside.length + 3);
  buffer.set(inside, 3);
  expect(parseNpy(buffer.subarray(3)).data).toEqual(kinds["<f8"]);
});

const two = Float64Array.of(1, 2);
const broken: readonly [what: string, bytes: Uint8Array, message: RegExp][] = [
  ["an empty file", new Uint8Array(0), /this is no \.npy file/],
  ["a foreign file", new TextEncoder().encode("PK\u0003\u0004 something else"), /this is no \.npy file.*numpy\.save/],
  ["a file cut in the magic", npy("<f8", "(2,)", two).subarray(0, 6), /cut short/],
  ["a file cut in the header", npy("<f8", "(2,)", two).subarray(0, 40), /cut short: it should have 80 bytes|cut short/],
  ["a file cut in the numbers", npy("<f8", "(2,)", two, { cut: 1 }), /cut short: it should have \d+ bytes, it has/],
  ["a shape larger than the file", npy("<f8", "(99999999999, 2)", two), /cut short/],
  ["another version", npy("<f8", "(2,)", two, { version: 9 }), /version 9 is not known/],
  ["complex numbers", npy("<c8", "(2,)", two), /type <c8; f2, .*astype/],
  ["no byte order", npy("=f8", "(2,)", two), /type =f8/],
  ["an unsigned integer beyond 2^53", npy("<u8", "(2,)", BigUint64Array.of(1n, 2n ** 63n)), /cannot hold exactly/],
  ["an object array", npy("|O", "(2,)", two), /type \|O/],
  ["a name of every object", npy("constructor", "(2,)", two), /type constructor/],
  ["three dimensions", npy("<f8", "(1, 1, 2)", two), /shape \[1,1,2\]/],
  ["no dimension", npy("<f8", "()", two.subarray(0, 1)), /shape \[\]/],
  ["no columns", npy("<f8", "(2, 0)", two.subarray(0, 0)), /no columns/],
  ["one row", npy("<f8", "(1, 2)", two), /it has 1 row, at least 2/],
  ["bytes after the array", npy("<f8", "(2,)", two, { more: 8 }), /8 bytes follow the array/],
  ["NaN", npy("<f8", "(2,)", Float64Array.of(1, Number.NaN)), /row 2, column 1: NaN is not finite/],
  ["an integer beyond 2^53", npy("<i8", "(2,)", BigInt64Array.of(1n, 2n ** 60n)), /cannot hold exactly/],
  ["a broken header", npy("<f8", "two", two), /header cannot be read/],
  ["records", npy("[('x', '<f8')]", "(2,)", two), /records with fields/],
];

it.each(broken)("parseNpy refuses %s", (_, bytes, message) => {
  expect(() => parseNpy(bytes)).toThrow(message);
  try {
    parseNpy(bytes);
  } catch (error) {
    expect(isFlowsError(error) && error.code).toBe("data");
  }
});

it("parseCsv names all columns that are missing, and those that are there, as data", () => {
  let caught: unknown;
  try {
    parseCsv("a,b\n1,2\n3,4", { columns: ["c", "a"], except: ["d"] });
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code: "data", details: { missing: ["c", "d"], known: ["a", "b"] } });
});
