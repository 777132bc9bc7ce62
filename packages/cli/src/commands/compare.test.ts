import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";

import { flows, folder } from "../testing/run.js";
import type { Compared } from "./compare.js";

const { at, remove } = folder();
afterAll(remove);
const toy = "toy:two-moons?n=600";
const [gaussian, flow, again, whole] = [at("gaussian"), at("flow"), at("again"), at("whole")];
const fit = (out: string, ...options: string[]) => flows(["fit", toy, "--backend", "cpu", "--quiet", "--out", out, ...options]);
const compare = (...argv: string[]) => flows(["compare", ...argv, "--backend", "cpu", "--json"]);
const models = (json: Record<string, unknown>) => json.models as Compared[];

beforeAll(async () => {
  await fit(gaussian, "--model", "affine", "--steps", "150");
  await fit(flow, "--layers", "4", "--hidden", "16", "--steps", "200");
  await fit(again, "--model", "affine", "--steps", "150", "--seed", "1");
  await fit(whole, "--model", "affine", "--steps", "5", "--split", "0.1,0");
  writeFileSync(at("ab.csv"), `a,b\n${Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${Math.cos(2 * i)}`).join("\n")}\n`);
  await flows(["fit", at("ab.csv"), "--model", "affine", "--steps", "5", "--backend", "cpu", "--quiet", "--out", at("ab")]);
}, 60_000);

it("scores the rows that no fit has seen, the best model first, others paired with it", async () => {
  const { code, json, error } = await compare(gaussian, flow, toy);
  expect([code, json.rows, json.folds]).toEqual([0, 60, null]);
  expect(error).toMatch(/of the 60 rows of 600 that no fit has seen, best first/);
  const [best, other] = models(json);
  expect([best!.file, best!.toBest, other!.file]).toEqual([flow, null, gaussian]);
  const { mean, standardError, pValue } = other!.toBest!;
  expect(mean).toBeCloseTo(other!.meanLogProb! - best!.meanLogProb!, 5);
  expect(pValue).toBeLessThan(1e-4);
  expect(standardError).toBeGreaterThan(0);
});

it("agrees with the fit's own test rows, and with score on rows that are new to all", async () => {
  const tested = await flows(["inspect", flow, "--backend", "cpu", "--json"]);
  const [own] = models((await compare(flow, toy)).json);
  expect(own!.meanLogProb).toBeCloseTo(-(tested.json.history as { testNll: number }).testNll, 5);
  const fresh = ["toy:two-moons?n=500", "--seed", "9"];
  const [best] = models((await compare(flow, gaussian, ...fresh)).json);
  const scored = await flows(["score", flow, ...fresh, "--backend", "cpu", "--json"]);
  expect(best!.meanLogProb).toBeCloseTo(scored.json.meanLogProb as number, 6);
});

it("a model compared with itself does not differ", async () => {
  const [, same] = models((await compare(gaussian, gaussian, toy)).json);
  expect(same!.toBest).toEqual({ mean: 0, standardError: 0, pValue: 1 });
});

it("cross-validates: each row is scored once, by fits of the same recipe that have not seen it", async () => {
  const { code, json, error } = await compare(gaussian, again, toy, "--folds", "3");
  expect([code, json.rows, json.folds]).toEqual([0, 600, 3]);
  expect(error).toMatch(/Fold 3 of 3: fitting .*gaussian anew to 400 rows/);
  const [best, other] = models(json);
  // A Gaussian of these moments has entropy log(2 pi e) + log of both standard deviations' product and correlation.
  expect(
    Math.abs(best!.meanLogProb! - models((await compare(gaussian, "toy:two-moons?n=5000", "--seed", "5")).json)[0]!.meanLogProb!),
  ).toBeLessThan(0.1);
  expect(Math.abs(other!.toBest!.mean)).toBeLessThan(0.02);
  expect((await compare(gaussian, again, toy, "--folds", "3")).json).toEqual(json);
});

it.each([
  [
    "models of other columns",
    () => compare(gaussian, at("ab"), toy),
    /is a density of x1, x2, but .*ab of a, b\. Only densities of the same columns compare/,
  ],
  ["rows that every fit has seen", () => compare(gaussian, whole, toy), /held back from the fit of every model.*--folds 5/],
  ["more folds than rows", () => compare(gaussian, "toy:two-moons?n=20", "--folds", "21"), /20 rows are too few for 21 folds/],
  ["a file that is no model", () => compare(gaussian, at("ab.csv"), toy), /ab\.csv/],
  ["no data", () => compare(gaussian, flow), /there is no such file|not a number|cells|quote|empty|utf/i],
])("refuses %s", async (_, call, words) => {
  const { code, error } = await call();
  expect(error).toMatch(words);
  expect(code).toBe(1);
});
