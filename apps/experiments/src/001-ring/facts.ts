import { type Bijector, type Distribution, draw, latents, push, type Rows, score } from "@flows/core";
import { freshPoints } from "@flows/datasets";
import { couplingByHand } from "../lab/coupling-by-hand.js";
import { farthest, logStandardNormal, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import type { Fitting } from "../lab/training.js";
import { imagesOf, layersOf, noiseOf, stagesOf } from "../lab/views.js";
import { toy } from "./fittings.js";
import { nearestCentre } from "./modes.js";

const n = 1000;
const close = 5e-4; // float32, through six layers of scale e each

/** The document's classes and what it claims of them, on a blank model and on the fitted one. */
export async function facts(notebook: Notebook, { make }: Fitting, model: Distribution): Promise<void> {
  const { rows } = freshPoints(toy, 0, n);
  const blank = make();
  const start = await push(blank.children.bijector as Bijector, rows);
  const still = farthest(start.rows.data, rows.data) === 0 && start.logDet.every((value) => value === 0);
  notebook.show("001.50", { behaviour: "before training the flow is the identity, to the bit", passed: still });
  blank.dispose();
  await oneCoupling(notebook, layersOf(model)[0]!, rows);
  await bothWays(notebook, model, rows);
  await density(notebook, model, rows);
  await oneCoordinateALayer(notebook, model);
  await goal(notebook, model);
}

/** A layer against the document's code in plain loops, and both directions against each other. */
async function oneCoupling(notebook: Notebook, layer: Bijector, z: Rows): Promise<void> {
  const there = await push(layer, z);
  const byHand = await couplingByHand(layer, z);
  const worst = Math.max(farthest(there.rows.data, byHand.rows.data), farthest(there.logDet, byHand.logDet));
  notebook.show("001.49", { behaviour: `mask and two ReLU networks: y by hand within ${worst.toExponential(1)}`, passed: worst < 1e-4 });
  const back = await push(layer, there.rows, "inverse");
  const opposite = Math.max(farthest(back.rows.data, z.data), farthest(back.logDet, negated(there.logDet)));
  notebook.show("001.51", { behaviour: "s = tanh(·); both directions give their log-det, opposite ones", passed: opposite < 1e-4 });
}

async function bothWays(notebook: Notebook, model: Distribution, x: Rows): Promise<void> {
  const z = await latents(model, x);
  const error = farthest((await imagesOf(model, z)).data, x.data);
  notebook.row({ id: "001.53", quantity: "greatest error of data to noise to data, float32", document: 0, ours: error });
  notebook.show("001.53", { behaviour: `data to noise to data within ${error.toExponential(1)}`, passed: error < close });
  const stages = await stagesOf(model, z);
  const last = farthest(stages.at(-1)!.data, (await imagesOf(model, z)).data);
  notebook.show("001.54", {
    behaviour: `${stages.length} stages, the first is noise and the last data`,
    passed: stages.length === 7 && last < close,
  });
}

async function density(notebook: Notebook, model: Distribution, x: Rows): Promise<void> {
  const { rows: z, logDet } = await push(model.children.bijector as Bijector, x, "inverse");
  const error = farthest(
    await score(model, x),
    logStandardNormal(z).map((value, i) => value + logDet[i]!),
  );
  notebook.show("001.55", { behaviour: `log p(x) = log p(z) + log-det within ${error.toExponential(1)}`, passed: error < close });
  const [once, again] = [await draw(model, 100, { seed: 7 }), await draw(model, 100, { seed: 7 })];
  const same = farthest(once.data, again.data) === 0;
  notebook.show("001.56", { behaviour: "draw gives plain rows, no tensors and no tape; a seed gives the same ones", passed: same });
}

/** Every layer keeps one coordinate of all points to the bit and moves the other, in turns. */
async function oneCoordinateALayer(notebook: Notebook, model: Distribution): Promise<void> {
  const stages = await stagesOf(model, await noiseOf(model, n, 1));
  const moved = stages
    .slice(1)
    .map(({ data }, i) => [0, 1].filter((k) => data.some((value, at) => at % 2 === k && value !== stages[i]!.data[at])));
  const turns = moved.every((columns, i) => columns.length === 1 && columns[0] !== moved[i - 1]?.[0]);
  notebook.show("001.66", { behaviour: `coordinates moved by the layers: ${moved.map(([k]) => `x${k! + 1}`).join(", ")}`, passed: turns });
}

/** Latents near a standard normal, and samples on all eight modes. */
async function goal(notebook: Notebook, model: Distribution): Promise<void> {
  const { data } = await latents(model, freshPoints(toy, 0, 5000).rows);
  const norm = 2 * mean(Array.from(data, (value) => value * value));
  notebook.row({ id: "001.64", quantity: "E‖z‖² of 5,000 held-out rows sent to noise", document: "near Gaussian: 2", ours: norm });
  const near = nearestCentre(await draw(model, 4000, { seed: 1 }));
  const shares = Array.from({ length: 8 }, (_, mode) => near.filter((one) => one.mode === mode).length / 4000);
  const on = near.filter(({ distance }) => distance < 4 * 0.25).length / 4000;
  notebook.row({ id: "001.64", quantity: "samples within 4σ of a mode's centre", document: "recovers the ring", ours: on });
  notebook.row({ id: "001.64", quantity: "least share of a mode (true: 0.125)", document: null, ours: Math.min(...shares) });
  notebook.row({ id: "001.64", quantity: "greatest share of a mode (true: 0.125)", document: null, ours: Math.max(...shares) });
  notebook.show("001.64", {
    behaviour: `E‖z‖² ${norm.toFixed(3)}; ${(100 * on).toFixed(1)}% of samples on the modes, each with ${Math.min(...shares).toFixed(3)} to ${Math.max(...shares).toFixed(3)}`,
    passed: Math.abs(norm - 2) < 0.4 && on > 0.9 && Math.min(...shares) > 0.0625 && Math.max(...shares) < 0.25,
  });
}
