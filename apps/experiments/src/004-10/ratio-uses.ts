import { fitRatio, logRatio, type RatioFit } from "@flows/baselines-kde-gmm";
import { mlp } from "@flows/bijectors";
import type { Conditioner } from "@flows/core";
import { freshPoints } from "@flows/datasets";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import { exactLogRatio, onQ, p, q } from "./ratio-truth.js";

/** What section 10.4 says a ratio is good for, each against its known answer. */
export async function uses(notebook: Notebook, network: Conditioner, fit: RatioFit, rows: number): Promise<void> {
  await twoSamples(notebook, fit, rows);
  await weights(notebook, network);
  await discriminator(notebook, network);
  await energy(notebook, network);
}

/** A classifier that tells samples apart shows that their distributions differ; two samples of one it cannot tell apart. */
async function twoSamples(notebook: Notebook, { accuracy }: RatioFit, rows: number): Promise<void> {
  const network = mlp({ features: 2, hidden: [64, 64], outputs: 1, activation: "tanh" });
  const same = await fitRatio(network, { p: q.sample(rows, 1), q: q.sample(rows, 2) }, { steps: notebook.quick ? 100 : 500 });
  network.dispose();
  // Of 2 x rows / 5 rows held out, a coin is right with this standard error.
  const error = Math.sqrt(0.25 / (0.4 * rows));
  notebook.row({ id: "004.119", quantity: "two-sample test: accuracy for p and q", ours: accuracy });
  notebook.row({ id: "004.119", quantity: "two-sample test: accuracy for two samples of q", document: 0.5, ours: same.accuracy });
  notebook.show("004.119", {
    behaviour: `two-sample test: ${((accuracy - 0.5) / error).toFixed(0)} standard errors for p and q, ${((same.accuracy - 0.5) / error).toFixed(1)} for two samples of q`,
    passed: accuracy - 0.5 > 5 * error && Math.abs(same.accuracy - 0.5) < 3 * error,
  });
}

/** Importance sampling: E_p |x|^2 = 4.5 from rows of q, weighted by the ratio. */
async function weights(notebook: Notebook, network: Conditioner): Promise<void> {
  const w = (await logRatio(network, onQ)).map(Math.exp);
  const squared = (i: number): number => onQ.data[2 * i]! ** 2 + onQ.data[2 * i + 1]! ** 2;
  const total = mean(Array.from(w));
  const [weighed, plain] = [mean(Array.from(w, (value, i) => (value * squared(i)) / total)), mean(Array.from(w, (_, i) => squared(i)))];
  notebook.row({ id: "004.119", quantity: "importance sampling: E_p |x|² from rows of q", document: 4.5, ours: weighed });
  notebook.show("004.119", { value: weighed, expected: 4.5, tolerance: 0.2 });
  notebook.show("004.119", {
    behaviour: `without weights the same rows give ${plain.toFixed(2)}`,
    passed: Math.abs(plain - 4.5) > Math.abs(weighed - 4.5) || Math.abs(plain - 4.5) < 0.1,
  });
}

/** A GAN's discriminator: the best one is p / (p + q) = sigmoid(log p / q). */
async function discriminator(notebook: Notebook, network: Conditioner): Promise<void> {
  const sigmoid = (g: number): number => 1 / (1 + Math.exp(-g));
  const truth = exactLogRatio(onQ);
  const error = mean(Array.from(await logRatio(network, onQ), (g, i) => Math.abs(sigmoid(g) - sigmoid(truth[i]!))));
  notebook.row({ id: "004.119", quantity: "GAN discriminator: mean error of p / (p + q) under q", floor: 0, ours: error });
  notebook.show("004.119", { value: error, atMost: 0.03 });
}

/** An energy-based model against noise: p is q e^g over its mass, as noise-contrastive estimation has it. */
async function energy(notebook: Notebook, network: Conditioner): Promise<void> {
  const { rows } = freshPoints(p, 0);
  const mass = mean(Array.from(await logRatio(network, onQ), Math.exp));
  const noise = q.logDensity!(rows);
  const truth = p.logDensity!(rows);
  const gap = mean(Array.from(await logRatio(network, rows), (g, i) => truth[i]! - (noise[i]! + g - Math.log(mass))));
  notebook.row({ id: "004.119", quantity: "energy-based model q e^g: nats above the floor", floor: 0, ours: gap });
  notebook.show("004.119", { value: gap, atMost: 0.1 });
}
