import { readFileSync, writeFileSync } from "node:fs";
import { cpu } from "@flows/backend-cpu";
import { fitKde } from "@flows/baselines-kde-gmm";
import { save, useBackend } from "@flows/core";
import { afterAll, describe, expect, it } from "vitest";

import { flows, folder } from "../testing/run.js";
import type { Compared } from "./compare.js";

const { at, remove } = folder();
afterAll(remove);
const toy = "toy:two-moons?n=600&noise=0.1";
const file = (model: string): string => at(`${model}.safetensors`);

describe.each(["kde", "gmm"])("%s", (model) => {
  it("fits, says what it chose, and beats a Gaussian", async () => {
    const { code, json, error } = await flows(["fit", toy, "--model", model, "--out", file(model), "--seed", "3", "--json"]);
    expect(code).toBe(0);
    expect(Object.keys(json).join()).toBe("model,parameters,steps,seconds,stepMs,seed,trainNll,validationNll,testNll,floor,natsAboveFloor");
    expect(json).toMatchObject({ model, steps: 0, seed: 3 });
    expect(error).toContain(`Fitting ${model} to 480 rows of 2 columns`);
    expect(error).toMatch(
      model === "kde"
        ? /Bandwidth by cross-validation, in units of the fit: 0\.\d+, 0\.\d+\./
        : /\d+ components by (BIC|the validation rows), of up to \d+\./,
    );
    // A Gaussian of the data's moments is 1.3 nats above the floor.
    expect(json.natsAboveFloor).toBeGreaterThan(0);
    expect(json.natsAboveFloor).toBeLessThan(0.3);
  });

  it("scores and samples, the same for a seed", async () => {
    const scored = await flows(["score", file(model), "toy:two-moons?n=50&noise=0.1", "--seed", "9", "--json"]);
    expect(scored.json).toMatchObject({ rows: 50, outside: 0 });
    const sample = ["sample", file(model), "-n", "40", "--seed", "5", "--out"];
    for (const name of ["a.csv", "b.csv"]) expect((await flows([...sample, at(name)])).code).toBe(0);
    expect(readFileSync(at("a.csv"), "utf8")).toBe(readFileSync(at("b.csv"), "utf8"));
    expect((await flows(["score", file(model), at("a.csv"), "--json"])).json).toMatchObject({ rows: 40, outside: 0 });
  });

  it("is inspected and reported", async () => {
    expect((await flows(["inspect", file(model)])).out).toContain(`flows/${model} on rows of [2]`);
    const { code, error } = await flows(["report", file(model), toy, "--out", at("report.html")]);
    expect(code, error).toBe(0);
    const page = readFileSync(at("report.html"), "utf8");
    expect(page).toContain(`${model} on ${toy.replace("&", "&amp;")}`);
    expect(page).toContain(model === "kde" ? "Bandwidth by cross-validation" : "components by BIC");
  });

  it("takes no option of a training by steps, and no layers", async () => {
    for (const [option, value] of [
      ["--steps", "10"],
      ["--resume", "x"],
      ["--layers", "2"],
    ] as const) {
      const { code, error } = await flows(["fit", toy, "--model", model, option, value]);
      expect([code, error.includes(`the model ${model} takes no ${option}`)]).toEqual([2, true]);
    }
  });
});

it("compare fits them anew for each fold, with the seed and the split of their own fit", async () => {
  const { code, json, error } = await flows(["compare", file("kde"), file("gmm"), toy, "--folds", "2", "--seed", "3", "--json"]);
  expect(code, error).toBe(0);
  expect(json).toMatchObject({ rows: 600, folds: 2 });
  for (const { file: path, meanLogProb } of json.models as Compared[]) {
    const { json: scored } = await flows(["score", path, "toy:two-moons?n=5000&noise=0.1", "--seed", "9", "--json"]);
    // Half of the rows fit a little worse; other rows than those of the fold differ by their own standard error.
    expect(meanLogProb! - (scored.meanLogProb as number), path).toBeLessThan(0.15);
    expect(meanLogProb! - (scored.meanLogProb as number), path).toBeGreaterThan(-0.3);
  }
});

it("compare says that a file without its fit cannot be fitted anew", async () => {
  const backend = await useBackend(cpu());
  const { distribution } = await fitKde(
    [
      [0, 1],
      [1, 3],
      [2, 2],
    ],
    { bandwidth: 1 },
  );
  writeFileSync(at("bare.safetensors"), await save(distribution));
  distribution.dispose();
  backend.dispose();
  const { code, error } = await flows(["compare", at("bare.safetensors"), toy, "--folds", "2"]);
  expect(error).toMatch(/bare\.safetensors.*says nothing of its fit, so it cannot be fitted anew.*Compare it without --folds/);
  expect(code).toBe(1);
});
