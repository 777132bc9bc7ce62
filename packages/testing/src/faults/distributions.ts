import type { SampleOptions } from "@flows/core";
import { defineDistribution, normals, tensorOf } from "@flows/core/author";
import { add, constant, mul, square, sub, sum, type Tensor } from "@flows/core/ops";

interface Config {
  readonly features: number;
}
const constantOf = ({ features }: Config): Tensor => constant(0.5 * features * Math.log(2 * Math.PI));
const logNormal = (x: Tensor, config: Config): Tensor => sub(mul(constant(-0.5), sum(square(x), -1)), constantOf(config));
const noise = (n: number, { features }: Config, { seed, first = 0 }: SampleOptions): Tensor =>
  tensorOf(normals(seed, first, n, features), [n, features]);

const unnormalised = defineDistribution({ type: "faulty/unnormalised", options: ["features"] }, (config: Config) => ({
  eventShape: [config.features],
  logProb: (x) => mul(constant(-0.5), sum(square(x), -1)),
  sample: (n, options) => [noise(n, config, options), undefined],
}));
const tooWide = defineDistribution({ type: "faulty/too-wide", options: ["features"] }, (config: Config) => ({
  eventShape: [config.features],
  logProb: (x) => logNormal(x, config),
  sample: (n, options) => [mul(noise(n, config, options), constant(1.2)), undefined],
}));
const seedless = defineDistribution({ type: "faulty/seedless", options: ["features"] }, (config: Config) => ({
  eventShape: [config.features],
  logProb: (x) => logNormal(x, config),
  sample: (n, options) => [noise(n, config, { ...options, seed: 4 }), undefined],
}));
const firstless = defineDistribution({ type: "faulty/firstless", options: ["features"] }, (config: Config) => ({
  eventShape: [config.features],
  logProb: (x) => logNormal(x, config),
  sample: (n, options) => [noise(n, config, { ...options, first: 0 }), undefined],
}));
const biased = defineDistribution({ type: "faulty/biased", options: ["features"] }, (config: Config) => ({
  eventShape: [config.features],
  logProb: (x) => logNormal(x, config),
  sample: (n, options) => {
    const z = noise(n, config, options);
    return [z, mul(constant(-0.5), sum(square(z), -1))];
  },
}));

const slightlyWide = defineDistribution({ type: "faulty/slightly-wide", options: ["features"] }, (config: Config) => ({
  eventShape: [config.features],
  logProb: (x) => logNormal(x, config),
  sample: (n, options) => [mul(noise(n, config, options), constant(1.03)), undefined],
}));
const longWrong = defineDistribution({ type: "faulty/long-wrong", options: ["features"] }, (config: Config) => ({
  eventShape: [config.features],
  logProb: (x) => {
    const logDensity = logNormal(x, config);
    return x.shape[0]! > 256 ? add(logDensity, mul(constant(0.01), logDensity)) : logDensity;
  },
  sample: (n, options) => [noise(n, config, options), undefined],
}));

/** Distributions that must not pass, and the law that must say so. */
export const distributionFaults = [
  { name: "a density that is not normalised", factory: unnormalised, caughtBy: "logProb integrates to 1" },
  { name: "samples a fifth too wide", factory: tooWide, caughtBy: "samples follow logProb" },
  { name: "samples three hundredths too wide", factory: slightlyWide, caughtBy: "samples follow logProb" },
  {
    name: "no normaliser in five dimensions",
    factory: unnormalised,
    features: 5,
    caughtBy: "logProb weighs 1 beside an estimate from samples",
  },
  {
    name: "samples a fifth too wide in three dimensions",
    factory: tooWide,
    features: 3,
    caughtBy: "samples follow logProb, column by column",
  },
  { name: "another density in batches above 256 rows", factory: longWrong, caughtBy: "a long batch equals its parts" },
  { name: "a seed nobody reads", factory: seedless, caughtBy: "a seed is a promise" },
  { name: "a first row nobody reads", factory: firstless, caughtBy: "a seed is a promise" },
  { name: "a sample whose density is another one", factory: biased, caughtBy: "sampleAndLogProb agrees with sample and with logProb" },
] as const;
export const faultyDistributions = { name: "faulty", spec: 1, modules: distributionFaults.map(({ factory }) => factory) } as const;
