import { barTable, costTable, report } from "../index.js";
import { examples } from "./gallery.js";

/** A page with one of everything. */
export const exampleReport = (): string =>
  report({
    title: "Neural spline flow on two moons",
    subtitle: "8 couplings, 10 bins, 64 hidden units; 5,000 training rows, 20,000 fresh rows for every number below",
    facts: [
      { name: "Held-out NLL", value: "0.312 nats", note: "± 0.004 standard error" },
      { name: "Nats above the floor", value: "0.023", note: "floor 0.289, by quadrature" },
      { name: "Parameters", value: "21,504" },
      { name: "Training", value: "38 s", note: "6 epochs a second" },
    ],
    sections: [
      {
        heading: "Density",
        text: "The log-density is cut ten nats below its top.\n\nScores of <NaN> would have stopped the run & named the layer.",
        figures: [{ svg: examples.density!(), caption: "Data, log-density and density on 160 by 120 cells." }, examples.overlay!()],
      },
      { heading: "Latent space", figures: [{ svg: examples.gaussianity!(), caption: "39.3% and 86.5% belong inside the rings." }] },
      { heading: "Training", figures: [examples.training!()] },
      {
        heading: "Cost",
        tables: [
          costTable({
            caption: "Batch of 256 rows, one core. Bars share a scale within each column.",
            costs: [
              { name: "wasm, float32", parameters: 21504, trainingSeconds: 38.2, scoredPerSecond: 412000, sampledPerSecond: 388000.5 },
              { name: "cpu, float32", parameters: 21504, trainingSeconds: 214.7, scoredPerSecond: 31000, sampledPerSecond: 29500 },
              { name: "float64 <reference>", parameters: 21504, trainingSeconds: 401.9 },
            ],
          }),
          barTable({
            name: "model",
            value: "above the floor",
            unit: "nats",
            rows: [
              { name: "flow", value: 0.023 },
              { name: "KDE", value: 0.141 },
              { name: "Gaussian", value: null },
            ],
          }),
        ],
      },
    ],
    footer: "Made by flows report. Seed 7.",
  });
