import { draw, latents, score } from "@flows/core";
import { freshPoints } from "@flows/datasets";
import { type Cells, cellCenters, densityHeatmap, figure, panel, points, sampleOverlay, trainingCurve } from "@flows/plot";
import { type Fitted, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { type Fitting, trainingOf } from "../lab/training.js";
import { gaussianity, logDensityOn } from "../lab/views.js";
import { blobs } from "./fitting.js";

export const view: Cells = { x: [-4, 4], y: [-2.5, 2.5], nx: 200, ny: 125 };

/** The figures of §7 for one fitted seed. */
export async function pictures(notebook: Notebook, fitting: Fitting, seed: Fitted): Promise<void> {
  const model = restored(fitting, seed);
  const floor = blobs.entropy!;
  const curve = trainingCurve({ train: seed.curve, floor, title: "Training NLL" });
  const close = trainingCurve({ train: seed.curve, floor, log: true, title: "Above the floor" });
  const caption = `Batches of 256 fresh rows, the mean of 10 steps; the floor is the exact entropy ${floor.toFixed(4)} (004.74, 004.81; the document's text says 1.88, its figure 2.135: D2).`;
  await notebook.figure("training-curve", figure({ columns: 2, panels: [curve, close], caption }), ["004.74", "004.81"]);
  const fitted = await logDensityOn(model, view);
  const truth = blobs.logDensity!(cellCenters(view));
  const range = [0, Math.exp(Math.max(...truth))] as const;
  const samples = await draw(model, 2000, { seed: 1 });
  const cloud = panel({
    title: "2,000 samples",
    x: { label: "x₁", domain: view.x },
    y: { label: "x₂", domain: view.y },
    equal: true,
    marks: [points({ rows: samples })],
  });
  const panels = [
    densityHeatmap({ cells: view, logDensity: truth, range, title: "True density" }),
    densityHeatmap({ cells: view, logDensity: fitted, range, title: "Fitted density" }),
    cloud,
  ];
  const bridge = "A bridge joins the blobs: a diffeomorphism cannot cut the plane (004.75).";
  await notebook.figure("fitted-density", figure({ panels, caption: bridge }), ["004.75"]);
  const real = trainingOf(fitting, 0).rows;
  const overlay = figure({
    columns: 1,
    width: 560,
    panels: [sampleOverlay({ real, generated: samples, title: "Samples over data" })],
    caption: "2,000 of each (004.82).",
  });
  await notebook.figure("samples", overlay, ["004.82"]);
  const { rows } = freshPoints(blobs, 0, 5000);
  const picture = gaussianity(await latents(model, rows), "5,000 held-out points sent back to noise (004.83 to 004.85).");
  await notebook.figure("latent-gaussianity", picture, ["004.83", "004.84", "004.85"]);
  const finite = (await score(model, rows)).every(Number.isFinite);
  notebook.show("004.81", {
    behaviour: "the curve falls, no jump, every held-out log-density finite",
    passed: finite && falls(seed.curve.y),
  });
  model.dispose();
}

/** The last tenth lies below the first, and nothing in the second half jumps a nat. */
function falls(losses: readonly number[]): boolean {
  const part = Math.ceil(losses.length / 10);
  const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const late = losses.slice(losses.length >> 1);
  return average(losses.slice(-part)) < average(losses.slice(0, part)) && Math.max(...late) - Math.min(...late) < 1;
}
