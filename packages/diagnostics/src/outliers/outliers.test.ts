import { accepts } from "@flows/acceptance";
import { describe, expect, it } from "vitest";
import { normalRows } from "../testing/rejections.js";
import { outlierDetector } from "./outlier-detector.js";
import { likelihoodRatioScores, typicalityScores } from "./scores.js";

/** log p of a standard normal on `width` columns, up to its constant. */
const logProbs = (n: number, width: number, seed: number, change?: (value: number) => number): Float64Array => {
  const data = Float64Array.from(normalRows(n, width, seed, 0, change).data);
  return Float64Array.from({ length: n }, (_, i) => -0.5 * data.subarray(i * width, (i + 1) * width).reduce((sum, z) => sum + z * z, 0));
};
const surprise = (logProb: Float64Array): Float64Array => logProb.map((value) => -value);
const share = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0) / flags.length;

describe("outlierDetector", () => {
  it.each([0.01, 0.05, 0.2])("raises false alarms at rate %f, on average over 200 held-out sets", (rate) => {
    const shares = Array.from({ length: 200 }, (_, seed) => {
      const detector = outlierDetector(surprise(logProbs(199, 3, seed)), rate);
      return share(detector.flags(surprise(logProbs(500, 3, 10_000 + seed))));
    });
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    // A threshold from 199 rows makes the rate of one set vary as Beta does: sd near sqrt(rate / 200).
    expect(Math.abs(mean - rate)).toBeLessThan((4 * Math.sqrt(rate / 200)) / Math.sqrt(200) + 4 * Math.sqrt(rate / 100_000));
  });

  it("flags exactly the rows whose p-value is at most the rate", () => {
    const heldOut = surprise(logProbs(500, 2, 1));
    const scores = surprise(logProbs(2000, 2, 2, (z) => 1.5 * z));
    for (const rate of [0.01, 0.03, 0.5]) {
      const detector = outlierDetector(heldOut, rate);
      expect(Array.from(detector.flags(scores))).toEqual(Array.from(detector.pValues(scores), (p) => Number(p <= rate + 1e-12)));
    }
  });

  it("needs 1 / rate - 1 rows, and says so", () => {
    expect(outlierDetector(surprise(logProbs(99, 1, 0)), 0.01).heldOut).toBe(99);
    expect(() => outlierDetector(surprise(logProbs(98, 1, 0)), 0.01)).toThrow(
      /0.01 needs at least 99 held-out rows, got 98. Hold more back, or allow 0.011/,
    );
  });

  it.each([0, 1, -0.2, 7, Number.NaN])("refuses the rate %f", (rate) => {
    expect(() => outlierDetector([1, 2, 3], rate)).toThrow(/rate/);
  });

  it("refuses NaN, and takes infinity for what lies outside the support", () => {
    expect(() => outlierDetector([1, Number.NaN], 0.5)).toThrow(/score 1 is NaN/);
    expect(Array.from(outlierDetector([1, 2, 3], 0.3).flags([Number.POSITIVE_INFINITY, 0]))).toEqual([1, 0]);
  });

  it("duplicates never raise more alarms than stated", () => {
    expect(Array.from(outlierDetector([2, 2, 2, 2], 0.25).flags([2, 2, 3]))).toEqual([0, 0, 1]);
  });
});

describe("rows that are too likely, in 100 dimensions", () => {
  const [train, heldOut, fresh] = [1, 2, 3].map((seed) => logProbs(2000, 100, seed)) as [Float64Array, Float64Array, Float64Array];
  const near = logProbs(2000, 100, 4, (z) => 0.7 * z);
  const rate = 0.01;

  it("have no alarm by their density, whatever the threshold", () => {
    expect(share(outlierDetector(surprise(heldOut), rate).flags(surprise(near)))).toBe(0);
  });

  it("are flagged by typicality, at the stated false-alarm rate", () => {
    const detector = outlierDetector(typicalityScores(heldOut, train), rate);
    const [found, alarms] = [near, fresh].map((logProb) => share(detector.flags(typicalityScores(logProb, train))));
    expect(found).toBeGreaterThan(0.95);
    expect(alarms).toBeLessThan(0.02);
    const behaviour = `of rows that are too likely density flags none, typicality ${(100 * found!).toFixed(1)}%, at ${(100 * alarms!).toFixed(1)}% false alarms`;
    accepts("004.138", { behaviour, passed: found! > 0.95 && alarms! < 0.02 });
  });
});

it("the likelihood ratio cancels what model and background share", () => {
  expect(Array.from(likelihoodRatioScores([-3, -8], [-5, -4]))).toEqual([-2, 4]);
  expect(() => likelihoodRatioScores([1], [1, 2])).toThrow(/got 1 log-densities of the model and 2 of the background/);
});
