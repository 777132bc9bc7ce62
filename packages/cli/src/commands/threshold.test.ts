import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);
const model = at("model.safetensors");
const fit = ["fit", "toy:two-moons?n=4000", "--layers", "4", "--hidden", "16", "--steps", "400", "--backend", "cpu", "--quiet"];
const flagged = async (data: string, rate: string, ...more: string[]) =>
  (await flows(["score", model, data, "--threshold", rate, "--seed", "7", "--backend", "cpu", "--json", ...more])).json;

beforeAll(() => flows([...fit, "--out", model]), 60_000);

it.each([0.01, 0.05, 0.2])("flags rows of the data at rate %f", async (rate) => {
  const { flagged: count, rows } = await flagged("toy:two-moons?n=20000", `${rate}`);
  // 400 test rows set the threshold: the share of one fit varies as Beta does.
  expect(Math.abs((count as number) / (rows as number) - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / 400));
});

it("flags other data, names rows, and writes a column of flags", async () => {
  const out = at("scores.csv");
  const { code, out: text } = await flows(["score", model, "toy:ring?n=300", "--threshold", "0.01", "--backend", "cpu", "--out", out]);
  expect(code).toBe(0);
  expect(text).toMatch(/(2[89]\d|300) of 300 rows flagged: rows \d+, [\d, ]+\.\.\./);
  expect(text).toMatch(/flagged is a log-density below -?\d.*which at most 0.01 of the data's rows have; measured on 400 test rows/);
  const lines = readFileSync(out, "utf8").trimEnd().split("\n");
  expect(lines[0]).toBe("logProb,flag");
  const { threshold } = await flagged("toy:ring?n=300", "0.01");
  for (const line of lines.slice(1)) {
    const [logProb, flag] = line.split(",").map(Number);
    expect(flag).toBe(Number(logProb! < (threshold as number)));
  }
});

it.each(["0", "1", "-0.1", "7", "often", ""])("--threshold %s is a wrong call", async (rate) => {
  const { code, error } = await flows(["score", model, "toy:two-moons?n=20", `--threshold=${rate}`, "--backend", "cpu"]);
  expect(error).toMatch(/--threshold takes a (number above 0|rate of false alarms below 1)/);
  expect(code).toBe(2);
});

it("refuses a rate that the test rows cannot tell, and models without test rows", async () => {
  const rare = await flows(["score", model, "toy:two-moons?n=20", "--threshold", "0.0001", "--backend", "cpu"]);
  expect(rare.error).toMatch(/a false-alarm rate of 0.0001 needs at least 9999 held-out rows, got 400. Hold more back, or allow 0.0025/);
  expect(rare.code).toBe(1);
  const without = at("without.safetensors");
  await flows([
    "fit",
    "toy:two-moons?n=100",
    "--model",
    "affine",
    "--steps",
    "5",
    "--split",
    "0.1,0",
    "--backend",
    "cpu",
    "--quiet",
    "--out",
    without,
  ]);
  const none = await flows(["score", without, "toy:two-moons?n=20", "--threshold", "0.1", "--backend", "cpu"]);
  expect(none.error).toMatch(/keeps no log-densities of test rows.*--split 0.1,0.1/);
  expect(none.code).toBe(1);
});
