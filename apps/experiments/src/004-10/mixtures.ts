import { fitGmm } from "@flows/baselines-kde-gmm";
import { twoMoons } from "@flows/datasets";
import { blobs } from "../004-7/fitting.js";
import { heldOut } from "../lab/held-out.js";
import type { Notebook } from "../lab/notebook.js";
import type { SeedValue } from "../lab/record.js";
import { collapse } from "./collapse.js";
import { type Pathologies, pathologyFigure } from "./pathology-figure.js";
import { vanishing } from "./vanishing.js";

const moons = twoMoons();
const rows = 500;

/** EM where a mixture is the truth, and its three pathologies where it is not. */
export async function mixtures(notebook: Notebook): Promise<void> {
  await truth(notebook);
  const found: Pathologies = {
    selection: await selection(notebook),
    collapse: await collapse(notebook),
    vanishing: await vanishing(notebook),
    optima: await localOptima(notebook),
  };
  await notebook.figure("gmm-pathologies", pathologyFigure(found), ["004.117"]);
}

/** Two components on two blobs: the mixture contains the density, so what is left is the 11 parameters' error, 11 / 2n nats. */
async function truth(notebook: Notebook): Promise<void> {
  const ours: SeedValue[] = [];
  for (const seed of notebook.seeds(5)) {
    const { distribution } = await fitGmm(blobs.sample(rows, seed), { components: 2, seed });
    const { above } = await heldOut(distribution, blobs, seed);
    distribution.dispose();
    ours.push({ seed, value: above.mean, standardError: above.standardError });
  }
  const gap = notebook.row({ id: "004.116", quantity: `nats above the floor, two components by EM, n = ${rows}`, floor: 0, ours });
  notebook.show("004.116", { value: gap.ours, expected: 11 / (2 * rows), tolerance: 0.01 });
}

/** The number of components has to be chosen: BIC and AIC disagree, and more components only fit the training rows better. */
async function selection(notebook: Notebook): Promise<Pathologies["selection"]> {
  const found: Pathologies["selection"][number][] = [];
  for (let components = 1; components <= 20; components++) {
    const { distribution, bic, aic, logLikelihood } = await fitGmm(moons.sample(rows, 0), { components });
    const { nll } = await heldOut(distribution, moons, 0);
    distribution.dispose();
    found.push({ components, bic, aic, train: -logLikelihood, test: nll });
  }
  const least = (by: "bic" | "aic" | "test"): number => found.reduce((a, b) => (b[by] < a[by] ? b : a)).components;
  const [bic, aic, test] = [least("bic"), least("aic"), least("test")];
  for (const [by, ours] of [
    ["BIC", bic],
    ["AIC", aic],
    ["held-out NLL", test],
  ] as const)
    notebook.row({ id: "004.117", quantity: `components chosen by ${by}, two moons, n = ${rows}`, ours });
  notebook.show("004.117", {
    behaviour: `BIC chooses ${bic} components, AIC ${aic}, held-out rows ${test}; training NLL falls on`,
    passed: aic >= bic,
  });
  return found;
}

/** Where EM ends depends on where it starts. */
async function localOptima(notebook: Notebook): Promise<readonly number[]> {
  const { starts, distribution } = await fitGmm(moons.sample(rows, 0), { components: 8, restarts: 40, tolerance: 1e-6, iterations: 2000 });
  distribution.dispose();
  const sorted = [...starts].sort((a, b) => a - b);
  const spread = sorted.at(-1)! - sorted[0]!;
  notebook.row({ id: "004.117", quantity: "nats between the best and the worst of 40 starts, 8 components", ours: spread });
  notebook.show("004.117", { behaviour: `40 starts of EM end up to ${spread.toFixed(3)} nats apart`, passed: spread > 0.01 });
  return sorted;
}
