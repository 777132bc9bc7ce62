import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);

const rows = Array.from({ length: 40 }, (_, i) => [Math.fround(Math.sin(i)), Math.fround(Math.cos(3 * i) + 10)]);
const csv = (mark: string, quote = "", end = "\n"): string =>
  [["first", "second"], ...rows].map((row) => row.map((cell) => `${quote}${cell}${quote}`).join(mark)).join(end) + end;

/** A .npy file of version 1, as numpy.save writes it. */
function npy(descr: "<f4" | "<f8", fortran: boolean): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (40, 2), }`.padEnd(117);
  const numbers = fortran ? [0, 1].flatMap((k) => rows.map((row) => row[k]!)) : rows.flat();
  const data = descr === "<f4" ? Float32Array.from(numbers) : Float64Array.from(numbers);
  return Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, "latin1"), new Uint8Array(data.buffer)]);
}

const files: Readonly<Record<string, string | Uint8Array>> = {
  "bom.csv": `\ufeff${csv(",")}`,
  "crlf.csv": csv(",", "", "\r\n"),
  "semicolon.csv": csv(";"),
  "tab.txt": csv("\t"),
  "quoted.csv": csv(",", '"'),
  "swapped.csv": ["second,first", ...rows.map(([a, b]) => `${b},${a}`)].join("\n"),
  "more.csv": ["name,first,second", ...rows.map((row) => `x,${row}`)].join("\n"),
  "float32.npy": npy("<f4", false),
  "float64.npy": npy("<f8", false),
  "fortran.npy": npy("<f8", true),
};

beforeAll(async () => {
  for (const [name, content] of Object.entries(files)) writeFileSync(at(name), content);
  writeFileSync(at("plain.csv"), csv(","));
  await flows(["fit", at("plain.csv"), "--model", "affine", "--steps", "20", "--backend", "cpu", "--quiet", "--out", at("model")]);
});

it.each(Object.keys(files))("%s scores as the plain table does", async (name) => {
  const scored = async (file: string) => (await flows(["score", at("model"), at(file), "--backend", "cpu", "--json", "--quiet"])).json;
  const { rows: n, meanLogProb } = await scored(name);
  expect(n).toBe(40);
  expect(meanLogProb).toBe((await scored("plain.csv")).meanLogProb);
});
