import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flows, folder, type Ran } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);
const model = at("model.safetensors");
const toy = "toy:two-moons?n=600&noise=0.1";
let fitted: Ran;

beforeAll(async () => {
  const size = ["--layers", "4", "--hidden", "16", "--steps", "60", "--learning-rate", "0.01"];
  fitted = await flows(["fit", toy, ...size, "--out", model, "--history", at("history.json"), "--seed", "3", "--json"]);
}, 60_000);

it("fit tells what the issue lists, and the model learned something", () => {
  expect(fitted.code).toBe(0);
  const { json } = fitted;
  expect(Object.keys(json).join()).toBe("model,parameters,steps,seconds,stepMs,seed,trainNll,validationNll,testNll,floor,natsAboveFloor");
  expect(json).toMatchObject({ model: "realnvp", steps: 60, seed: 3 });
  const { min, median } = json.stepMs as { min: number; median: number };
  expect(min).toBeGreaterThan(0);
  expect(median).toBeGreaterThanOrEqual(min);
  // A Gaussian of the data's moments is 1.3 nats above the floor.
  expect(json.natsAboveFloor).toBeLessThan(1.2);
  expect(json.natsAboveFloor).toBeGreaterThan(0);
  expect(Math.abs((json.testNll as number) - (json.floor as number) - (json.natsAboveFloor as number))).toBeLessThan(0.4);
});

it("fit shows its progress in lines, and nothing with --quiet", async () => {
  expect(fitted.error).toMatch(/Fitting realnvp \([\d,]+ parameters\) to 480 rows of 2 columns; 60 rows validate, 60 test\./);
  expect(fitted.error).toMatch(/A step runs as one program: \d+ modules in one program of \d+ steps, \d+ numbers a row\./);
  expect(fitted.error).toMatch(/60\/60 steps, .*\/s, 0 s left, loss .*validation .* nats above the floor/);
  const quiet = await flows(["fit", toy, "--model", "affine", "--steps", "20", "--quiet", "--json", "--backend", "cpu"]);
  expect(quiet.error).toBe("");
  expect(quiet.out.trimEnd().split("\n")).toHaveLength(1);
});

it("the history says the same, and gives the curve", () => {
  const history = JSON.parse(readFileSync(at("history.json"), "utf8"));
  expect(history.natsAboveFloor).toBe(fitted.json.natsAboveFloor);
  expect(history.curve.at.length).toBe(history.curve.train.length);
  expect(history.curve.at.length).toBe(history.curve.validation.length);
  expect(history.curve.at.at(-1)).toBe(60);
});

it("the same call gives the same numbers, another seed others", async () => {
  const call = ["fit", toy, "--layers", "4", "--hidden", "16", "--steps", "60", "--learning-rate", "0.01", "--json", "--quiet", "--seed"];
  expect((await flows([...call, "3"])).json.natsAboveFloor).toBe(fitted.json.natsAboveFloor);
  expect((await flows([...call, "4"])).json.natsAboveFloor).not.toBe(fitted.json.natsAboveFloor);
});

it("score writes one logProb a row, whose mean it tells", async () => {
  const { code, json } = await flows(["score", model, "toy:two-moons?n=50&noise=0.1", "--seed", "9", "--out", at("scores.csv"), "--json"]);
  const [header, ...lines] = readFileSync(at("scores.csv"), "utf8").trimEnd().split("\n");
  expect([code, header, lines.length]).toEqual([0, "logProb", 50]);
  expect(json).toMatchObject({ rows: 50, outside: 0, out: at("scores.csv") });
  expect(lines.reduce((sum, line) => sum + Number(line), 0) / 50).toBeCloseTo(json.meanLogProb as number, 4);
});

it("sample draws rows that score takes back, the same for a seed", async () => {
  const first = await flows(["sample", model, "-n", "20", "--seed", "5"]);
  expect(first.out.split("\n")[0]).toBe("x1,x2");
  expect(first.out.trimEnd().split("\n")).toHaveLength(21);
  await flows(["sample", model, "-n", "20", "--seed", "5", "--out", at("samples.csv"), "--quiet"]);
  expect(readFileSync(at("samples.csv"), "utf8")).toBe(first.out);
  const colder = await flows(["sample", model, "-n", "20", "--seed", "5", "--temperature", "0.5"]);
  expect(colder.out).not.toBe(first.out);
  expect((await flows(["score", model, at("samples.csv"), "--json"])).json.rows).toBe(20);
});

it("one row is enough to score", async () => {
  writeFileSync(at("one.csv"), "x2,x1\n0.5,1\n");
  const { code, json } = await flows(["score", model, at("one.csv"), "--json"]);
  expect([code, json.rows]).toEqual([0, 1]);
});

it("inspect tells layers, columns, programs and history", async () => {
  const { code, out } = await flows(["inspect", model]);
  expect(code).toBe(0);
  expect(out).toMatch(/flows\/coupling.*parameters/);
  expect(out).toMatch(/scoring runs as one program/);
  expect(out).toMatch(/2 columns\n {2}x1 {2}less/);
  expect(out).toContain(`realnvp fitted to ${toy}: 60 steps`);
  const { json } = await flows(["inspect", model, "--json"]);
  expect(json).toMatchObject({ parameters: fitted.json.parameters, history: { seed: 3 } });
});

it("report is one page that needs nothing else, with every figure as PNG too", async () => {
  const { code, json } = await flows(["report", model, toy, "--out", at("report.html"), "--png", at("png"), "--json"]);
  expect(code).toBe(0);
  const html = readFileSync(at("report.html"), "utf8");
  expect(html).not.toMatch(/<script|<link|<img[^>]+src="(?!data:)|url\((?!"?data:)/);
  for (const heading of ["Density", "Samples over data", "Latent space", "Training", "The map from noise to data", "Cost"])
    expect(html).toContain(heading);
  expect(html).toContain("Nats above the floor");
  const figures = json.figures as string[];
  expect(figures.map((file) => file.slice(at("png/").length))).toEqual(
    ["density", "samples", "latents", "calibration", "outliers", "training", "grid", "layers"].map((name) => `${name}.png`),
  );
  for (const file of figures) expect(readFileSync(file).subarray(1, 4).toString()).toBe("PNG");
});

it("a table of one column has its models and its report", async () => {
  const one = at("one.safetensors");
  const { json } = await flows(["fit", "toy:bimodal?n=300", "--layers", "4", "--steps", "20", "--out", one, "--json", "--quiet"]);
  expect(json).toMatchObject({ model: "planar" });
  const { code } = await flows(["report", one, "toy:bimodal?n=300", "--out", at("one.html")]);
  expect(code).toBe(0);
  expect(readFileSync(at("one.html"), "utf8")).toContain("The map from noise to data");
});

it("standardize=true changes the units of every figure alike", async () => {
  const call = ["--model", "affine", "--steps", "300", "--quiet", "--json", "--backend", "cpu"];
  const plain = await flows(["fit", "toy:two-blobs?n=500", ...call]);
  const standard = await flows(["fit", "toy:two-blobs?n=500&standardize=true", ...call]);
  const [a, b] = [plain.json, standard.json] as Record<string, number>[];
  expect(b!.natsAboveFloor).toBeCloseTo(a!.natsAboveFloor!, 3);
  expect(b!.testNll! - a!.testNll!).toBeCloseTo(b!.floor! - a!.floor!, 3);
});
