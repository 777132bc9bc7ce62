import type { Distribution, Rows } from "@flows/core";
import { normals } from "@flows/core/author";
import {
  type Cells,
  cellCenters,
  densityHeatmap,
  figure,
  layerByLayer,
  type Panel,
  panel,
  points,
  sequential,
  trainingCurve,
} from "@flows/plot";
import { type Fitted, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { type Fitting, trainingOf } from "../lab/training.js";
import { logDensityOn, stagesOf } from "../lab/views.js";
import { fittingOf, type ModelName, type ToyName, titleOf } from "./fittings.js";

const view: Cells = { x: [-2.4, 2.4], y: [-2.4, 2.4], nx: 180, ny: 180 };

/** A fitted seed and what it is of. */
interface Shown {
  readonly model: ModelName;
  readonly toy: ToyName;
  readonly seed: Fitted;
}

export async function pictures(notebook: Notebook, shown: readonly Shown[]): Promise<void> {
  for (const toy of ["moons", "circles"] as const) {
    const ours = shown.filter((one) => one.toy === toy);
    const ids = toy === "moons" ? ["000.20", "000.21"] : ["000.22", "000.23"];
    await notebook.figure(`density-${toy}`, await densities(toy, ours, notebook.quick), ids);
  }
  const moons = shown.find(({ model, toy }) => model === "realNvp" && toy === "moons")!;
  const model = restored(fittingOf("realNvp", "moons", notebook.quick), moons.seed);
  await notebook.figure("transformation", await transformation(model), ["000.24"]);
  await notebook.figure("layers", await snapshots(model), ["000.25", "000.26", "000.27", "000.28"]);
  model.dispose();
  await notebook.figure("training", curves(shown), ["000.19"]);
}

/** The true density and both models', in standardised units, on one colour scale. */
async function densities(toy: ToyName, shown: readonly Shown[], quick: boolean): Promise<string> {
  const first = fittingOf("realNvp", toy, quick);
  const truth = trueDensity(first);
  const top = Math.max(...truth);
  const range = [top - 10, top] as const;
  const panels = [densityHeatmap({ cells: view, logDensity: truth, show: "log density", range, title: "True density" })];
  for (const { model: name, seed } of shown) {
    const model = restored(fittingOf(name, toy, quick), seed);
    const title = `${titleOf(name)}\n${seed.above.mean.toFixed(3)} nats above the floor`;
    panels.push(densityHeatmap({ cells: view, logDensity: await logDensityOn(model, view), show: "log density", range, title }));
    model.dispose();
  }
  const caption =
    toy === "moons"
      ? "Log-densities on standardised moons. The document's planar density is diffuse, from training that never got past the identity; ours starts there (000.20, 000.21, D1)."
      : "Log-densities on standardised circles. The document's planar density is one mode at the origin, worse than the identity; ours starts there (000.22, 000.23, D1).";
  return figure({ title: toy === "moons" ? "Two moons" : "Two circles", panels, caption });
}

function trueDensity(fitting: Fitting): Float64Array {
  const { standardisation } = trainingOf(fitting, 0);
  const { data, shape } = cellCenters(view);
  return fitting.toy.logDensity!(standardisation!.unapply({ data, shape })).map((log) => log + standardisation!.logScale);
}

const noise = (n: number): Rows => ({ data: normals(42, 0, n, 2), shape: [n, 2] });
const angles = (rows: Rows): Float64Array =>
  Float64Array.from({ length: rows.shape[0] }, (_, i) => Math.atan2(rows.data[2 * i + 1]!, rows.data[2 * i]!));
const scale = sequential({ range: [-Math.PI, Math.PI], colormap: "phase", label: "angle in base space (radians)" });

async function transformation(model: Distribution): Promise<string> {
  const base = noise(1000);
  const by = { values: angles(base), scale };
  const moved = (await stagesOf(model, base)).at(-1)!;
  const cloud = (title: string, rows: Rows, colorBar: boolean): Panel =>
    panel({ title, equal: true, colorBar, marks: [points({ rows, by, radius: 2, opacity: 0.8 })] });
  return figure({
    columns: 2,
    panels: [cloud("1,000 points of the base", base, false), cloud("The same points in data space", moved, true)],
    caption: "RealNVP on moons: base points through the generating map, coloured by their angle in base space (000.24).",
  });
}

/** The points after each coupling; its batch norm is part of the step. */
async function snapshots(model: Distribution): Promise<string> {
  const base = noise(1000);
  const stages = (await stagesOf(model, base)).filter((_, i) => i % 2 === 0);
  const titles = stages.map((_, i) => (i === 0 ? "Base" : `After coupling ${i}${i === stages.length - 1 ? " (data)" : ""}`));
  return figure({
    title: "RealNVP on moons, coupling by coupling",
    panels: layerByLayer({ stages, titles, by: { values: angles(base), scale } }),
    caption: "Each step is small and invertible and moves one coordinate (000.25 to 000.28).",
  });
}

const curves = (shown: readonly Shown[]): string =>
  figure({
    columns: 2,
    panels: shown.map(({ model, toy, seed }) =>
      trainingCurve({
        train: seed.curve,
        validation: seed.validation,
        title: `${titleOf(model)} on ${toy}`,
        floor: toy === "moons" ? 1.3161 : 1.9006,
      }),
    ),
    caption: "Training and validation NLL on standardised data; the weights with the best validation are kept (000.19).",
  });
