import { realNvp } from "@flows/bijectors";
import type { Notebook } from "../lab/notebook.js";
import { mean, type SeedValue } from "../lab/record.js";
import { baselineGap, flowGaps } from "./contest.js";
import { overNormal, overStudent } from "./student.js";
import { heavyTails, ridge, sines } from "./toys.js";

const rows = 4000;
const couplings = (features: number) => () => realNvp({ features, layers: 8, hidden: [64, 64], activation: "tanh" });

/** What section 10.3 says that flows can represent and mixtures cannot: a ridge, heavy tails, dependence without clusters. */
export async function beyondMixtures(notebook: Notebook): Promise<void> {
  const contests = [
    { what: "a ridge", toy: ridge, flows: { couplings: couplings(2) } },
    { what: "heavy tails", toy: heavyTails, flows: { "one layer, Student base": overStudent, "one layer, normal base": overNormal } },
    { what: "a chain of sines", toy: sines, flows: { couplings: couplings(4) } },
  ] as const;
  for (const { what, toy, flows } of contests) {
    const gmm: SeedValue[] = [];
    for (const seed of notebook.seeds(2)) gmm.push(await baselineGap(notebook, "gmm", toy, rows, seed));
    notebook.row({ id: "004.118", quantity: `nats above the floor, ${what}, GMM by BIC`, floor: 0, ours: gmm });
    const found: number[] = [];
    for (const [name, make] of Object.entries(flows)) {
      const ours = await flowGaps(notebook, { toy, make, rows, seeds: 2, name });
      const row = notebook.row({ id: "004.118", quantity: `nats above the floor, ${what}, ${name}`, floor: 0, ours });
      found.push(row.ours);
    }
    const mixture = mean(gmm.map(({ value }) => value));
    notebook.show("004.118", {
      behaviour: `${what}: the flow ends ${found[0]!.toFixed(3)} nats above the floor, a mixture of up to 20 components ${mixture.toFixed(3)}`,
      passed: found[0]! < mixture,
    });
  }
}
