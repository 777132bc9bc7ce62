import { accepts } from "@flows/acceptance";
import { cpu } from "@flows/backend-cpu";
import { realNvp } from "@flows/bijectors";
import { type BackendHandle, type Distribution, fit, type Rows, score, useBackend } from "@flows/core";
import type { Floats } from "@flows/core/author";
import { afterAll, beforeAll, expect, it } from "vitest";
import { normalRows } from "../testing/rejections.js";
import { outlierDetector } from "./outlier-detector.js";
import { typicalityScores } from "./scores.js";

const features = 32;

/** The mean log-density of the data under their own law, whose map keeps volumes; and what their Gaussian gives less. */
const best = (-features / 2) * Math.log(2 * Math.PI * Math.E);
const gaussianGap = ((features - 1) / 2) * Math.log(1.5);

/** Rows along a bent chain: each feature is noise and half the square of the noise before it. The share of the noise is 1 in the data. */
function chained(n: number, seed: number, noise = 1): Rows {
  const z = normalRows(n, features, seed, 0, (value) => noise * value).data;
  return { data: Float32Array.from(z, (value, i) => value + (i % features > 0 ? z[i - 1]! ** 2 / 2 : 0)), shape: [n, features] };
}

let backend: BackendHandle;
let model: Distribution;
beforeAll(async () => {
  backend = await useBackend(cpu());
  model = realNvp({ features, layers: 4, hidden: [32] });
  await fit(model, chained(6000, 1), { steps: 400, batch: 128, learningRate: 3e-3, clip: 5, seed: 0, validation: 0 });
}, 60_000);
afterAll(() => {
  model.dispose();
  backend.dispose();
});

it("a trained flow finds smooth rows likelier than its own data; its typicality flags them at the stated rate of false alarms", async () => {
  const samples = [chained(2000, 1), chained(2000, 2), chained(2000, 3), chained(2000, 4, 0.3)];
  const [train, heldOut, fresh, smooth] = (await Promise.all(samples.map((rows) => score(model, rows)))) as [
    Floats,
    Floats,
    Floats,
    Floats,
  ];
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value / values.length, 0);
  const rate = 0.05;
  const surprise = (logProb: ArrayLike<number>) => Array.from(logProb, (value) => -value);
  const byDensity = mean(outlierDetector(surprise(heldOut), rate).flags(surprise(smooth)));
  const detector = outlierDetector(typicalityScores(heldOut, train), rate);
  const [found, alarms] = [smooth, fresh].map((logProb) => mean(detector.flags(typicalityScores(logProb, train)))) as [number, number];
  // Not the Gaussian of the data's moments: each feature but the first varies by 1.5.
  expect(mean(heldOut)).toBeGreaterThan(best - 0.75 * gaussianGap);
  expect(mean(smooth)).toBeGreaterThan(mean(heldOut) + 10);
  expect(byDensity).toBe(0);
  expect(found).toBeGreaterThan(0.99);
  expect(Math.abs(alarms - rate)).toBeLessThan(4 * Math.sqrt((2 * rate * (1 - rate)) / 2000));
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const behaviour = `a trained flow gives smooth rows ${(mean(smooth) - mean(heldOut)).toFixed(0)} nats more than its data: density flags none, typicality ${percent(found)}, at ${percent(alarms)} false alarms`;
  accepts("004.138", { behaviour, passed: byDensity === 0 && found > 0.99 });
});
