import type { Notebook } from "../lab/notebook.js";
import { depth } from "./depth.js";
import { bestBandwidth, miseOf } from "./exact-error.js";
import { measuredRates } from "./measured-rates.js";
import { parametricRate } from "./parametric-rate.js";

/** How fast log error falls with log n from n to 10 n, each with its best bandwidth. */
const slopeAt = (n: number, d: number): number =>
  Math.log10(miseOf(10 * n, bestBandwidth(10 * n, d), d) / miseOf(n, bestBandwidth(n, d), d));

/** Where the best bandwidth is about 1/20: there the limit has been reached. */
const farOut = (d: number): number => 20 ** (d + 4);

const claims = [
  { d: 1, rate: -0.8, printed: "n^-0.80" },
  { d: 2, rate: -2 / 3, printed: "n^-0.67" },
  { d: 10, rate: -4 / 14, printed: "n^-0.29" },
  { d: 50, rate: -4 / 54, printed: "n^-0.074" },
] as const;

/** The rates of section 10.2 from the exact error, from samples where that is feasible, and beside them the parametric one. */
export async function rates(notebook: Notebook): Promise<void> {
  for (const { d, rate, printed } of claims) {
    notebook.row({ id: "004.110", quantity: `slope of the exact squared error, d = ${d}`, document: printed, ours: slopeAt(farOut(d), d) });
    notebook.show("004.110", { value: slopeAt(farOut(d), d), expected: rate, tolerance: 0.01 });
  }
  for (const [d, printed] of [
    [10, "≈ 11"],
    [50, "≈ 10⁴"],
  ] as const) {
    const factor = 2 ** (-1 / slopeAt(farOut(d), d));
    notebook.row({ id: "004.111", quantity: `times more rows for half the squared error, d = ${d}`, document: printed, ours: factor });
    notebook.show("004.111", { value: Math.log2(factor), expected: (4 + d) / 4, tolerance: 0.3 });
  }
  notebook.note(
    "004.110: the rate is that of the squared error, which the document calls the L² norm (D13); it is reached where the best bandwidth is small: for d = 50 no sample is that large.",
  );
  await measuredRates(notebook);
  await parametricRate(notebook);
  await depth(notebook);
}
