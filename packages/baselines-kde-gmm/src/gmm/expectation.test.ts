import { cpu } from "@flows/backend-cpu";
import { useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { memory } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { momentsOf } from "../gaussian/moments.js";
import { correlated, covarianceKinds, mixtureOf } from "./covariance.js";
import { emRows } from "./em-rows.js";
import { fitGmm } from "./fit-gmm.js";
import { hostExpectation } from "./host-expectation.js";

const [n, d] = [5000, 3];
const noise = normals(2, 0, n, d);
/** Columns that go together, in units of their own, far from 0. */
const rows = {
  data: Float64Array.from(noise, (v, i) => [100, -5, 2000][i % d]! + [3, 0.1, 40][i % d]! * (v + noise[Math.floor(i / d) * d]! / 2)),
  n,
  features: d,
};
const mixture = mixtureOf(
  "test",
  {
    weights: Float64Array.of(0.3, 0.7),
    means: Float64Array.of(98, -5, 1990, 102, -4.9, 2010),
    covariances: Float64Array.of(9, 0.1, 30, 0.1, 0.02, 0.5, 30, 0.5, 1600, 12, 0, 0, 0, 0.01, 0, 0, 0, 2000),
  },
  d,
);
const upright = { ...mixture, slopes: mixture.slopes.map(() => 0) };

it.each(covarianceKinds)("the backend's E-step for %s covariances gives the host's sums in the data's units", async (kind) => {
  const handle = await useBackend(cpu());
  const before = memory().numTensors;
  const cross = correlated(kind);
  const of = cross ? mixture : upright;
  const many = emRows("test", rows, momentsOf(rows, new Float64Array(n).fill(1 / n)), cross);
  const [got, wanted] = [await many.expectation(of, cross), await hostExpectation(rows, of, cross)];
  many.dispose();
  expect(memory().numTensors).toBe(before);
  handle.dispose();
  expect(Math.abs(got.logLikelihood - wanted.logLikelihood)).toBeLessThan(1e-5);
  for (const name of ["counts", "shifts", "squares"] as const) {
    const scale = (i: number): number =>
      name === "counts" ? 1 : [3, 0.1, 40][i % d]! * (name === "squares" ? [3, 0.1, 40][Math.floor(i / d) % d]! : 1);
    for (const [i, value] of wanted[name].entries())
      expect(Math.abs(got[name][i]! - value) / scale(i) / n, `${name} ${i}`).toBeLessThan(2e-6);
  }
});

it("a search over many rows counts all of them, not the sample that it looks at", async () => {
  const handle = await useBackend(cpu());
  const blobs = Array.from({ length: 6000 }, (_, i) => [...normals(3, i, 1, 2)].map((v) => v + 8 * (i % 3)));
  const { components, bic, logLikelihood, parameters, weights, distribution } = await fitGmm(blobs, { components: [2, 3, 4] });
  distribution.dispose();
  handle.dispose();
  expect(components).toBe(3);
  expect(bic).toBeCloseTo(-2 * 6000 * logLikelihood + parameters * Math.log(6000), 6);
  for (const weight of weights) expect(Math.abs(weight - 1 / 3)).toBeLessThan(1e-4);
});
