import { fitRatio, logRatio, type RatioLoss } from "@flows/baselines-kde-gmm";
import { mlp } from "@flows/bijectors";
import type { Notebook } from "../lab/notebook.js";
import { naive } from "./naive-ratio.js";
import { ratioFigure } from "./ratio-figure.js";
import { type Estimate, errorOf, p, q } from "./ratio-truth.js";
import { uses } from "./ratio-uses.js";

export const rows = 4000;
const losses = ["logistic", "least-squares", "kullback-leibler"] as const satisfies readonly RatioLoss[];

/** Ratios of two blobs to a wide Gaussian: as the difference of two flows, and directly by a classifier and by Bregman matching. */
export async function ratios(notebook: Notebook): Promise<void> {
  const flows = await naive(notebook, rows);
  const estimates: Estimate[] = [flows.estimate];
  const networks = losses.map(() => mlp({ features: 2, hidden: [64, 64], outputs: 1, activation: "tanh" }));
  for (const [i, loss] of losses.entries()) {
    const network = networks[i]!;
    const samples = { p: p.sample(rows, 0), q: q.sample(rows, 0) };
    const fit = await fitRatio(network, samples, { loss, steps: notebook.quick ? 200 : 2000 });
    estimates.push({ name: `directly, ${loss}`, logRatio: (x) => logRatio(network, x) });
    notebook.row({ id: "004.121", quantity: `mean ratio under q on rows held out, ${loss}`, document: 1, ours: fit.meanRatio });
    if (loss === "logistic") await uses(notebook, network, fit, rows);
  }
  for (const estimate of estimates)
    notebook.row({ id: "004.121", quantity: `E_q |ratio - truth|, ${estimate.name}`, floor: 0, ours: await errorOf(estimate) });
  const worst = Math.max(...(await Promise.all(estimates.slice(1).map(errorOf))));
  notebook.show("004.121", {
    behaviour: `a classifier and two Bregman losses find the ratio to ${worst.toFixed(3)} under q, where a ratio of 1 is off by ${(await errorOf(one)).toFixed(3)}`,
    passed: worst < 0.5 * (await errorOf(one)),
  });
  await notebook.figure("density-ratio", await ratioFigure(estimates), ["004.120"]);
  for (const module of [...networks, ...flows.models]) module.dispose();
}

const one: Estimate = { name: "1", logRatio: async ({ shape: [n] }) => new Float64Array(n) };
