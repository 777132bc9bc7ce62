import { fitGmm } from "@flows/baselines-kde-gmm";
import { normals } from "@flows/core/author";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import { slopeOf } from "./slope.js";

const repetitions = 40;
const sizes = [50, 200, 800, 3200] as const;

/** Squared error of the mean and covariance of a standard normal in the plane, by maximum likelihood. */
async function parameterError(n: number, seed: number): Promise<number> {
  const rows = { data: normals(seed, 0, n, 2), shape: [n, 2] as const };
  const { means, covariances, distribution } = await fitGmm(rows, { components: 1, restarts: 1, floor: 0 });
  distribution.dispose();
  const off = [...means[0]!, covariances[0]![0]![0]! - 1, covariances[0]![0]![1]!, covariances[0]![1]![1]! - 1];
  return off.reduce((sum, e) => sum + e * e, 0);
}

/** Maximum likelihood within the right family, which one affine layer over a normal base is: its error falls as n^(-1/2). */
export async function parametricRate(notebook: Notebook): Promise<void> {
  const errors: number[] = [];
  for (const n of sizes) {
    const found: number[] = [];
    for (const seed of notebook.seeds(repetitions)) found.push(await parameterError(n, seed));
    errors.push(Math.sqrt(mean(found)));
  }
  const ours = slopeOf(sizes, errors);
  notebook.row({
    id: "004.108",
    quantity: "slope of the parameters' error by maximum likelihood, n = 50 to 3,200",
    document: "n^-½",
    ours,
  });
  notebook.show("004.108", { value: ours, expected: -0.5, tolerance: 0.05 });
}
