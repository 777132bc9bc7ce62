import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);

const fit = (name: string, content: string | Uint8Array, ...options: readonly string[]) => {
  writeFileSync(at(name), content);
  return flows(["fit", at(name), "--model", "affine", "--steps", "2", "--backend", "cpu", ...options]);
};
const rows = (line: (i: number) => string): string => Array.from({ length: 30 }, (_, i) => line(i)).join("\n");
const comma = (value: number): string => value.toFixed(4).replace(".", ",");
const german = rows((i) => `${comma(Math.sin(i + 1))};${comma(Math.cos(3 * i))}`);
const thousands = rows((i) => `"${1 + (i % 9)},${100 + ((i * 37) % 900)}",${Math.sin(i)}`);
const twoWays = rows((i) => `"${1 + (i % 9)},${100 + ((i * 37) % 900)}",${(i * i) % 17}`);
const years = `2019,2020\n${rows((i) => `${i % 7},${(i * i) % 11}`)}`;

const read: readonly (readonly [name: string, content: string | Uint8Array, said: string, options?: readonly string[]])[] = [
  ["german.csv", german, "30 rows of 2 columns by semicolons, decimal comma, no header, utf-8."],
  ["names.csv", `Preis, EUR;Menge\n${german}`, "by semicolons, decimal comma, names in the first row, utf-8."],
  ["tabs.tsv", german.replaceAll(";", "\t"), "by tabs, decimal comma, no header, utf-8."],
  ["thousands.csv", thousands, "by commas, decimal point, thousands by commas, no header, utf-8."],
  ["two-ways.csv", twoWays, "by commas, decimal comma, no header, utf-8.", ["--decimal", "comma"]],
  ["two-ways.csv", twoWays, "by commas, decimal point, thousands by commas, no header", ["--thousands", "comma"]],
  ["years.csv", years, "30 rows of 2 columns by commas, decimal point, names in the first row", ["--header"]],
  ["years.csv", years, "31 rows of 2 columns by commas, decimal point, no header", ["--no-header"]],
  ["bars.csv", german.replaceAll(";", "~"), 'by "~", decimal comma', ["--delimiter", "~"]],
  ["utf16.csv", Buffer.from(`\ufeffa;b\n${german}`, "utf16le"), "names in the first row, utf-16le."],
  ["cp1252.csv", Buffer.from(`Größe;b\n${german}`, "latin1"), "names in the first row, windows-1252."],
  ["cp1252.csv", Buffer.from(`Größe;b\n${german}`, "latin1"), "names in the first row, iso-8859-2.", ["--encoding", "latin2"]],
  ["packed.csv.gz", gzipSync(german), "packed.csv.gz: 30 rows of 2 columns by semicolons"],
  ["index.csv", `,a,b\n${rows((i) => `${i},${Math.sin(i)},${Math.cos(3 * i)}`)}`, "Left out, it numbers the rows: column 1."],
];

it.each(read.map(([name, content, said, options = []]) => ({ name, content, said, options })))(
  "fit $name $options says how it read it",
  async (one) => {
    const { code, error } = await fit(one.name, one.content, ...one.options);
    expect(error).toContain(one.said);
    expect(code).toBe(0);
  },
);

it.each<readonly [name: string, content: string | Uint8Array, words: RegExp]>([
  ["cut.csv.gz", gzipSync(german).subarray(0, 60), /cut\.csv\.gz: it begins as gzip, but cannot be unpacked/],
  [
    "two-ways.csv",
    twoWays,
    /"1,100" \(row 1\) is 1\.1 with decimal comma or .* is 1100 with decimal point, .* --decimal or --thousands\.$/m,
  ],
  ["years.csv", years, /row 1 may name the columns.*Say which with --header or --no-header\.$/m],
  ["table.xlsx", "PK\u0003\u0004", /this is a ZIP file, as xlsx.*Save the sheet as CSV/],
])("fit %s asks for the option that decides", async (name, content, words) => {
  const { code, error } = await fit(name, content);
  expect(error).toMatch(words);
  expect(code).toBe(1);
});

it.each<readonly [options: readonly string[], words: RegExp]>([
  [["--encoding", "latin-99"], /--encoding takes the name of an encoding.*got "latin-99"/],
  [["--delimiter", "ab"], /--delimiter takes one character.*got "ab"/],
])("fit with %j is a wrong call", async (options, words) => {
  const { code, error } = await fit("good.csv", german, ...options);
  expect(error).toMatch(words);
  expect(code).toBe(2);
});

it("--missing drop leaves rows with a gap out and counts them", async () => {
  const { code, error } = await fit("gaps.csv", `a;b\n${german}\n;1,5\n2,5;NA`, "--missing", "drop");
  expect(error).toContain("30 rows of 2 columns");
  expect(error).toContain("Left out, a cell is missing in them: 2 rows.");
  expect(code).toBe(0);
  expect((await fit("gaps.csv", german, "--missing", "fill")).error).toMatch(/--missing takes drop or refuse, got "fill"/);
});

it("--na names further marks for missing values", async () => {
  const { code, error } = await fit("na.csv", `a;b\n${german}\nleer;1,5`, "--na", "leer");
  expect(error).toContain('row 32, column "a": "leer" stands for a missing value');
  expect(code).toBe(1);
});
