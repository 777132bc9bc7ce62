import { blobs, couplingFlow } from "../004-7/fitting.js";
import { fitted } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import type { Fitting } from "../lab/training.js";

const depths = [2, 4, 8, 32, 100] as const;
const rows = 300;

/** No validation: what the last weights of a long training make of few rows. */
const deep = (layers: number, quick: boolean): Fitting => ({
  key: `depth-${layers}`,
  label: `${layers} layers on ${rows} rows`,
  make: couplingFlow(layers, 32),
  toy: blobs,
  rows,
  options: { steps: quick ? 100 : 1000, batch: 100, learningRate: 1e-3, clip: 5, logEvery: 20 },
});

/** Bias and variance over depth: too few layers cannot follow the density, too many follow the rows. */
export async function depth(notebook: Notebook): Promise<void> {
  const gaps: number[] = [];
  const fits: number[] = [];
  for (const layers of depths) {
    const seeds = [];
    for (const seed of notebook.seeds(2)) seeds.push(await fitted(notebook, deep(layers, notebook.quick), seed));
    const ours = seeds.map(({ seed, above }) => ({ seed, value: above.mean, standardError: above.standardError }));
    gaps.push(mean(ours.map(({ value }) => value)));
    fits.push(mean(seeds.map(({ curve }) => mean(curve.y.slice(-5)))));
    notebook.row({ id: "004.108", quantity: `training NLL, K = ${layers}, ${rows} rows`, floor: blobs.entropy!, ours: fits.at(-1)! });
    notebook.row({ id: "004.108", quantity: `nats above the floor, K = ${layers}, ${rows} rows`, floor: 0, ours });
  }
  const best = gaps.indexOf(Math.min(...gaps));
  notebook.show("004.108", {
    behaviour: `${depths[best]} layers are best on ${rows} rows; 2 underfit (${gaps[0]!.toFixed(3)} nats above the floor), 100 overfit (${gaps.at(-1)!.toFixed(3)}, below the floor on their own rows)`,
    passed: best > 0 && best < depths.length - 1 && fits.at(-1)! < blobs.entropy!,
  });
}
