import { realNvp } from "@flows/bijectors";
import { type Bijector, type Distribution, fit, push, type Rows, score } from "@flows/core";
import { freshPoints } from "@flows/datasets";
import { couplingByHand } from "../lab/coupling-by-hand.js";
import { farthest } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import { trainingOf } from "../lab/training.js";
import { layersOf } from "../lab/views.js";
import { fittingOf } from "./fittings.js";

const n = 500;
const maskOf = (layer: Bijector): readonly number[] => (layer.config as { readonly mask: readonly number[] }).mask;

/** Document 002's code on the trained RealNVP: its layers, its networks in plain loops, and its loss. */
export async function facts(notebook: Notebook, real: Distribution, planar: Distribution): Promise<void> {
  const fitting = fittingOf("realNvp", "moons", notebook.quick);
  const rows = trainingOf(fitting, 0).standardisation!.apply(freshPoints(fitting.toy, 0, n).rows);
  parts(notebook, layersOf(real), layersOf(planar));
  await couplings(notebook, layersOf(real), rows);
  await loss(notebook, rows);
}

/** Seen from the data every coupling is followed by its batch norm; a chain lists its layers from the noise. */
function parts(notebook: Notebook, real: readonly Bijector[], planar: readonly Bijector[]): void {
  const types = new Set([...real, ...planar].map(({ type, children }) => (children.bijector as Bijector | undefined)?.type ?? type));
  const own = ["flows/batch-norm", "flows/coupling", "flows/planar"];
  const known = [...types].every((type) => own.includes(type));
  notebook.show("002.1", { behaviour: `made of ${[...types].join(", ")}: no other flow library`, passed: known });
  const paired = real.every(({ type }, i) => type === (i % 2 === 0 ? "flows/batch-norm" : "flows/coupling"));
  const masks = real.filter((_, i) => i % 2 === 1).map(maskOf);
  const turns = masks.every(([first], i) => first === i % 2);
  notebook.show("002.16", {
    behaviour: `${masks.length} couplings, each with a batch norm; from the data the even mask comes first, then in turns`,
    passed: paired && turns && masks.length === 8,
  });
}

/** y = x exp(s) + t off the mask, with networks of LeakyReLU(0.2) on x · mask; e⁻¹ ≤ exp(s) ≤ e. */
async function couplings(notebook: Notebook, layers: readonly Bijector[], rows: Rows): Promise<void> {
  let [z, worst, kept] = [rows, 0, true];
  const scales: number[] = [];
  for (const layer of [...layers].reverse()) {
    const next = (await push(layer, z, "inverse")).rows;
    if (layer.type === "flows/coupling") {
      const [there, byHand] = [await push(layer, next), await couplingByHand(layer, next)];
      worst = Math.max(worst, farthest(there.rows.data, byHand.rows.data), farthest(there.logDet, byHand.logDet));
      kept &&= there.rows.data.every((value, i) => maskOf(layer)[i % 2] === 0 || value === next.data[i]);
      for (const logScale of byHand.logScales) scales.push(Math.exp(logScale));
    }
    z = next;
  }
  const close = worst < 1e-4;
  const within = `within ${worst.toExponential(1)} of plain loops, in 8 layers`;
  notebook.show("002.8", { behaviour: `networks see x · mask, and masked features pass to the bit: ${within}`, passed: close && kept });
  notebook.show("002.9", { behaviour: `Linear, LeakyReLU(0.2), twice, Linear; tanh on s alone: ${within}`, passed: close });
  notebook.show("002.11", { behaviour: `y = x exp(s) + t, log-det Σ s: ${within}`, passed: close });
  const [least, most] = [Math.min(...scales), Math.max(...scales)];
  notebook.row({ id: "002.10", quantity: "least exp(s) of the trained layers", document: "0.37", ours: least });
  notebook.row({ id: "002.10", quantity: "greatest exp(s) of the trained layers", document: "2.72", ours: most });
  const bounded = least >= Math.exp(-1) - 1e-6 && most <= Math.E + 1e-6;
  notebook.show("002.10", { behaviour: `exp(s) from ${least.toFixed(2)} to ${most.toFixed(2)}, never beyond [1/e, e]`, passed: bounded });
}

/** The loss of a step is the mean of -log p over its rows, and nothing else. */
async function loss(notebook: Notebook, rows: Rows): Promise<void> {
  const model = realNvp({ features: 2, layers: 4 });
  let told = Number.NaN;
  const options = { steps: 1, batch: n, learningRate: 0, validation: 0 } as const;
  await fit(model, rows, { ...options, onStep: (report) => (told = report.loss) });
  const error = Math.abs(told + mean(Array.from(await score(model, rows))));
  model.dispose();
  notebook.show("002.18", { behaviour: `a step's loss is −mean log p within ${error.toExponential(1)}`, passed: error < 1e-5 });
}
