import type { Rows } from "@flows/core";
import { aboveFloor, bySeed, type Fitted, fittedSeeds, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";
import { noiseOf, stagesOf } from "../lab/views.js";
import { type Deep, dynamicsFigure, type Sized, sweepFigure } from "./exercise-pictures.js";
import { documents, fittingOf } from "./fittings.js";
import { historyOf } from "./history.js";

/** Layers of 2, 4, 8 and 16: what more of them bring and cost. */
export async function depths(notebook: Notebook): Promise<void> {
  const swept: Sized[] = [];
  for (const size of [2, 4, 8, 16]) {
    const seeds = await fittedSeeds(notebook, fittingOf(size, 128, notebook.quick), 3);
    swept.push({ size, seeds });
    qualityAndTime(notebook, "001.67", `${size} layers`, seeds);
  }
  await notebook.figure("depth", sweepFigure("layers", swept), ["001.67"]);
  notebook.show("001.67", { behaviour: "8 layers are nearer the floor than 2", passed: gap(swept[2]!) < gap(swept[0]!) });
}

/** Hidden layers of 16 to 256 units: how near the floor, and how steady the loss of the last epochs is. */
export async function widths(notebook: Notebook, documentsSeeds: readonly Fitted[]): Promise<void> {
  const swept: Sized[] = [];
  for (const size of [16, 32, 64, 128, 256]) {
    const seeds = size === 128 ? documentsSeeds : await fittedSeeds(notebook, fittingOf(6, size, notebook.quick), 3);
    swept.push({ size, seeds });
    qualityAndTime(notebook, "001.68", `hidden ${size}`, seeds);
    const ours = bySeed(seeds, (seed) => unrest(historyOf(seed).loss.slice(-50)));
    notebook.row({ id: "001.68", quantity: `scatter of the last 50 epochs' losses, hidden ${size}`, ours });
  }
  await notebook.figure("width", sweepFigure("hidden units", swept), ["001.68"]);
  notebook.show("001.68", { behaviour: "64 hidden units are nearer the floor than 16", passed: gap(swept[2]!) < gap(swept[0]!) });
}

/** 50 and 100 layers: how training goes, and how far a single layer moves the points. */
export async function extremes(notebook: Notebook, documentsSeed: Fitted): Promise<void> {
  const deep: Deep[] = [await motion(notebook, 6, documentsSeed)];
  for (const layers of [50, 100]) {
    const [seed] = await fittedSeeds(notebook, fittingOf(layers, 128, notebook.quick), 1);
    deep.push(await motion(notebook, layers, seed!));
    qualityAndTime(notebook, "001.69", `${layers} layers, one seed`, [seed!]);
  }
  for (const { layers, moves } of deep)
    notebook.row({ id: "001.69", quantity: `way of a middle point through a layer, of ${layers}`, ours: mean(moves) });
  await notebook.figure("deep", dynamicsFigure(deep), ["001.69"]);
  const [few, , many] = deep.map(({ moves }) => mean(moves));
  notebook.show("001.69", {
    behaviour: `one of 100 layers moves a middle point by ${many!.toFixed(3)}, one of 6 by ${few!.toFixed(3)}`,
    passed: many! < few!,
  });
}

function qualityAndTime(notebook: Notebook, id: string, name: string, seeds: readonly Fitted[]): void {
  notebook.row({ id, quantity: `nats above the floor, ${name}`, floor: 0, ours: aboveFloor(seeds) });
  notebook.row({ id, quantity: `seconds of all steps, ${name}`, ours: bySeed(seeds, secondsOf) });
}

/** Steps alone: what is drawn and scored between them does not count. */
const secondsOf = ({ curve, stepMs }: Fitted): number => (curve.x.at(-1)! * stepMs) / 1000;

const gap = ({ seeds }: Sized): number => mean(aboveFloor(seeds).map(({ value }) => value));

/** The standard deviation of epoch losses about their mean. */
function unrest(losses: readonly number[]): number {
  const middle = mean(losses);
  return Math.sqrt(mean(losses.map((loss) => (loss - middle) ** 2)));
}

/** How far each layer moves 2,000 base points: the median, for a deep flow may throw a few of them very far. */
async function motion(notebook: Notebook, layers: number, seed: Fitted): Promise<Deep> {
  const model = restored(layers === 6 ? documents(notebook.quick) : fittingOf(layers, 128, notebook.quick), seed);
  const stages = await stagesOf(model, await noiseOf(model, 2000, 2));
  model.dispose();
  const moves = stages.slice(1).map((after, i) => median(ways(stages[i]!, after)));
  return { layers, loss: historyOf(seed).loss, moves };
}

const ways = (from: Rows, to: Rows): number[] =>
  Array.from({ length: from.shape[0] }, (_, i) =>
    Math.hypot(to.data[2 * i]! - from.data[2 * i]!, to.data[2 * i + 1]! - from.data[2 * i + 1]!),
  );

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
