import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);

const rows = (cell: (i: number) => string, n = 30): string => Array.from({ length: n }, (_, i) => `${Math.sin(i)},${cell(i)}`).join("\n");
const good = (i: number): string => String(Math.cos(3 * i));
const broken = (text: string) => rows((i) => (i === 6 ? text : good(i)));

const files: Readonly<Record<string, string>> = {
  "empty.csv": "",
  "header.csv": "a,b\n",
  "one.csv": "a,b\n1,2\n",
  "ragged.csv": "a,b\n1,2\n3\n4,5\n",
  "text.csv": `a,b\n${broken("often")}`,
  "nan.csv": `a,b\n${broken("NaN")}`,
  "infinite.csv": `a,b\n${broken("inf")}`,
  "missing.csv": `a,b\n${broken("")}`,
  "huge.csv": `a,b\n${broken("1e60")}`,
  "constant.csv": `a,b\n${rows(() => "7")}`,
  "words.csv": "a,b\nx,y\nz,w\n",
  "quote.csv": 'a,b\n"1,2\n3,4\n',
  "other.csv": "a,c\n1,2\n3,4\n",
  "good.csv": `a,b\n${rows(good)}`,
  "not.npy": "this is no array",
};

beforeAll(() => {
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  mkdirSync(at("folder"));
});

const refused: readonly (readonly [data: string, words: RegExp, options?: readonly string[]])[] = [
  ["nowhere.csv", /there is no such file/],
  ["good.csv/inside.csv", /there is no such file/],
  ["folder", /it is a folder/],
  ["empty.csv", /the file is empty/],
  ["header.csv", /at least 2 are needed/],
  ["one.csv", /there is 1 row.*at least 2/],
  ["ragged.csv", /row 3 has 1 cell, row 1 has 2/],
  ["text.csv", /row 8, column "b": "often" is not a number/],
  ["nan.csv", /row 8, column "b": "NaN" is not finite/],
  ["infinite.csv", /row 8, column "b": "inf" is not finite/],
  ["missing.csv", /row 8, column "b": the cell is missing/],
  ["constant.csv", /constant.csv: column "b" is constant at 7, so it has no density. Leave it out/],
  ["constant.csv", /column "b" is constant at 7/, ["--raw"]],
  ["huge.csv", /too large for float32/, ["--raw"]],
  ["words.csv", /no column holds numbers/],
  ["quote.csv", /[Qq]uote/],
  ["not.npy", /npy/],
  ["good.csv", /there is no column "c". Known are a, b/, ["--columns", "a,c"]],
  ["good.csv", /there is no column "c"/, ["--except", "c"]],
  ["good.csv", /every column with numbers is left out/, ["--except", "a,b"]],
  ["good.csv", /features must be a whole number from 2/, ["--columns", "a", "--model", "realnvp"]],
  ["good.csv", /there is no such file/, ["--test", "nowhere.csv"]],
  ["good.csv", /other.csv: the model wants b, which is not there. The columns are a, c/, ["--test", at("other.csv")]],
  [
    "good.csv",
    /stopped being finite after step \d+\. .*Nothing was written\. Lower --learning-rate/,
    ["--steps", "50", "--learning-rate", "1e30"],
  ],
  ["good.csv", /there is no such file/, ["--resume", "nowhere.safetensors"]],
];

it.each(refused.map(([data, words, options = []]) => ({ data, words, options })))("fit $data $options says $words", async (refusal) => {
  const { data, words, options } = refusal;
  const out = at("model.safetensors");
  const { code, error } = await flows(["fit", at(data), "--steps", "2", "--quiet", "--backend", "cpu", "--out", out, ...options]);
  expect(error).toMatch(words);
  expect(error.trimEnd().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
  expect(existsSync(out)).toBe(false);
});

it.each([
  ["toy:three-moons", /there is no toy "three-moons"/],
  ["toy:two-moons?noise=loud", /noise must be a number/],
  ["toy:two-moons?sound=1", /there is no option "sound"/],
  ["toy:two-moons?n=1", /there is 1 row, at least 2 are needed/],
])("fit %s says %s", async (toy, words) => {
  const { code, error } = await flows(["fit", toy, "--steps", "2", "--quiet", "--backend", "cpu"]);
  expect(error).toMatch(words);
  expect(code).toBe(1);
});

it("names the place in the source only with --verbose", async () => {
  const { error } = await flows(["fit", at("one.csv"), "--backend", "cpu", "--verbose"]);
  expect(error).toMatch(/at least 2 are needed[\s\S]*\n\s+at /);
});
