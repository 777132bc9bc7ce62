import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { streams } from "./streams.js";
import { uniforms } from "./uniform.js";

const packages = join(import.meta.dirname, "../../..");
const sources = readdirSync(packages)
  .flatMap((name) => readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" }).map((file) => join(name, "src", file)))
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|[\\/](testing|fixtures|generated)[\\/]/.test(file) && !file.startsWith("testing"));

/** The files that name a stream as the last argument of a call: its uses. */
const usesOf = (stream: string): string[] =>
  sources
    .filter((file) => new RegExp(`,\\s*"${stream}",?\\s*\\)`).test(readFileSync(join(packages, file), "utf8")))
    .map((file) => relative("", file).replaceAll("\\", "/"))
    .sort();

it("tests draw from streams that nobody else draws from", () => {
  expect(usesOf("permutation")).toEqual(["diagnostics/src/two-sample/permutation-test.ts"]);
  expect(usesOf("ties")).toEqual(["diagnostics/src/calibration/posterior.ts"]);
  expect(usesOf("reference")).toEqual(["diagnostics/src/calibration/tarp.ts"]);
  expect(usesOf("folds")).toEqual(["diagnostics/src/two-sample/cross-validated.ts"]);
});

it("diagnostics and reports draw from no stream of data or models", () => {
  for (const stream of ["base", "choice", "init", "shuffle", "split", "dataset", "dequantise", "trace"])
    expect(usesOf(stream).filter((file) => /^(diagnostics|report)/.test(file))).toEqual([]);
});

it("toy rows, mixtures' components and held-back rows are each drawn for one purpose", () => {
  expect(usesOf("dataset")).toEqual(["datasets/src/toys/define-toy.ts"]);
  // A fit draws where it begins and which rows it tries, a mixture its components: never by one seed on the same rows.
  expect(usesOf("choice")).toEqual([
    "baselines-kde-gmm/src/gmm/k-means.ts",
    "baselines-kde-gmm/src/gmm/search.ts",
    "baselines-kde-gmm/src/mixture/choose.ts",
  ]);
  expect(usesOf("init")).toEqual(["core/src/modules/params.ts"]);
});

it("no two streams have a number, or their numbers, in common", () => {
  const names = Object.keys(streams) as (keyof typeof streams)[];
  expect(new Set(Object.values(streams)).size).toBe(names.length);
  const drawn = names.flatMap((name) => [...uniforms(7, 0, 50, 2, name)]);
  expect(new Set(drawn).size).toBe(names.length * 100);
});
