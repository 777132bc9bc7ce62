import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Stream, streams } from "./streams.js";

const packages = join(import.meta.dirname, "..", "..", "..");

/**
 * Streams that several places read, of which one seed draws one: the noise of either base; components, or the centres that a clustering
 * begins with; weights, or what the kit shakes them by; splits of different rows.
 */
const several: Readonly<Partial<Record<Stream, number>>> = { base: 2, choice: 2, init: 2, split: 3 };

/** Every source of a package, with its path. */
const sources = readdirSync(packages).flatMap((name) =>
  readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" })
    .filter(
      (file) => file.endsWith(".ts") && !/\.test|testing|fixtures|examples/.test(file) && !(name === "core" && file.startsWith("random")),
    )
    .map((file) => [`${name}/${file}`, readFileSync(join(packages, name, "src", file), "utf8")] as const),
);

const placesOf = (stream: Stream): string[] => {
  const use = new RegExp(`(?:uniforms|normals|integers|shuffled|noise)\\((?:[^()]|\\([^()]*\\))*"${stream}"`);
  return sources.flatMap(([path, text]) => (use.test(text) ? [path] : []));
};

it.each(Object.keys(streams) as Stream[])("one use draws from the stream %s", (stream) => {
  const places = placesOf(stream);
  expect(places.length, places.join(", ")).toBeLessThanOrEqual(several[stream] ?? 1);
});

it("finds the uses that there are", () => {
  expect(placesOf("reference")).toEqual(["diagnostics/calibration/tarp.ts"]);
  expect(placesOf("dataset")).toEqual(["datasets/toys/define-toy.ts"]);
});
