import { wasm } from "@flows/backend-wasm";
import type { Experiment } from "../lab/experiment.js";
import { aboveFloor, bySeed, type Fitted, fittedSeeds } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { answers } from "./answers.js";
import { facts } from "./facts.js";
import { affine, batchesAnEpoch, bounds, longNice, moons, plainNice, printed, scaledNice } from "./fittings.js";
import { pictures } from "./pictures.js";

const floor = moons.entropy!;

export const niceAndRealNvp: Experiment = {
  name: "003",
  title: "NICE as in the notes against the bound of its family, with scaling, and RealNVP",
  backend: wasm,
  training: true,
  run: async (notebook) => {
    const seeds = {
      nice: await fittedSeeds(notebook, plainNice, 3),
      scaled: await fittedSeeds(notebook, scaledNice, 3),
      long: await fittedSeeds(notebook, longNice(notebook.quick), 3),
      affine: await fittedSeeds(notebook, affine, 3),
    };
    losses(notebook, seeds.nice);
    results(notebook, seeds);
    await pictures(notebook, [
      [plainNice, seeds.nice[0]!],
      [longNice(notebook.quick), seeds.long[0]!],
      [affine, seeds.affine[0]!],
    ]);
    await facts(notebook, seeds.nice[0]!, seeds.affine[0]!);
    answers(notebook, seeds.nice, seeds.affine);
    notebook.note(
      `003.23: no volume-preserving flow gets below ${bounds.unscaled.toFixed(4)} on these moons, so the notes' plateau is a limit of the family, not of training.`,
    );
    notebook.note("003.27: in Flow++ the mixture of logistics is the coupling's map, not the base (D11).");
  },
};

function losses(notebook: Notebook, seeds: readonly Fitted[]): void {
  printed.forEach((document, i) => {
    const ours = bySeed(seeds, ({ curve }) => curve.y[i]!);
    const row = notebook.row({ id: "003.23", quantity: `NICE, training loss of epoch ${i + 1}`, document, floor: bounds.unscaled, ours });
    notebook.show("003.23", { value: row.ours, expected: document, tolerance: 0.06 });
  });
  const { curve, parameters } = seeds[0]!;
  notebook.row({ id: "003.19", quantity: "parameters of NICE", document: 101_382, ours: parameters });
  notebook.show("003.19", { value: parameters, expected: 101_382, tolerance: 0 });
  notebook.show("003.21", {
    behaviour: "10,000 rows, not standardised, 40 batches an epoch with the last one kept",
    passed: curve.x[0] === batchesAnEpoch,
  });
  notebook.show("003.22", { behaviour: "Adam 1e-3, ten epochs, the loss weighted by the batches' sizes", passed: curve.y.length === 10 });
}

function results(notebook: Notebook, seeds: Readonly<Record<"nice" | "scaled" | "long" | "affine", readonly Fitted[]>>): void {
  const nll = ({ nll: value }: Fitted): number => value;
  const plain = notebook.row({
    id: "003.23",
    quantity: "NICE, held-out NLL (bound 1.9194)",
    document: 1.9542,
    floor: bounds.unscaled,
    ours: bySeed(seeds.nice, nll),
  });
  notebook.show("003.23", { value: plain.ours, expected: 1.9542, tolerance: 0.05 });
  notebook.show("003.13", {
    behaviour: "no seed of NICE is below its family's bound",
    passed: seeds.nice.every((one) => one.nll > bounds.unscaled - 0.01),
  });
  notebook.row({
    id: "003.26",
    quantity: "NICE with scaling, 10 epochs (bound 0.3304)",
    floor: bounds.scaled,
    ours: bySeed(seeds.scaled, nll),
  });
  const scaled = notebook.row({
    id: "003.26",
    quantity: `${longNice(notebook.quick).label}, cosine from 3e-3`,
    floor: bounds.scaled,
    ours: bySeed(seeds.long, nll),
  });
  notebook.show("003.26", { value: scaled.ours, atMost: bounds.unscaled });
  notebook.show("003.26", {
    behaviour: "no seed is below the bound of a scaled volume-preserving flow",
    passed: seeds.long.every((one) => one.nll > bounds.scaled - 0.01),
  });
  const affine = notebook.row({
    id: "003.25",
    quantity: "RealNVP, 10 epochs",
    document: "not coded (D11)",
    floor,
    ours: bySeed(seeds.affine, nll),
  });
  notebook.show("003.25", { value: affine.ours, atMost: bounds.unscaled });
  notebook.row({ id: "003.25", quantity: "RealNVP, nats above the floor", floor: 0, ours: aboveFloor(seeds.affine) });
}
