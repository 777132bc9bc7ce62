import { naiveLogRatio } from "@flows/baselines-kde-gmm";
import { type Distribution, type Rows, score } from "@flows/core";
import { freshPoints, type Toy } from "@flows/datasets";
import { couplingFlow } from "../004-7/fitting.js";
import { fitted, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import type { Fitting } from "../lab/training.js";
import { type Estimate, exactLogRatio, p, q } from "./ratio-truth.js";

const flowOn = (toy: Toy, rows: number, quick: boolean): Fitting => ({
  key: `ratio-${toy.name}`,
  label: `flow on ${toy.name}`,
  make: couplingFlow(4, 32),
  toy,
  rows: 0.8 * rows,
  validation: 0.2 * rows,
  options: { steps: quick ? 200 : 2000, batch: 256, learningRate: 3e-3, schedule: { kind: "cosine" }, clip: 5, logEvery: 20 },
});

/** Two flows fitted apart, and their difference. The flows are the caller's to dispose. */
export async function naive(
  notebook: Notebook,
  rows: number,
): Promise<{ readonly estimate: Estimate; readonly models: readonly Distribution[] }> {
  const flowFor = async (toy: Toy): Promise<Distribution> => {
    const fitting = flowOn(toy, rows, notebook.quick);
    return restored(fitting, await fitted(notebook, fitting, 0));
  };
  const [numerator, denominator] = [await flowFor(p), await flowFor(q)];
  const estimate: Estimate = { name: "difference of two flows", logRatio: (x) => naiveLogRatio(numerator, denominator, x) };
  await compounded(notebook, numerator, denominator, estimate);
  await farOut(notebook, estimate);
  return { estimate, models: [numerator, denominator] };
}

const meanSquare = (a: ArrayLike<number>, b: ArrayLike<number>): number => mean(Array.from(a, (value, i) => (value - b[i]!) ** 2));

/** The first problem: the errors of both densities add up. */
async function compounded(notebook: Notebook, numerator: Distribution, denominator: Distribution, { logRatio }: Estimate): Promise<void> {
  const { rows } = freshPoints(p, 0);
  const above = meanSquare(await score(numerator, rows), p.logDensity!(rows));
  const below = meanSquare(await score(denominator, rows), q.logDensity!(rows));
  const both = meanSquare(await logRatio(rows), exactLogRatio(rows));
  const named = { "of log p": above, "of log q": below, "of their difference": both };
  for (const [what, ours] of Object.entries(named))
    notebook.row({ id: "004.120", quantity: `mean squared error ${what}, rows of p`, floor: 0, ours });
  notebook.show("004.120", {
    behaviour: `the errors add up: ${above.toFixed(4)} of log p and ${below.toFixed(4)} of log q make ${both.toFixed(4)} of the ratio`,
    passed: both > Math.max(above, below),
  });
}

/** The second: where a density is small its flow's small error is a large one of a ratio that divides by it. */
async function farOut(notebook: Notebook, estimate: Estimate): Promise<void> {
  const [near, far] = [await logError(estimate, freshPoints(p, 0).rows), await logError(estimate, gap)];
  notebook.row({ id: "004.120", quantity: "q / p is off by a factor of, on rows of p", document: 1, ours: Math.exp(near) });
  notebook.row({
    id: "004.120",
    quantity: "q / p is off by a factor of, in the gap of p, e^-8 of its peak",
    document: 1,
    ours: Math.exp(far),
  });
  notebook.show("004.120", {
    behaviour: `on rows of p its flow makes q / p wrong by a factor of ${Math.exp(near).toFixed(2)}, in the gap between the blobs, where p is nearly 0, by ${Math.exp(far).toFixed(1)}`,
    passed: far > 5 * near,
  });
}

/** Points of the gap between the blobs. */
export const gap: Rows = {
  data: Float64Array.from({ length: 2 * 441 }, (_, i) => (Math.floor(i / (i % 2 === 0 ? 2 : 42)) % 21) / 50 - 0.2),
  shape: [441, 2],
};

/** The mean of |estimated - true log-ratio|. */
export const logError = async ({ logRatio }: Estimate, x: Rows): Promise<number> => {
  const truth = exactLogRatio(x);
  return mean(Array.from(await logRatio(x), (value, i) => Math.abs(value - truth[i]!)));
};
