import { readFileSync, writeFileSync } from "node:fs";
import { normals } from "@flows/core/author";
import { parseCsv } from "@flows/datasets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);
const lines = (name: string, header: string, rows: readonly (readonly (number | string)[])[]): void =>
  writeFileSync(at(name), `${header}\n${rows.map((row) => row.join()).join("\n")}\n`);

describe("times of 1.7e9 ± 30", () => {
  beforeAll(() => {
    const rows = Array.from({ length: 399 }, (_, i) => {
      const [a, b] = normals(8, i, 1, 2);
      return [(1_700_000_000 + 30 * a!).toFixed(6), (0.7 * a! + Math.sqrt(0.51) * b!).toFixed(6)];
    });
    lines("times.csv", "time,x", rows);
  });

  it("come out of a model as different times, and no test tells them from the data", async () => {
    const model = at("times.safetensors");
    expect((await flows(["fit", at("times.csv"), "--model", "gmm", "--components", "1", "--out", model])).code).toBe(0);
    expect((await flows(["sample", model, "-n", "1000", "--out", at("drawn.csv")])).code).toBe(0);
    const { rows } = parseCsv(readFileSync(at("drawn.csv"), "utf8"));
    expect(new Set(rows.data.filter((_, i) => i % 2 === 0)).size).toBeGreaterThan(995);
    expect((await flows(["report", model, at("times.csv"), "--out", at("report.html")])).code).toBe(0);
    const [, accuracy] = /C2ST, (?:nearest neighbours|a network)[^0-9]*?(0\.\d+)/.exec(
      readFileSync(at("report.html"), "utf8").replace(/<[^>]+>/g, " "),
    )!;
    expect(Math.abs(Number(accuracy) - 0.5)).toBeLessThan(0.08);
  });

  it("have no more density in a raw fit than in one that standardises", async () => {
    const nllOf = async (...raw: string[]): Promise<number> =>
      (await flows(["fit", at("times.csv"), "--model", "gmm", "--components", "1", "--floor", "1e-9", ...raw, "--json"])).json
        .testNll as number;
    expect(await nllOf("--raw")).toBeCloseTo(await nllOf(), 3);
  });
});

describe("a mixture with its defaults", () => {
  it("ends with a model of whole numbers, and of columns that are nearly one", async () => {
    lines(
      "ints.csv",
      "a,b",
      Array.from({ length: 480 }, (_, i) => [i % 4, (i * 7) % 3]),
    );
    lines(
      "near.csv",
      "a,b",
      Array.from({ length: 300 }, (_, i) => [...normals(9, i, 1, 2)]).map(([a, b]) => [a!, a! + 1e-6 * b!]),
    );
    for (const name of ["ints.csv", "near.csv"]) {
      const { code, json } = await flows(["fit", at(name), "--model", "gmm", "--json"]);
      expect([name, code, Number.isFinite(json.testNll)]).toEqual([name, 0, true]);
    }
  });

  it.each([
    [["--components", "2,zz"], 'flows: --components takes whole numbers from 1 to 65536, as in 3 or 1,2,4, got "2,zz".'],
    [["--covariance", "any"], 'flows: --covariance takes full, diagonal, tied or spherical, got "any".'],
    [["--floor", "-1"], '--floor takes a number of at least 0, got "-1".'],
  ])("refuses %j", async (told, says) => {
    const { code, error } = await flows(["fit", "toy:ring?n=100", "--model", "gmm", ...told]);
    expect([code, error]).toEqual([2, expect.stringContaining(says)]);
  });

  it("refuses its options for another model", async () => {
    const { code, error } = await flows(["fit", "toy:ring?n=100", "--components", "3"]);
    expect([code, error]).toEqual([2, expect.stringContaining("the model realnvp takes no --components")]);
  });
});

it("a model file whose words want millions of numbers is refused, and takes no memory for them", async () => {
  const model = at("wide.safetensors");
  const fit = ["fit", "toy:ring?n=60", "--model", "realnvp", "--layers", "2", "--hidden", "64,64", "--steps", "1", "--out", model];
  expect((await flows(fit)).code).toBe(0);
  const text = readFileSync(model).toString("latin1");
  expect(text).toContain('hidden\\":[64,64]');
  writeFileSync(model, Buffer.from(text.replaceAll('hidden\\":[64,64]', 'hidden\\":[9e7,1]'), "latin1"));
  const held = process.memoryUsage().rss;
  const { code, error } = await flows(["inspect", model]);
  expect([code, error]).toEqual([
    1,
    expect.stringContaining("a hidden width must be no more than the numbers that the file holds, got 90000000"),
  ]);
  expect(process.memoryUsage().rss - held).toBeLessThan(1e8);
});
