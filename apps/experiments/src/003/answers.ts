import { bySeed, type Fitted } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { fixed, mean } from "../lab/record.js";
import { bounds, moons } from "./fittings.js";

/** The notes' five questions, answered with the numbers of this run. */
export function answers(notebook: Notebook, nice: readonly Fitted[], affine: readonly Fitted[]): void {
  const nll = (seeds: readonly Fitted[]): number => mean(bySeed(seeds, (one) => one.nll).map(({ value }) => value));
  const [additive, real] = [nll(nice), nll(affine)];
  const said = [
    "What is a coupling layer? Half of the features pass, the other half goes through an invertible map whose numbers a network makes of the first half; both directions are formulas (003.3, 003.9).",
    "What is an additive coupling? It adds the network's output, so its Jacobian is triangular with ones: log-det 0 (003.11).",
    "What is an affine coupling, and how does it differ? It also multiplies by exp(s), so it changes volume and its log-det is Σ s (003.15, 003.17).",
    "What are the objectives? NICE: log p(x) = log p(z). RealNVP: log p(z) − ΣΣ s. Both are the exact likelihood (003.13, 003.16).",
    `How are they implemented and trained? nice() and realNvp() with fit(): ten epochs reach ${fixed(additive, 3)} and ${fixed(real, 3)} nats; the bound of NICE is ${fixed(bounds.unscaled, 4)}, the floor ${fixed(moons.entropy!, 4)} (003.23, 003.25).`,
  ];
  said.forEach((text, i) => void notebook.note(`Question ${i + 1}: ${text}`));
  notebook.show("003.1", {
    behaviour: "five questions answered in the notes; RealNVP passes the bound that NICE cannot",
    passed: additive > bounds.unscaled && real < bounds.unscaled,
  });
}
