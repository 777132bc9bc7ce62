import { type Bijector, type Conditioner, type Distribution, latents, push, type Rows, score } from "@flows/core";
import { rowsTensor } from "@flows/core/author";
import { freshPoints } from "@flows/datasets";
import { type Fitted, restored } from "../lab/fitted.js";
import { farthest, logStandardNormal, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { imagesOf, layersOf } from "../lab/views.js";
import { affine, moons, plainNice } from "./fittings.js";

const n = 1000;
const close = 2e-4; // float32, through six layers
const columnOf = ({ data }: Rows, k: number): Float64Array => Float64Array.from({ length: data.length / 2 }, (_, i) => data[2 * i + k]!);

/** The notes' formulas on the trained models. */
export async function facts(notebook: Notebook, niceSeed: Fitted, affineSeed: Fitted): Promise<void> {
  const { rows } = freshPoints(moons, 0, n);
  const additive = restored(plainNice, niceSeed);
  const real = restored(affine, affineSeed);
  await bothWays(notebook, additive, rows);
  await additiveLayer(notebook, layersOf(additive).at(-1)!, rows);
  await objectives(notebook, additive, real, rows);
  counterExample(notebook);
  additive.dispose();
  real.dispose();
}

/** x = G(z), z = G⁻¹(x); the chain's log-det is the sum of its layers'. */
async function bothWays(notebook: Notebook, model: Distribution, x: Rows): Promise<void> {
  const z = await latents(model, x);
  const error = farthest((await imagesOf(model, z)).data, x.data);
  notebook.row({ id: "003.2", quantity: "greatest error of G(G⁻¹(x)), float32", document: 0, ours: error });
  for (const id of ["003.2", "003.3", "003.20"])
    notebook.show(id, { behaviour: `G(G⁻¹(x)) = x within ${error.toExponential(1)} on 1,000 points`, passed: error < close });
}

/** One additive layer by hand: y₁ = x₁, y₂ = x₂ + NET(x₁), its inverse, and log-det 0. */
async function additiveLayer(notebook: Notebook, layer: Bijector, z: Rows): Promise<void> {
  const mask = (layer.config as { readonly mask: readonly number[] }).mask;
  const [kept, moved] = [mask.indexOf(1), mask.indexOf(0)];
  const input = rowsTensor({ data: columnOf(z, kept), shape: [n, 1] });
  const output = (layer.children.conditioner as Conditioner).apply(input);
  const shift = await output.data();
  const there = await push(layer, z);
  const back = await push(layer, there.rows, "inverse");
  const byHand = columnOf(z, moved).map((v, i) => v + shift[i]!);
  const worst = Math.max(farthest(columnOf(there.rows, moved), byHand), farthest(columnOf(there.rows, kept), columnOf(z, kept)));
  for (const tensor of [input, output]) tensor.dispose();
  for (const id of ["003.7", "003.8", "003.18"])
    notebook.show(id, {
      behaviour: `mask [${mask}]: kept as it is, moved by NET(kept), within ${worst.toExponential(1)}`,
      passed: worst < 1e-5,
    });
  notebook.show("003.9", { behaviour: "the inverse subtracts the same network's output", passed: farthest(back.rows.data, z.data) < 1e-5 });
  const preserves = there.logDet.every((value) => value === 0) && back.logDet.every((value) => value === 0);
  notebook.show("003.11", { behaviour: "log-det exactly 0 in both directions, on trained weights", passed: preserves });
}

/** NICE: log p = log p_Z(z). RealNVP: log p = log p_Z(z) - Σ s, with s of every layer. */
async function objectives(notebook: Notebook, additive: Distribution, real: Distribution, x: Rows): Promise<void> {
  const error = farthest(await score(additive, x), logStandardNormal(await latents(additive, x)));
  notebook.show("003.13", { behaviour: `NICE: log p(x) = log p_Z(z) within ${error.toExponential(1)}`, passed: error < close });
  let rows = x;
  const sums = new Float64Array(n);
  let opposite = 0;
  for (const layer of [...layersOf(real)].reverse()) {
    const { rows: next, logDet } = await push(layer, rows, "inverse");
    opposite = Math.max(opposite, farthest((await push(layer, next)).logDet, negated(logDet)));
    for (let i = 0; i < n; i++) sums[i]! += logDet[i]!;
    rows = next;
  }
  const total = logStandardNormal(rows).map((value, i) => value + sums[i]!);
  const gap = farthest(await score(real, x), total);
  for (const id of ["003.6", "003.16"])
    notebook.show(id, { behaviour: `RealNVP: log p(x) = log p_Z(z) − ΣΣ s within ${gap.toExponential(1)}`, passed: gap < close });
  for (const id of ["003.14", "003.15"])
    notebook.show(id, { behaviour: "an affine layer's log-det is Σ s, its inverse's −Σ s", passed: opposite < close });
  const spread = Math.max(...sums) - Math.min(...sums);
  notebook.row({ id: "003.17", quantity: "range of RealNVP's log|det| over the data (NICE: 0)", document: "volume changes", ours: spread });
  notebook.show("003.17", { behaviour: `RealNVP changes volumes by up to e^${spread.toFixed(1)}; NICE by none`, passed: spread > 1 });
}

/** ① x₂ + net(x₁, x₂) has no closed inverse: with net = 2 sin(3 x₂) three x₂ share one image. */
function counterExample(notebook: Notebook): void {
  const image = (v: number): number => v + 2 * Math.sin(3 * v);
  const grid = Array.from({ length: 4001 }, (_, i) => -2 + i / 1000);
  const roots = grid.filter((v, i) => i > 0 && image(v) * image(grid[i - 1]!) <= 0 && image(v) !== 0);
  notebook.show("003.10", {
    behaviour: `x₂ + 2 sin(3 x₂) = 0 has ${roots.length} solutions, so that map has no inverse`,
    passed: roots.length >= 3,
  });
}
