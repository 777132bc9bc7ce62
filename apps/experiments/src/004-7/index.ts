import { wasm } from "@flows/backend-wasm";
import { type Bijector, push, type Rows } from "@flows/core";
import { freshPoints } from "@flows/datasets";
import type { Experiment } from "../lab/experiment.js";
import { aboveFloor, bySeed, type Fitted, fittedSeeds, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import type { Fitting } from "../lab/training.js";
import { layersOf } from "../lab/views.js";
import { bases } from "./bases.js";
import { blobs, onBlobs } from "./fitting.js";
import { pictures } from "./pictures.js";

export const maximumLikelihood: Experiment = {
  name: "004-7",
  title: "Maximum likelihood: four couplings on two blobs",
  backend: wasm,
  training: true,
  run: async (notebook) => {
    const fitting = onBlobs(4, 32, notebook.quick);
    const seeds = await fittedSeeds(notebook, fitting, 5);
    rows(notebook, fitting, seeds);
    await clamp(notebook, fitting, seeds[0]!);
    await pictures(notebook, fitting, seeds[0]!);
    await bases(notebook);
    notebook.note(
      "004.71: the document states neither its networks' activation nor its initial values; ours are tanh (relu ends at about 0.08 nats above the floor) and the identity.",
    );
    notebook.note(
      "004.73: the document calls the floor 1.88 in its text and 2.135 in its figure (D2); 2.1446 is exact. Ours: 5 seeds, 20,000 fresh points, last weights.",
    );
  },
};

function rows(notebook: Notebook, { options: { steps, learningRate, clip } }: Fitting, seeds: readonly Fitted[]): void {
  const floor = blobs.entropy!;
  notebook.row({
    id: "004.71",
    quantity: "NLL at the first steps",
    document: "≈ 4.3",
    floor,
    ours: bySeed(seeds, ({ curve }) => curve.y[0]!),
  });
  notebook.row({
    id: "004.73",
    quantity: `NLL after ${steps} steps, held out`,
    document: "≈ 2.2",
    floor,
    ours: bySeed(seeds, ({ nll }) => nll),
  });
  const gap = notebook.row({ id: "004.73", quantity: "nats above the floor", document: "0.05", floor: 0, ours: aboveFloor(seeds) });
  const time = notebook.row({ id: "004.72", quantity: "seconds of a fit", document: "≈ 4", ours: bySeed(seeds, ({ seconds }) => seconds) });
  notebook.show("004.73", { value: gap.ours, atMost: 0.05 });
  notebook.show("004.71", {
    behaviour: "4 couplings, hidden 32, two blobs, 2,000 steps of Adam at 1e-3 with batches of 256",
    passed: seeds.every(({ curve }) => curve.x.at(-1) === 2000),
  });
  notebook.show("004.70", {
    behaviour: "fit: Adam 1e-3, inverse and log-det, gradient norm clipped at 5",
    passed: learningRate === 1e-3 && clip === 5,
  });
  notebook.show("004.77", {
    behaviour: "every step's gradient is clipped at norm 5, and the loss stays finite",
    passed: seeds.every(({ nll }) => Number.isFinite(nll)),
  });
  notebook.show("004.72", {
    behaviour: `a fit took ${time.ours.toFixed(1)} s; the document says about 4 on a CPU of 2020`,
    passed: time.ours > 0,
  });
}

/** s = tanh of what the network says, so a layer's log-det stays within ±1; the two forces of the objective. */
async function clamp(notebook: Notebook, fitting: Fitting, seed: Fitted): Promise<void> {
  const model = restored(fitting, seed);
  const { rows } = freshPoints(blobs, 0, 2000);
  let [x, most] = [rows, 0];
  for (const layer of [...layersOf(model)].reverse()) {
    const { rows: next, logDet } = await push(layer, x, "inverse");
    most = Math.max(most, ...logDet.map(Math.abs));
    x = next;
  }
  notebook.row({ id: "004.76", quantity: "greatest |s| of a layer on held-out rows", document: "at most 1", ours: most });
  notebook.show("004.76", { behaviour: `|s| of the trained layers reaches ${most.toFixed(3)}, never above 1`, passed: most <= 1 });
  await forces(notebook, model.children.bijector as Bijector, rows);
  model.dispose();
}

/** Eq. 7.3: NLL = log 2π + E‖z‖²/2 - E log|det dz/dx|; at the optimum E‖z‖² is 2. */
async function forces(notebook: Notebook, map: Bijector, data: Rows): Promise<void> {
  const { rows: z, logDet } = await push(map, data, "inverse");
  const norm = 2 * mean(Array.from(z.data, (v) => v * v));
  notebook.row({ id: "004.68", quantity: "E‖z‖² of the latents, the first force", document: null, floor: 2, ours: norm });
  notebook.row({ id: "004.68", quantity: "E log|det dz/dx|, the second force", document: null, ours: mean(Array.from(logDet)) });
  notebook.show("004.68", { behaviour: `the two forces balance at E‖z‖² = ${norm.toFixed(3)}, ideal 2`, passed: Math.abs(norm - 2) < 0.3 });
}
