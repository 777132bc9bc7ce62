import { cpu } from "@flows/backend-cpu";
import { useBackend } from "@flows/core";
import { defineDistribution, normals, tensorOf, uniforms } from "@flows/core/author";
import { constant, mul, square, sub, sum } from "@flows/core/ops";
import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { gaussianPosterior, type Wrong } from "../testing/gaussian-posterior.js";
import { mostByChance, normalRows, powerful, rejections } from "../testing/rejections.js";
import { expectedCoverage } from "./expected-coverage.js";
import { posteriorDraws } from "./posterior-draws.js";
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

/** Rows of a model that is right: truths as toy rows are drawn, and draws of the same square. */
function inSquare(seed: number) {
  const [n, draws] = [200, 19];
  const truths = { data: uniforms(seed, 0, n, 2, "dataset"), shape: [n, 2] as const };
  return { truths, draws: { data: uniforms(seed, 0, n * draws, 2, "base"), shape: [n, draws, 2] as const } };
}

describe("calibration's own random numbers", () => {
  it("are not those of the rows: with one seed for both a right model passes as often as with two", () => {
    const { same, other } = rejections((seed) => ({
      same: tarp(inSquare(seed), { seed }).pValue,
      other: tarp(inSquare(seed), { seed: seed + 1000 }).pValue,
    }));
    for (const count of [same, other]) expect(count).toBeLessThanOrEqual(mostByChance);
  });
});

describe("few and many posteriors", () => {
  it.each([10, 11, 12, 13, 40, 400])("%i right ones are rejected no more often than it says", (n) => {
    const { all } = rejections((seed) => ({
      all: sbc({ truths: normalRows(n, 1, seed), draws: { ...normalRows(n * 9, 1, seed, n), shape: [n, 9, 1] } }, { seed }).pValue,
    }));
    expect(all).toBeLessThanOrEqual(mostByChance);
  });

  it("half a standard deviation of bias: sbc sees it, tarp one time in five, and neither may see less", () => {
    const count = rejections((seed) => {
      const posterior = gaussianPosterior(seed, { shift: 0.5 });
      return { sbc: sbc(posterior, { seed }).pValue, tarp: tarp(posterior, { seed }).pValue };
    });
    expect(count.sbc).toBeGreaterThanOrEqual(powerful);
    expect(count.tarp).toBeGreaterThanOrEqual(30);
  });

  it("tarp is blind to a posterior that is the prior", () => {
    const { tarp: blind, sbc: same } = rejections((seed) => {
      const [n, draws] = [120, 29];
      const prior = { truths: normalRows(n, 2, seed), draws: { ...normalRows(n * draws, 2, seed, n), shape: [n, draws, 2] as const } };
      return { tarp: tarp(prior, { seed }).pValue, sbc: sbc(prior, { seed }).pValue };
    });
    for (const count of [blind, same]) expect(count).toBeLessThanOrEqual(mostByChance);
  });
});

describe("what they tell", () => {
  it("spread is above 1 for narrow posteriors and below it for wide ones, mean above a half where they lie too low", () => {
    const tells = (wrong: Wrong) => sbc(gaussianPosterior(1, wrong)).parameters[0]!;
    expect(tells({ scale: 0.5 }).spread).toBeGreaterThan(1.3);
    expect(tells({ scale: 2 }).spread).toBeLessThan(0.7);
    expect(tells({ shift: -1 }).mean).toBeGreaterThan(0.65);
    expect(Math.abs(tells({}).mean - 0.5)).toBeLessThan(0.1);
  });

  it("coverage is the diagonal for right posteriors and below it for narrow ones", () => {
    for (const { credibility, observed } of expectedCoverage(gaussianPosterior(1)).coverage)
      expect(Math.abs(observed - credibility)).toBeLessThan(0.15);
    const narrow = expectedCoverage(gaussianPosterior(1, { scale: 0.5 })).coverage;
    // 2-D: the region of credibility c has radius² -2 log(1 - c) in the posterior's sd, a quarter of it in the right one's: it holds 1 - (1 - c)^(1/4).
    for (const { credibility, observed } of narrow) expect(Math.abs(observed - (1 - (1 - credibility) ** 0.25))).toBeLessThan(0.15);
  });

  it("equal values are ranked by chance, so that draws which all agree with the truth are no alarm", () => {
    const truths = Array.from({ length: 200 }, (_, i) => [i % 2]);
    const draws = { data: Float64Array.from({ length: 200 * 19 }, (_, i) => Math.floor(i / 19) % 2), shape: [200, 19, 1] as const };
    expect(sbc({ truths, draws }).pValue).toBeGreaterThan(0.001);
  });
});

