import { type Distribution, draw, latents } from "@flows/core";
import { categorical, figure, latentScatter, layerByLayer, line, panel, points, roles, rule, sampleOverlay, theme } from "@flows/plot";
import type { Fitted } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { fixed } from "../lab/record.js";
import { noiseOf, stagesOf } from "../lab/views.js";
import { toy, trueDiversity } from "./fittings.js";
import { historyOf, printed } from "./history.js";
import { labelsOfNearest } from "./modes.js";

const scale = categorical({ names: 8, palette: "tab10", label: "Mode index" });

/** The document's three figures for one fitted seed. */
export async function pictures(notebook: Notebook, seed: Fitted, model: Distribution): Promise<void> {
  await notebook.figure("history", historyFigure(seed), ["001.62"]);
  const real = toy.sample(2000, 0);
  const modes = toy.labels(2000, 0);
  const noise = await latents(model, real);
  const by = { values: modes, scale };
  const data = panel({
    title: "Original data space",
    x: { label: "x₁" },
    y: { label: "x₂" },
    equal: true,
    marks: [points({ rows: real, by, radius: 1.8 })],
  });
  const generated = sampleOverlay({ real, generated: await draw(model, 4000, { seed: 1 }), title: "Generated samples" });
  const mapping = [data, latentScatter({ latents: noise, by, title: "Latent space after flow" }), generated];
  const words = "2,000 training rows by mode, the same rows in noise with the rings of 1 and 2 σ, and 4,000 samples (001.63, 001.64).";
  await notebook.figure("mapping", figure({ panels: mapping, caption: words }), ["001.63", "001.64"]);
  const base = await noiseOf(model, 2000, 2);
  const stages = await stagesOf(model, base);
  const nearest = labelsOfNearest(base, noise, modes);
  const panels = layerByLayer({ stages, titles: titlesOf(stages.length - 1), by: { values: nearest, scale } });
  const title = "Progressive Transformation Through RealNVP Layers";
  const caption =
    "2,000 base points, coloured by the mode of the training row whose latent lies nearest. A layer moves one coordinate, the next the other (001.65, 001.66).";
  await notebook.figure("layers", figure({ columns: 4, panels, title, caption }), ["001.65", "001.66"]);
}

const titlesOf = (layers: number): string[] => [
  "Base Distribution\n(Latent Space)",
  ...Array.from({ length: layers - 1 }, (_, i) => `After Layer ${i + 1}`),
  `After Layer ${layers}\n(Final Data Space)`,
];

/** NLL on a log axis, log p(x) and the samples' spread against the epoch, with what the document prints. */
function historyFigure(seed: Fitted): string {
  const { loss, logProb, diversity } = historyOf(seed);
  const epochs = loss.map((_, i) => i + 1);
  const shown = printed.filter(({ epoch }) => epoch <= loss.length);
  const theirs = (y: readonly number[]) =>
    points({ x: shown.map(({ epoch }) => epoch), y, radius: 3, opacity: 1, color: roles.real, label: "the document" });
  const ours = (y: readonly number[]) => line({ x: epochs, y, width: 1.4, label: "ours" });
  const level = (y: number, label: string) => rule({ y, label, color: theme.colors.ink });
  const floor = toy.entropy!;
  const x = { label: "epoch" };
  const panels = [
    panel({
      title: "Negative log-likelihood",
      x,
      y: { label: "loss (nats)", scale: "log" },
      marks: [ours(loss), theirs(shown.map((one) => one.loss)), level(floor, `floor ${floor.toFixed(4)}`)],
    }),
    panel({
      title: "Mean log p(x)",
      x,
      y: { label: "log probability (nats)" },
      marks: [ours(logProb), theirs(shown.map((one) => -one.loss)), level(-floor, `best ${fixed(-floor, 4)}`)],
    }),
    panel({
      title: "Sample diversity",
      x,
      y: { label: "variance, mean of both coordinates" },
      marks: [ours(diversity), theirs(shown.map((one) => one.diversity)), level(trueDiversity, `the ring ${trueDiversity}`)],
    }),
  ];
  return figure({ panels, caption: "Training loss and the spread of 2,048 samples after every epoch, seed 0 (001.62)." });
}
