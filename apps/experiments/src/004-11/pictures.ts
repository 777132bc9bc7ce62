import { draw, latents, type Rows, score } from "@flows/core";
import { freshPoints } from "@flows/datasets";
import {
  type Cells,
  cellCenters,
  densityHeatmap,
  figure,
  gridDeformation,
  latentScatter,
  latticePoints,
  massLevels,
  panel,
  points,
  roles,
  trainingCurve,
} from "@flows/plot";
import { type Fitted, restored } from "../lab/fitted.js";
import { farthest } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { type Fitting, trainingOf } from "../lab/training.js";
import { imagesOf, logDensityOn } from "../lab/views.js";

const view: Cells = { x: [-1.6, 2.6], y: [-1.1, 1.6], nx: 210, ny: 135 };

/** The figures of §11 and what they must show, for one fitted seed. */
export async function pictures(notebook: Notebook, fitting: Fitting, seed: Fitted, constant: Fitted): Promise<void> {
  const model = restored(fitting, seed);
  const data = trainingOf(fitting, 0).rows;
  const floor = fitting.toy.entropy!;
  const curves = [
    trainingCurve({ train: constant.curve, floor, title: "Constant 1e-3 (the document)" }),
    trainingCurve({ train: seed.curve, floor, title: "Cosine from 3e-3" }),
  ];
  await notebook.figure(
    "training-curve",
    figure({ columns: 2, panels: curves, caption: "Training NLL, the mean of 10 steps, with the exact floor (004.128)." }),
    ["004.128"],
  );
  const samples = await draw(model, 2000, { seed: 1 });
  const logDensity = await logDensityOn(model, view);
  await notebook.figure("density-and-samples", densityFigure(data, logDensity, samples), ["004.129"]);
  await notebook.figure("forward-inverse-maps", await mapsFigure(fitting, seed, data), ["004.131"]);
  checks(notebook, fitting, logDensity, samples);
  const back = await imagesOf(model, await latents(model, data));
  const worst = farthest(back.data, data.data);
  notebook.row({ id: "004.132", quantity: "greatest error of data to noise to data (float32)", document: "to rounding", ours: worst });
  notebook.show("004.132", { behaviour: `2,000 rows come back from noise within ${worst.toExponential(1)}`, passed: worst < 1e-3 });
  const { rows } = freshPoints(fitting.toy, 0, 5000);
  notebook.show("004.130", {
    behaviour: "every held-out point has a finite density",
    passed: (await score(model, rows)).every(Number.isFinite),
  });
  model.dispose();
}

const cloud = (title: string, rows: Rows, color: string) =>
  panel({
    title,
    x: { label: "x₁", domain: view.x },
    y: { label: "x₂", domain: view.y },
    equal: true,
    marks: [points({ rows, color })],
  });

const densityFigure = (data: Rows, logDensity: ArrayLike<number>, samples: Rows): string =>
  figure({
    title: "Two moons",
    panels: [
      cloud("2,000 training rows", data, roles.real),
      densityHeatmap({ cells: view, logDensity, show: "log density", title: "Log-density of the flow" }),
      cloud("2,000 samples", samples, roles.second),
    ],
    caption: "It should be highest along the crescents, with a gap that is visible and not empty, and nothing outside (004.129, 004.130).",
  });

/** A grid through T, and the data through its inverse. */
async function mapsFigure(fitting: Fitting, seed: Fitted, data: Rows): Promise<string> {
  const model = restored(fitting, seed);
  const lattice = { x: [-2.5, 2.5], y: [-2.5, 2.5] } as const;
  const { data: places, shape } = latticePoints(lattice);
  const moved = await imagesOf(model, { data: places, shape });
  const noise = await latents(model, data);
  model.dispose();
  const titles = ["Grid in noise", "Grid through T"] as const;
  return figure({
    panels: [
      ...gridDeformation({ lattice, moved, titles, view: { x: [-1.7, 2.8], y: [-1.3, 1.8] } }),
      latentScatter({ latents: noise, title: "Data through T⁻¹" }),
    ],
    caption:
      "The regular grid through the flow, and the training rows sent back to noise with the rings of one and two standard deviations (004.131).",
  });
}

/** Highest on the crescents, a gap that is visible and not empty, no phantom mass. */
function checks(notebook: Notebook, { toy }: Fitting, logDensity: ArrayLike<number>, samples: Rows): void {
  const density = Float64Array.from(logDensity, Math.exp);
  const [half] = massLevels(density, [0.5]);
  const truth = toy.logDensity!(cellCenters(view));
  const top = Array.from(density, (value, i) => [value, truth[i]!] as const).filter(([value]) => value >= half!);
  const onCrescents = top.filter(([, log]) => log > Math.log(0.1)).length / top.length;
  notebook.row({ id: "004.130", quantity: "cells of the densest half that lie on the crescents", document: "all", ours: onCrescents });
  notebook.show("004.130", {
    behaviour: `${(100 * onCrescents).toFixed(1)}% of the densest half lies on the crescents`,
    passed: onCrescents > 0.97,
  });
  const far = toy.logDensity!(samples).filter((log) => log < Math.log(1e-6)).length / samples.shape[0];
  notebook.row({ id: "004.130", quantity: "samples where the true density is below 1e-6", document: "some, in the gap", ours: far });
  notebook.show("004.130", {
    behaviour: `${(100 * far).toFixed(1)}% of the samples lie off the data: the gap is not empty, and there is no phantom mass`,
    passed: far < 0.1,
  });
}
