import { fitKde } from "@flows/baselines-kde-gmm";
import { type Rows, score } from "@flows/core";
import { normals } from "@flows/core/author";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import { bestBandwidth } from "./exact-error.js";
import { slopeOf } from "./slope.js";

const repetitions = 10;
const sizes = [200, 800, 3200] as const;

/** Centres of cells over [-5, 5]^d, and a cell's volume. */
function cells(d: 1 | 2): { readonly rows: Rows; readonly volume: number } {
  const n = d === 1 ? 1000 : 100;
  const centre = (k: number): number => -5 + (10 * (k + 0.5)) / n;
  const data = Float64Array.from({ length: n ** d * d }, (_, i) =>
    centre(d === 1 || i % 2 === 0 ? Math.floor(i / d) % n : Math.floor(i / (d * n))),
  );
  return { rows: { data, shape: [n ** d, d] }, volume: (10 / n) ** d };
}

/** The integrated squared error of one KDE of standard normal rows. */
async function squaredError(n: number, d: 1 | 2, seed: number): Promise<number> {
  const { distribution } = await fitKde({ data: normals(seed, 0, n, d), shape: [n, d] }, { bandwidth: bestBandwidth(n, d) });
  const { rows, volume } = cells(d);
  const logs = await score(distribution, rows);
  distribution.dispose();
  const truth = (i: number): number => {
    const squared = Array.from(rows.data.subarray(d * i, d * (i + 1)), (x) => x * x).reduce((a, b) => a + b, 0);
    return Math.exp(-squared / 2) / (2 * Math.PI) ** (d / 2);
  };
  return volume * Array.from(logs, (value, i) => (Math.exp(value) - truth(i)) ** 2).reduce((a, b) => a + b, 0);
}

/** Our KDE's error on samples of a standard normal in one and two dimensions. */
export async function measuredRates(notebook: Notebook): Promise<void> {
  for (const [d, rate] of [
    [1, -0.8],
    [2, -2 / 3],
  ] as const) {
    const errors: number[] = [];
    for (const n of sizes) {
      const found: number[] = [];
      for (const seed of notebook.seeds(repetitions)) found.push(await squaredError(n, d, seed));
      errors.push(mean(found));
    }
    const ours = slopeOf(sizes, errors);
    notebook.row({
      id: "004.110",
      quantity: `slope of the measured squared error, d = ${d}, n = 200 to 3,200`,
      document: d === 1 ? "n^-0.80" : "n^-0.67",
      ours,
    });
    notebook.show("004.110", { value: ours, expected: rate, tolerance: 0.15 });
  }
}
