import { fitGmm } from "@flows/baselines-kde-gmm";
import { blobs } from "../004-7/fitting.js";
import { heldOut } from "../lab/held-out.js";
import type { Notebook } from "../lab/notebook.js";

const rows = 60;
const components = 15;
const floors = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6] as const;

/** One variance floor and what EM makes of it. */
export interface Collapsed {
  readonly floor: number;
  readonly train: number;
  readonly test: number;
  readonly warned: number;
}

/** Fifteen components on sixty rows: the lower the floor, the better they fit their rows and the worse all others; without one the likelihood has no maximum. */
export async function collapse(notebook: Notebook): Promise<readonly Collapsed[]> {
  const found: Collapsed[] = [];
  for (const floor of floors) {
    const fit = await fitGmm(blobs.sample(rows, 0), { components, floor, restarts: 10, iterations: 2000 });
    const { nll } = await heldOut(fit.distribution, blobs, 0);
    fit.distribution.dispose();
    found.push({ floor, train: -fit.logLikelihood, test: nll, warned: fit.warnings.filter((text) => text.includes("collapsed")).length });
  }
  const [widest, narrowest] = [found[0]!, found.at(-1)!];
  for (const { floor, train, test } of [widest, narrowest]) {
    notebook.row({ id: "004.117", quantity: `training NLL, ${components} components on ${rows} rows, floor ${floor}`, ours: train });
    notebook.row({
      id: "004.117",
      quantity: `held-out NLL, ${components} components on ${rows} rows, floor ${floor}`,
      floor: blobs.entropy!,
      ours: test,
    });
  }
  notebook.show("004.117", {
    behaviour: `at floor ${narrowest.floor} ${narrowest.warned} components collapse and are named; training NLL falls by ${(widest.train - narrowest.train).toFixed(1)}, held-out NLL rises by ${(narrowest.test - widest.test).toFixed(1)}`,
    passed: narrowest.warned > 0 && narrowest.train < widest.train && narrowest.test > widest.test,
  });
  return found;
}
