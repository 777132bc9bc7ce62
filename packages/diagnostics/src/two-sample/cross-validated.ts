import type { Rows } from "@flows/core";
import { select, shuffled } from "@flows/core/author";
import { columnOf } from "../rows.js";
import { meanOf, varianceOf } from "../statistics/moments.js";
import { normalCdf } from "../statistics/tails.js";
import type { TestResult } from "../statistics/test-result.js";
import { type Labelled, type Lesson, verdicts } from "./classifier.js";
import type { Pooled } from "./pooled.js";

const folds = 5;
/** The part of the rows to learn from that says when to stop. */
const heldBack = 0.1;

/**
 * The accuracy of networks that are each trained on four fifths of the rows and asked about the last fifth, balanced over the samples.
 *
 * The p-value takes the accuracy as normal about 0.5, with the variance of as many coins times 1 + folds / (folds - 1): folds share
 * their training rows.
 * Source: Nadeau and Bengio (2003), Inference for the generalization error, Machine Learning 52, section 3.
 */
export async function crossValidated(pool: Pooled, lesson: Lesson): Promise<TestResult> {
  const { first, count } = pool;
  const all = labelled(pool);
  const order = shuffled(count, lesson.seed, 0, "folds");
  const right = [0, 0];
  for (let fold = 0; fold < folds; fold++) {
    const [from, to] = [Math.floor((fold * count) / folds), Math.floor(((fold + 1) * count) / folds)];
    const [asked, rest] = [order.subarray(from, to), order.filter((_, i) => i < from || i >= to)];
    const held = Math.ceil(heldBack * rest.length);
    const told = await verdicts(picked(all, rest.subarray(held)), picked(all, rest.subarray(0, held)), select(all.x, asked), lesson);
    asked.forEach((row, i) => {
      if (told[i]! > 0 === row < first) right[row < first ? 0 : 1]! += 1;
    });
  }
  const [n, m] = [first, count - first];
  const statistic = 0.5 * (right[0]! / n + right[1]! / m);
  const deviation = 0.25 * Math.sqrt((1 / n + 1 / m) * (1 + folds / (folds - 1)));
  return { statistic, pValue: normalCdf((0.5 - statistic) / deviation) };
}

const picked = ({ x, marks }: Labelled, rows: Int32Array): Labelled => ({ x: select(x, rows), marks: select(marks, rows) });

/** Columns in units of the first sample's mean and standard deviation; both samples count alike, whatever their sizes. */
function labelled({ data, width, first, count }: Pooled): Labelled {
  const sample: Rows = { data: data.subarray(0, first * width), shape: [first, width] };
  const units = Array.from({ length: width }, (_, column) => unitOf(columnOf(sample, column)));
  const x = Float64Array.from(data, (value, i) => (value - units[i % width]!.mean) / units[i % width]!.deviation);
  const counts = [count / (2 * (count - first)), count / (2 * first)];
  const marks = Float64Array.from({ length: 2 * count }, (_, i) => {
    const own = i < 2 * first;
    return i % 2 === 1 ? counts[Number(own)]! : own ? 1 : -1;
  });
  return { x: { data: x, shape: [count, width] }, marks: { data: marks, shape: [count, 2] } };
}

function unitOf(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  const [mean, deviation] = [meanOf(values), Math.sqrt(varianceOf(values))];
  return { mean, deviation: deviation > 1e-14 ? deviation : 1 };
}
