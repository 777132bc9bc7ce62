import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { CsvOptions } from "./csv-options.js";
import { type CsvTable, parseCsv } from "./parse-csv.js";
import { textOfBytes } from "./text-of-bytes.js";

const bytesOf = (file: string): Uint8Array => readFileSync(new URL(`../fixtures/files/${file}`, import.meta.url));
const read = (file: string, options: CsvOptions = {}): CsvTable => parseCsv(textOfBytes(bytesOf(file)).text, options);
const row = ({ rows, columns }: CsvTable, i = 0): number[] => [...rows.data.slice(i * columns.length, (i + 1) * columns.length)];

const tables: readonly (readonly [
  file: string,
  shape: readonly number[],
  columns: string,
  first: readonly number[],
  options?: CsvOptions,
])[] = [
  ["pandas_semicolon_decimal_header.csv", [100, 2], "Preis, EUR|Menge, kg", [0.126, -0.132]],
  ["decimal-comma-column-dropped.csv", [60, 3], "PT08.S1(CO)|PT08.S2(NMHC)|AH", [1360, 1046, 0.7578]],
  ["pandas_noindex.csv", [100, 3], "0|1|2", [0.1257302210933933, -0.1321048632913019, 0.6404226504432821]],
  ["spectrum-numeric-header-eaten.csv", [40, 4], "900|902|904|906", [-0.04212, -0.03368, -0.03293, -0.0472]],
  ["pandas-index-column.csv", [60, 2], "a|b", [0.452, -0.375]],
  ["r-row-names.csv", [40, 2], "a|b", [-0.36, 0.584]],
  ["two_rows_semicolon.csv", [2, 2], "a|b", [1.5, 2.5]],
  ["mixed_eol.csv", [30, 2], "a|b", [0, 0]],
  ["comma_in_name.csv", [100, 2], "a,b|c", [0.1257302210933933, -0.1321048632913019]],
  ["comment-lines.csv", [40, 2], "a|b", [-1.157, -1.365]],
  ["thousands.csv", [3, 2], "a|b", [999, 2], { thousands: "," }],
  ["thousands.csv", [3, 2], "a|b", [999, 2], { decimal: "," }],
];

it.each(tables.map(([file, shape, columns, first, options]) => ({ file, shape, columns, first, options })))(
  "$file is read as a person reads it",
  ({ file, shape, columns, first, options }) => {
    const table = read(file, options);
    expect(table.rows.shape).toEqual(shape);
    expect(table.columns.join("|")).toBe(columns);
    expect(row(table)).toEqual(first);
  },
);

it("thousands and decimal commas give other numbers, so the file says which or an error shows both", () => {
  expect(row(read("thousands.csv", { thousands: "," }), 1)).toEqual([1234, 4]);
  expect(row(read("thousands.csv", { decimal: "," }), 1)).toEqual([1.234, 4]);
  expect(() => read("thousands.csv")).toThrow(
    /"1,234" \(row 3\) is 1\.234 with .* or "1,234" \(row 3\) is 1234 with .*decimal and thousands/,
  );
});

it("grouped thousands without a header are numbers", () => {
  const table = read("unemployment-thousands-no-header.csv");
  expect(table.leftOut).toEqual(["column 1", "column 4"]);
  expect(row(table)).toEqual([1, 1, 2009, 23288, 21025, 2263, 9.7]);
  expect(table.reading).toEqual({ delimiter: ",", decimal: ".", thousands: ",", header: false });
});

it("columns apart by spaces are read, and ? is missing", () => {
  expect(() => read("auto-mpg-spaces-tab-quotes-question.data")).toThrow(/row 5, column "column 4": "\?" stands for a missing value/);
  const table = read("auto-mpg-spaces-tab-quotes-question.data", { except: ["column 4"] });
  expect(table).toMatchObject({ leftOut: ["column 9"], reading: { delimiter: " ", header: false } });
  expect(row(table)).toEqual([18, 8, 307, 3504, 12, 70, 1]);
});

it("an index is named", () => {
  expect(read("pandas-index-column.csv").numbering).toEqual(["column 1"]);
  expect(read("r-row-names.csv").numbering).toEqual(["column 1"]);
});

it("texts are read in their encoding, or refused by name", () => {
  expect(textOfBytes(bytesOf("utf16.csv"))).toMatchObject({ encoding: "utf-16le", text: expect.stringMatching(/^a,b\n-1\.156,-0\.999/) });
  expect(textOfBytes(bytesOf("seoul-cp1252.csv"))).toMatchObject({
    encoding: "windows-1252",
    text: expect.stringContaining("Temperature(°C)"),
  });
  expect(textOfBytes(Uint8Array.of(0xe9, 0x3b), { encoding: "iso-8859-2" }).text).toBe("é;");
  expect(() => textOfBytes(Uint8Array.of(0xe9, 0x81))).toThrow(/no text in UTF-8, nor in Windows-1252/);
  expect(() => textOfBytes(Uint8Array.of(0xe9, 0x3b), { encoding: "utf-8" })).toThrow(/no text in utf-8/);
  expect(() => textOfBytes(Uint8Array.of(0x61), { encoding: "latin-99" })).toThrow(/there is no encoding "latin-99"/);
  expect(() => textOfBytes(new TextEncoder().encode("PK\u0003\u0004"), { name: "t.xlsx" })).toThrow(/t\.xlsx: this is a ZIP file.*xlsx/);
});

it("all missing cells are told at once, by column, or their rows are dropped and counted", () => {
  const text = "a,b,c\n1,2,3\n,5,x\nNA,?,6\n7,8,9\n";
  expect(() => parseCsv(text)).toThrow(
    /^parseCsv: row 3, column "a": .* of 4 rows: "a" missing in 2, "c" unusable in 1, "b" missing in 1\..*missing: "drop"/,
  );
  expect(() => parseCsv(text, { missing: "drop", except: ["b", "c"], atLeast: 3 })).toThrow(/only 2 of 4 rows have no missing cell/);
  const table = parseCsv(text, { missing: "drop" });
  expect(table).toMatchObject({ dropped: 2, rows: { data: Float64Array.of(1, 2, 3, 7, 8, 9), shape: [2, 3] } });
  expect(() => parseCsv(text, { missing: "fill" as "drop" })).toThrow(/missing must be one of refuse, drop/);
  expect(() => read("quakes-empty-cells.csv")).toThrow(/of 40 rows: "nst" missing in \d+, .*"magNst" missing in \d+/);
  const quakes = read("quakes-empty-cells.csv", { missing: "drop" });
  expect(quakes.dropped + quakes.rows.shape[0]).toBe(40);
});
