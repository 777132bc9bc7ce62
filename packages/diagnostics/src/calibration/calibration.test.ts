import { describe, expect, it } from "vitest";
import { gaussianPosterior, type Wrong } from "../testing/gaussian-posterior.js";
import { mostByChance, powerful, rejections } from "../testing/rejections.js";
import { expectedCoverage } from "./expected-coverage.js";
import { sbc } from "./sbc.js";
import { tarp } from "./tarp.js";

const rejected = (wrong: Wrong) =>
  rejections((seed) => {
    const posterior = gaussianPosterior(seed, wrong);
    return { sbc: sbc(posterior).pValue, tarp: tarp(posterior).pValue, coverage: expectedCoverage(posterior).pValue };
  });

describe("calibration over 200 repetitions at level 0.05", () => {
  it("rejects right posteriors no more often than it says", () => {
    for (const count of Object.values(rejected({}))) expect(count).toBeLessThanOrEqual(mostByChance);
  });

  it.each([
    ["overconfident", { scale: 0.5 }],
    ["biased", { shift: 1.5 }],
    ["too wide", { scale: 2 }],
  ])("rejects %s posteriors 19 times in 20", (_, wrong) => {
    for (const count of Object.values(rejected(wrong))) expect(count).toBeGreaterThanOrEqual(powerful);
  });
});