/** N(context / 2, 1 / 2), the posterior of a standard normal seen through standard normal noise. */
const seen = defineDistribution("test/seen", () => ({
  eventShape: [1],
  contextFeatures: 1,
  logProb: (x, _p, { context }) => sub(constant(-0.5 * Math.log(Math.PI)), sum(square(sub(x, mul(constant(0.5), context!))), -1)),
  sample: (n, { seed, first = 0, context }) => {
    const noise = tensorOf(
      normals(seed, first, n, 1).map((z) => z * Math.SQRT1_2),
      [n, 1],
    );
    return [sub(noise, mul(constant(-0.5), context!)), undefined];
  },
}));

describe("posteriorDraws", () => {
  it("draws and scores at every context, and leaves nothing", async () => {
    const backend = await useBackend(cpu());
    const model = seen({});
    const before = memory().numTensors;
    const truths = normalRows(300, 1, 1);
    const contexts = { data: truths.data.map((theta, i) => theta + normalRows(300, 1, 2).data[i]!), shape: [300, 1] as const };
    const posterior = await posteriorDraws(model, { truths, contexts, draws: 19, seed: 5 });
    expect([posterior.draws.shape, posterior.drawLogProb.shape, posterior.truthLogProb.length]).toEqual([[300, 19, 1], [300, 19], 300]);
    for (const check of [sbc(posterior), tarp(posterior), expectedCoverage(posterior)]) expect(check.pValue).toBeGreaterThan(0.01);
    const mixed = { ...posterior, truths: { data: truths.data.map((theta) => -theta), shape: truths.shape } };
    for (const check of [sbc(mixed), tarp(mixed)]) expect(check.pValue).toBeLessThan(1e-4);
    expect(memory().numTensors).toBe(before);
    await expect(posteriorDraws(model, { truths })).rejects.toMatchObject({ code: "context" });
    model.dispose();
    backend.dispose();
  });
});

describe("calibration refuses", () => {
  const good = gaussianPosterior(0);
  const few = { truths: normalRows(9, 2, 0), draws: { data: new Float64Array(9 * 5 * 2), shape: [9, 5, 2] as const } };

  it.each([
    ["few truths", few, /truths: 9 rows came, at least 10/],
    ["draws of another shape", { ...good, draws: normalRows(120, 2, 0) }, /want draws of shape \[120, draws, 2\], got \[120,2\]/],
    ["no draws", { ...good, draws: { data: new Float64Array(0), shape: [120, 0, 2] as const } }, /no draws/],
  ])("%s", (_, posterior, words) => {
    for (const test of [sbc, tarp]) expect(() => test(posterior)).toThrow(words);
  });

  it("truths that never vary, other counts of log-densities, and NaN", () => {
    const same = { truths: Array.from({ length: 120 }, () => [1, 2]), draws: good.draws };
    expect(() => tarp(same)).toThrow(/truths of parameter 0 are all 1/);
    expect(() => expectedCoverage({ ...good, truthLogProb: new Float64Array(20) })).toThrow(/20 truths want draws of shape \[20, draws\]/);
    expect(() => expectedCoverage({ ...good, truthLogProb: new Float64Array(120).fill(Number.NaN) })).toThrow(/number 0 is NaN/);
  });

  it("nothing where a truth lies outside the support: it is the least covered", () => {
    const outside = { ...good, truthLogProb: new Float64Array(120).fill(Number.NEGATIVE_INFINITY) };
    expect(expectedCoverage(outside).coverage.every(({ observed }) => observed < 0.3)).toBe(true);
  });
});
