import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { readData } from "./read-data.js";

const at = (name: string): string => join(import.meta.dirname, "..", "fixtures", "cases", name);
const folder = mkdtempSync(join(tmpdir(), "flows-read-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read: readonly [file: string, columns: readonly string[], first: readonly number[]][] = [
  ["decimal-comma-column-dropped.csv", ["PT08.S1(CO)", "PT08.S2(NMHC)", "AH"], [1360, 1046, 0.7578]],
  ["pandas_semicolon_decimal_header.csv", ["Preis, EUR", "Menge, kg"], [0.126, -0.132]],
  ["two_rows_semicolon.csv", ["a", "b"], [1.5, 2.5]],
  ["mixed_eol.csv", ["a", "b"], [0, 0]],
  ["comma_in_name.csv", ["a,b", "c"], [0.1257302210933933, -0.1321048632913019]],
  ["pandas-index-column.csv", ["a", "b"], [0.452, -0.375]],
  ["r-row-names.csv", ["a", "b"], [-0.36, 0.584]],
  ["utf16.csv", ["a", "b"], [-1.156, -0.999]],
];

it.each(read)("%s is read as a person reads it", async (file, columns, first) => {
  const data = await readData(at(file));
  expect(data.columns).toEqual(columns);
  expect([...data.rows.data.subarray(0, first.length)]).toEqual(first);
});

it.each([
  ["pandas_noindex.csv", /row 1 \(0, 1, 2\) may name the columns or be a row of numbers\. Say which: header/],
  ["spectrum-numeric-header-eaten.csv", /row 1 \(900, 902, 904, 906\) may name the columns/],
  ["quakes-empty-cells.csv", /Cells like it: .*"\w+" \d+, "\w+" \d+/],
])("%s is not guessed", async (file, words) => {
  await expect(readData(at(file))).rejects.toThrow(words);
});

it("reads what an option says of a header of numbers", async () => {
  expect((await readData(at("pandas_noindex.csv"), { header: true })).columns).toEqual(["0", "1", "2"]);
  expect((await readData(at("pandas_noindex.csv"), { header: false })).columns).toEqual(["column 1", "column 2", "column 3"]);
});

it("says the encoding of a file that is not UTF-8", async () => {
  const { format, columns } = await readData(at("seoul-cp1252.csv"), { except: [] });
  expect(format!.encoding).toBe("windows-1252");
  expect(columns.some((column) => column.includes("(°C)"))).toBe(true);
  await expect(readData(at("seoul-cp1252.csv"), { encoding: "utf-8" })).rejects.toThrow(/it is no text in utf-8/);
  await expect(readData(at("seoul-cp1252.csv"), { encoding: "latin-none" })).rejects.toThrow(/there is no encoding latin-none/);
});

it("unzips, and refuses a sheet by what it is", async () => {
  const zipped = join(folder, "a.csv.gz");
  writeFileSync(zipped, gzipSync("a,b\n1,2\n3,4"));
  expect((await readData(zipped)).rows.shape).toEqual([2, 2]);
  writeFileSync(zipped, "no gzip");
  await expect(readData(zipped)).rejects.toThrow(/cannot be unzipped/);
  const sheet = join(folder, "a.xlsx");
  writeFileSync(sheet, Uint8Array.of(0x50, 0x4b, 3, 4, 0));
  await expect(readData(sheet)).rejects.toThrow(/zip file, as \.xlsx/);
});

it.each([
  ["f2.npy", [40, 3]],
  ["i2.npy", [40, 3]],
] as const)("%s is read", async (file, shape) => {
  expect((await readData(at(file))).rows.shape).toEqual(shape);
});
