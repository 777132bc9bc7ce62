import type { Distribution } from "@flows/core";
import { integers, normals, sizeOf, tensorOf } from "@flows/core/author";
import { broken } from "../close.js";
import type { Law } from "../law.js";
import { evaluate } from "../plain/evaluate.js";
import { read } from "../plain/read.js";
import { lawFor } from "../subject.js";
import { type DistributionSubject, oneContext } from "./subject.js";

const [drawn, centres] = [6000, 300];

/** Samples, draws of a kernel density estimate on some of them, and the density over the estimate's at each. */
interface Weighted {
  readonly width: number;
  readonly samples: ArrayLike<number>;
  readonly draws: Float64Array;
  readonly weights: Float64Array;
}

const column = (rows: ArrayLike<number>, width: number, k: number): Float64Array =>
  Float64Array.from({ length: rows.length / width }, (_, i) => rows[i * width + k]!);

/** Half the distance between the outer quarters: a scale that far samples do not move. */
function spreadOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  return (sorted[Math.floor(0.75 * sorted.length)]! - sorted[Math.floor(0.25 * sorted.length)]!) / 1.35;
}

async function weightedOf(d: Distribution, subject: DistributionSubject): Promise<Weighted> {
  const width = sizeOf(subject.event);
  const row = oneContext(subject);
  const repeated = Float64Array.from({ length: row.length * drawn }, (_, i) => row[i % row.length]!);
  const context = row.length > 0 ? tensorOf(repeated, [drawn, row.length]) : undefined;
  const { sample } = await read({ sample: d.sample(drawn, { seed: 11, context }) });
  context?.dispose();
  const widths = Array.from({ length: width }, (_, k) => 0.6 * spreadOf(column(sample!, width, k)));
  const chosen = integers(12, 0, drawn, centres);
  const noise = normals(13, 0, drawn, width);
  const draws = Float64Array.from(noise, (z, i) => {
    const k = i % width;
    return Math.fround(sample![chosen[Math.floor(i / width)]! * width + k]! + widths[k]! * z);
  });
  const batch = { rows: draws, shape: [drawn, ...subject.event] as const, context: repeated };
  const { logProb } = await evaluate(d, subject.density, batch);
  const estimate = estimateOf(sample!, widths);
  return { width, samples: sample!, draws, weights: Float64Array.from(logProb!, (value, i) => Math.exp(value - estimate(draws, i))) };
}

/** The log-density of the estimate at a row. */
function estimateOf(samples: ArrayLike<number>, widths: readonly number[]): (rows: Float64Array, i: number) => number {
  const width = widths.length;
  const constant = widths.reduce((sum, h) => sum - Math.log(h) - 0.5 * Math.log(2 * Math.PI), -Math.log(centres));
  return (rows, i) => {
    let sum = 0;
    for (let c = 0; c < centres; c++) {
      let squared = 0;
      for (let k = 0; k < width; k++) squared += ((rows[i * width + k]! - samples[c * width + k]!) / widths[k]!) ** 2;
      sum += Math.exp(-0.5 * squared);
    }
    return constant + Math.log(sum);
  };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const errorOf = (values: Float64Array, mean: number): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / values.length;

/** Beyond this a few draws decide, and neither law says anything. */
const mostError = 0.05;

/** In three dimensions and more, where no grid reaches: the density over that of an estimate from its samples has mean 1, and samples follow it. */
export function weightedLaws(subject: DistributionSubject): Law[] {
  if (sizeOf(subject.event) < 3) return [];
  return [
    lawFor(subject, "logProb weighs 1 beside an estimate from samples", async (d) => {
      const { weights } = await weightedOf(d, subject);
      const mean = meanOf(weights);
      const error = errorOf(weights, mean);
      if (error < mostError * mean && Math.abs(mean - 1) > 5 * error + 0.01)
        broken(`the density's mass is ${mean} +- ${error}, expected 1`);
    }),
    lawFor(subject, "samples follow logProb, column by column", async (d) => {
      const { width, samples, draws, weights } = await weightedOf(d, subject);
      const total = meanOf(weights);
      if (errorOf(weights, total) >= mostError * total) return;
      for (let k = 0; k < width; k++) follows(column(samples, width, k), column(draws, width, k), weights, total, k);
    }),
  ];
}

/** Shares of samples below quantiles of theirs, against the weights' shares. */
function follows(samples: Float64Array, draws: Float64Array, weights: Float64Array, total: number, k: number): void {
  const sorted = samples.slice().sort();
  for (const p of [0.1, 0.25, 0.5, 0.75, 0.9]) {
    const at = sorted[Math.floor(p * drawn)]!;
    const share = sorted.findIndex((value) => value > at) / drawn;
    const below = draws.map((value, i) => (weights[i]! / total) * (Number(value <= at) - share));
    const difference = meanOf(below);
    const error = Math.hypot(errorOf(below, difference), Math.sqrt((share * (1 - share)) / drawn));
    if (share >= 0 && Math.abs(difference) > 5 * error + 0.005)
      broken(`x${k + 1} <= ${at}: ${share} of the samples, ${share + difference} of the mass`);
  }
}
