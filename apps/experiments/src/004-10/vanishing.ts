import { fitGmm } from "@flows/baselines-kde-gmm";
import { blobs } from "../004-7/fitting.js";
import type { Notebook } from "../lab/notebook.js";

/** A weight, and how long the gradient of the NLL by that component's mean is. */
export interface Vanishing {
  readonly weight: number;
  readonly gradient: number;
}

const identity = [[1, 0], [0, 1]] as const; // biome-ignore format: a matrix
const rows = 500;

/**
 * A component whose weight goes to 0: the gradient of the NLL by its mean, mean_i r_i (mean - x_i) with its responsibilities r, goes
 * with it, so that no gradient step brings it back; EM divides by the weight and moves it at once.
 */
export async function vanishing(notebook: Notebook): Promise<readonly Vanishing[]> {
  const found: Vanishing[] = [];
  for (const weight of [0.5, 1e-1, 1e-2, 1e-4, 1e-6, 1e-8]) found.push({ weight, gradient: gradientAt(weight) });
  const [first, last] = [found[0]!, found.at(-1)!];
  const start = { weights: [1 - 1e-6, 1e-6], means: [[-2, 0], [0, 0]], covariances: [identity, identity] }; // biome-ignore format: a mixture
  const { weights, distribution } = await fitGmm(blobs.sample(rows, 0), { start, iterations: 200, tolerance: 1e-9 });
  distribution.dispose();
  for (const { weight, gradient } of [first, last])
    notebook.row({ id: "004.117", quantity: `gradient of a mean whose weight is ${weight}`, ours: gradient });
  notebook.row({ id: "004.117", quantity: "the weight after EM that began at 1e-6", ours: weights[1]! });
  notebook.show("004.117", {
    behaviour: `the gradient of a mean falls with its weight, by ${(first.gradient / last.gradient).toExponential(0)} from ${first.weight} to ${last.weight}; EM takes it from 1e-6 to ${weights[1]!.toFixed(2)}`,
    passed: last.gradient < 1e-3 * first.gradient && weights[1]! > 0.1,
  });
  return found;
}

/** For round components of deviation 1 at (-2, 0) and, with this weight, at (1, 0). */
function gradientAt(weight: number): number {
  const { data } = blobs.sample(rows, 0);
  const gradient = [0, 0];
  for (let i = 0; i < rows; i++) {
    const [x, y] = [data[2 * i]!, data[2 * i + 1]!];
    const [near, far] = [weight * Math.exp(-((x - 1) ** 2 + y ** 2) / 2), (1 - weight) * Math.exp(-((x + 2) ** 2 + y ** 2) / 2)];
    const responsibility = near / (near + far);
    gradient[0]! += (responsibility * (1 - x)) / rows;
    gradient[1]! -= (responsibility * y) / rows;
  }
  return Math.hypot(gradient[0]!, gradient[1]!);
}
