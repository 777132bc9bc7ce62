import { type KdeSpec, kdeFlops, kdeInputs, openKde } from "../baselines/kde.js";
import { workload } from "../workload.js";

/** scikit-learn's default bandwidth. */
const spec: KdeSpec = { count: 10_000, bandwidth: 1 };

/** A kernel density estimate on moons, beside scikit-learn's exact one: its default tolerances are 0. */
export const kde = workload<KdeSpec>({
  name: "kde",
  title: "Log-density of 10,000 points under a KDE on 10,000 rows of 2 features",
  doors: { score: { "kde/log-density": openKde } },
  tasks: [
    {
      name: "kde",
      title: "log-density of a KDE",
      kind: "kde/log-density",
      door: "score",
      unit: "10,000 points",
      flops: kdeFlops(spec),
      spec,
      value: { name: "largest difference from the exact log-density", tolerance: 1e-5 },
      inputs: kdeInputs(spec),
      goals: [{ door: "score", over: ["sklearn"], atMost: 0.2 }],
    },
  ],
});
