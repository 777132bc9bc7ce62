import { type EmSpec, emFlops, emInputs, openEm } from "../baselines/em.js";
import { workload } from "../workload.js";

/** The floor is scikit-learn's default. */
const spec: EmSpec = { rows: 10_000, features: 8, components: 10, iterations: 20, floor: 1e-6 };

/** EM for a Gaussian mixture from the same start, beside scikit-learn's. */
export const em = workload<EmSpec>({
  name: "em",
  title: "EM iteration: 10 Gaussians of full covariance, 10,000 rows of 8 features",
  doors: { fit: { "gmm/em": openEm } },
  tasks: [
    {
      name: "em",
      title: "EM iteration",
      kind: "gmm/em",
      door: "fit",
      unit: "iteration",
      flops: emFlops(spec),
      spec,
      value: { name: "mean log-density of the rows", tolerance: 1e-4 },
      inputs: emInputs(spec),
      goals: [{ door: "fit", over: ["sklearn"], atMost: 1 }],
    },
  ],
});
